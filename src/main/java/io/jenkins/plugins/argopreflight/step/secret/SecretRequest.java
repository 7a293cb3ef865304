package io.jenkins.plugins.argopreflight.step.secret;

import hudson.AbortException;
import hudson.model.Run;
import io.jenkins.plugins.argopreflight.config.ArgoPreflightConfiguration;
import io.jenkins.plugins.argopreflight.credentials.RegistryCredentials;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.RegistryCredential;
import io.jenkins.plugins.argopreflight.engine.sync.SecretOwner;
import io.jenkins.plugins.argopreflight.engine.sync.SyncMode;
import io.jenkins.plugins.argopreflight.engine.sync.SyncRequest;
import io.jenkins.plugins.argopreflight.engine.util.http.AllowedHosts;
import io.jenkins.plugins.argopreflight.step.ClusterChoice;
import io.jenkins.plugins.argopreflight.step.Messages;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The parameters of an {@code argoRegistrySecret} or {@code withArgoRegistrySecret}: names and the ids of credentials,
 * never a secret.
 */
final class SecretRequest implements Serializable {

    private static final long serialVersionUID = 1L;

    final ClusterChoice cluster;
    final String name;
    final ArrayList<String> verifyImages;
    private final ArrayList<RegistryLogin> registries;
    private final ArrayList<String> namespaces;
    private final String namespaceSelector;
    private final ArrayList<String> serviceAccounts;
    private final boolean dryRun;
    private final boolean adopt;
    private final boolean recreate;
    private final boolean prune;
    private final boolean createServiceAccounts;

    SecretRequest(SecretStep step, ClusterChoice cluster) {
        this.cluster = cluster;
        name = step.getName();
        verifyImages = new ArrayList<>(step.getVerifyImages());
        registries = new ArrayList<>(step.getRegistries());
        namespaces = new ArrayList<>(step.getNamespaces());
        if (!step.getNamespace().isEmpty()) {
            namespaces.add(step.getNamespace());
        }
        namespaceSelector = step.getNamespaceSelector();
        serviceAccounts = new ArrayList<>(step.getServiceAccounts());
        dryRun = step.isDryRun();
        adopt = step.isAdopt();
        recreate = step.isRecreate();
        prune = step.isPrune();
        createServiceAccounts = step.isCreateServiceAccounts();
    }

    /** Returns the hosts in the domains of the registries' credentials. */
    AllowedHosts domainHosts(Run<?, ?> run) {
        return registries.stream()
                .map(login -> RegistryCredentials.domainHosts(run, login.getUrl(), login.getCredentialsId()))
                .reduce(AllowedHosts.NONE, AllowedHosts::and);
    }

    /**
     * Returns the request for the engine, with the credentials that the build can use.
     *
     * @param defaultNamespace the namespace if the step names none
     * @param owner the owner of the Secret
     */
    SyncRequest apply(Run<?, ?> run, String defaultNamespace, SecretOwner owner, String writtenBy)
            throws AbortException {
        if (registries.isEmpty()) {
            throw new AbortException(Messages.RegistrySecret_noRegistries());
        }
        if (adopt && !ArgoPreflightConfiguration.get().isAllowAdopt()) {
            throw new AbortException(Messages.RegistrySecret_noAdopt(name));
        }
        List<RegistryCredential> credentials = new ArrayList<>();
        for (RegistryLogin login : registries) {
            credentials.add(
                    RegistryCredentials.find(run, login.getUrl(), login.getCredentialsId(), login.getUsername()));
        }
        boolean nowhere = namespaces.isEmpty() && namespaceSelector.isEmpty();
        return new SyncRequest(
                SyncMode.APPLY,
                name,
                (nowhere ? List.of(defaultNamespace) : namespaces)
                        .stream().distinct().toList(),
                namespaceSelector,
                credentials,
                serviceAccounts.stream().distinct().toList(),
                new SyncRequest.Options(dryRun, adopt, recreate, prune, createServiceAccounts),
                owner,
                writtenBy);
    }
}
