package io.jenkins.plugins.argopreflight.credentials;

import com.cloudbees.plugins.credentials.CredentialsMatcher;
import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import com.cloudbees.plugins.credentials.domains.URIRequirementBuilder;
import hudson.AbortException;
import hudson.ExtensionList;
import hudson.model.Run;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.RegistryCredential;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.RegistryKey;
import io.jenkins.plugins.argopreflight.engine.util.http.AllowedHosts;
import io.jenkins.plugins.argopreflight.engine.util.secret.Password;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/** The conversion of credentials in Jenkins to registry credentials of the engine. */
public final class RegistryCredentials {

    /** The default user name for a token: most registries that accept a bare token ignore the user name. */
    public static final String TOKEN_USER = "token";

    private RegistryCredentials() {}

    /**
     * Finds a credential as the build can see it (its folder, its user, its parameters), and records the use.
     *
     * @param registry the registry as it is written in the Jenkinsfile; its host limits the domain
     * @param credentialsId the id, or a credentials parameter's name
     * @param tokenUser the user name that goes with a secret text; "" for {@link #TOKEN_USER}
     * @throws AbortException if the build can use no credential of that id and kind for that registry
     */
    public static RegistryCredential find(Run<?, ?> run, String registry, String credentialsId, String tokenUser)
            throws AbortException {
        StandardCredentials found = CredentialsProvider.findCredentialById(
                credentialsId, StandardCredentials.class, run, requirements(registry));
        if (found == null) {
            throw new AbortException(Messages.RegistryCredentials_notFound(
                    credentialsId,
                    RegistryKey.shown(registry),
                    CredentialSearch.failure(credentialsId, run.getParent())));
        }
        CredentialsProvider.track(run, found);
        String[] pair = pair(found, tokenUser)
                .orElseThrow(() -> new AbortException(Messages.RegistryCredentials_kind(credentialsId)));
        return new RegistryCredential(registry, pair[0], Password.of(pair[1]), "", credentialsId);
    }

    /** Returns the hosts in the domain of the credential; none if the build can use no such credential. */
    public static AllowedHosts domainHosts(Run<?, ?> run, String registry, String credentialsId) {
        StandardCredentials found = CredentialsProvider.findCredentialById(
                credentialsId, StandardCredentials.class, run, requirements(registry));
        return found == null ? AllowedHosts.NONE : CredentialDomain.hosts(run.getParent(), found);
    }

    /**
     * Asks other plugins first: {@code getPassword()} of their credentials can return something else than the
     * registry's password.
     */
    private static Optional<String[]> pair(StandardCredentials found, String tokenUser) {
        Optional<String[]> converted = ExtensionList.lookup(RegistryTokens.class).stream()
                .flatMap(tokens -> tokens.userAndPassword(found).stream())
                .map(text -> text.split(":", 2))
                .findFirst();
        return converted.isPresent() ? converted : ownPair(found, tokenUser);
    }

    private static Optional<String[]> ownPair(StandardCredentials found, String tokenUser) {
        if (found instanceof StandardUsernamePasswordCredentials login) {
            return Optional.of(
                    new String[] {login.getUsername(), login.getPassword().getPlainText()});
        }
        if (found instanceof StringCredentials token) {
            return Optional.of(new String[] {
                tokenUser.isEmpty() ? TOKEN_USER : tokenUser, token.getSecret().getPlainText()
            });
        }
        return Optional.empty();
    }

    /** Returns the requirement that the domain of a credential, if it lists hosts, includes the registry's host. */
    public static List<DomainRequirement> requirements(String registry) {
        String uri = registry.contains("://") ? registry : "https://" + registry;
        return URIRequirementBuilder.fromUri(uri).build();
    }

    /** Matches the credentials that {@link #find} accepts. */
    public static CredentialsMatcher matcher() {
        List<CredentialsMatcher> kinds = new ArrayList<>();
        kinds.add(CredentialsMatchers.instanceOf(StandardUsernamePasswordCredentials.class));
        kinds.add(CredentialsMatchers.instanceOf(StringCredentials.class));
        ExtensionList.lookup(RegistryTokens.class).forEach(tokens -> kinds.add(tokens.matcher()));
        return CredentialsMatchers.anyOf(kinds.toArray(CredentialsMatcher[]::new));
    }
}
