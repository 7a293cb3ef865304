package io.jenkins.plugins.argopreflight.credentials;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import com.cloudbees.plugins.credentials.domains.URIRequirementBuilder;
import hudson.AbortException;
import hudson.model.Run;
import io.jenkins.plugins.argopreflight.engine.dockerconfig.RegistryCredential;
import io.jenkins.plugins.argopreflight.engine.secret.Password;

/** Turns credentials kept in Jenkins into registry credentials of the engine. */
public final class RegistryCredentials {

    private RegistryCredentials() {}

    /**
     * Finds a credential as the build may see it (its folder, its user, its parameters), and records the use.
     *
     * @param registry the registry as it is written in the Jenkinsfile; its host limits the domain
     * @param credentialsId the id, or a credentials parameter's name
     * @throws AbortException when the build may use no credential of that id and kind for that registry
     */
    public static RegistryCredential find(Run<?, ?> run, String registry, String credentialsId) throws AbortException {
        String uri = registry.contains("://") ? registry : "https://" + registry;
        StandardUsernamePasswordCredentials found = CredentialsProvider.findCredentialById(
                credentialsId,
                StandardUsernamePasswordCredentials.class,
                run,
                URIRequirementBuilder.fromUri(uri).build());
        if (found == null) {
            throw new AbortException("No credentials \"" + credentialsId + "\" of kind \"Username with password\" that"
                    + " this build may use for registry " + registry + "; check the id, the folder that holds it, and"
                    + " the domain's host names");
        }
        CredentialsProvider.track(run, found);
        return new RegistryCredential(
                registry, found.getUsername(), Password.of(found.getPassword().getPlainText()), "", credentialsId);
    }
}
