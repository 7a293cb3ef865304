package io.jenkins.plugins.argopreflight.engine.registry.credentials;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.util.go.GoBase64;
import io.jenkins.plugins.argopreflight.engine.util.go.GoBytes;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.secret.Password;
import java.util.List;
import java.util.Optional;

/**
 * An entry of a docker config file: a credential, or the reason why the entry is unusable.
 *
 * @param credential the credential; empty if it is unusable
 * @param unusable the reason; empty if the credential is usable
 */
record FileEntry(Optional<RegistryCredential> credential, Optional<DockerConfigFile.Unusable> unusable) {

    private static final String GIVE_BY_OPTION =
            "; give this registry with --registry, --username and --password-stdin instead";

    /**
     * Reads an entry.
     *
     * @param helper the credential helper that holds the password, or ""
     */
    static FileEntry read(String key, JsonNode entry, String helper, String file) {
        String username = Json.text(entry, "username");
        String password = Json.text(entry, "password");
        String auth = Json.text(entry, "auth");
        if (!entry.isObject()) {
            return unusable(key, "its value is not an object" + GIVE_BY_OPTION);
        }
        if (!Json.text(entry, "identitytoken").isEmpty()) {
            return unusable(
                    key,
                    "it is an identity token, which Kubernetes cannot use (Azure's registry hands them out:"
                            + " take a service principal or a repository-scoped token)" + GIVE_BY_OPTION);
        }
        if (!Json.text(entry, "registrytoken").isEmpty()) {
            return unusable(key, "it is a registry token, which Kubernetes cannot use" + GIVE_BY_OPTION);
        }
        if (auth.isEmpty() && username.isEmpty() && password.isEmpty()) {
            return unusable(
                    key,
                    helper.isEmpty()
                            ? "it is empty: neither auth nor username and password" + GIVE_BY_OPTION
                            : helperReason(helper));
        }
        if (!auth.isEmpty()) {
            try {
                String decoded = GoBase64.decode(auth);
                int colon = decoded.indexOf(':');
                if (colon < 0) {
                    return unusable(key, "its auth is not base64 of user:password, there is no \":\"" + GIVE_BY_OPTION);
                }
                username = GoBytes.text(decoded.substring(0, colon));
                password = GoBytes.text(decoded.substring(colon + 1));
            } catch (GoBase64.CorruptException e) {
                return unusable(key, "its auth is not base64 (" + e.getMessage() + ")" + GIVE_BY_OPTION);
            }
        }
        return ofCredential(new RegistryCredential(
                key, username, Password.of(password), Json.text(entry, "email"), file + "#" + RegistryKey.shown(key)));
    }

    static String helperReason(String helper) {
        return "its password is in the credential helper docker-credential-" + helper + ", not in the file"
                + GIVE_BY_OPTION;
    }

    void addTo(List<RegistryCredential> usable, List<DockerConfigFile.Unusable> left) {
        credential.ifPresent(usable::add);
        unusable.ifPresent(left::add);
    }

    private static FileEntry ofCredential(RegistryCredential credential) {
        Optional<String> problem = CredentialRules.problem(credential);
        if (problem.isPresent()) {
            return unusable(credential.registry(), problem.get());
        }
        try {
            RegistryKey.canonical(credential.registry());
            return new FileEntry(Optional.of(credential), Optional.empty());
        } catch (DockerConfigException e) {
            return unusable(credential.registry(), e.getMessage());
        }
    }

    private static FileEntry unusable(String key, String reason) {
        return new FileEntry(Optional.empty(), Optional.of(new DockerConfigFile.Unusable(key, reason)));
    }
}
