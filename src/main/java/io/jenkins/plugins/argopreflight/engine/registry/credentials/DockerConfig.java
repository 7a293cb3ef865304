package io.jenkins.plugins.argopreflight.engine.registry.credentials;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.util.secret.Password;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The checked content of one registry Secret: each entry can be stored, sent and matched.
 *
 * @param entries credentials by canonical key, in the requested order
 * @param notes sentences about possible mistakes
 */
public record DockerConfig(Map<String, RegistryCredential> entries, List<String> notes) {

    /**
     * Checks credentials, and normalises their registries to keys.
     *
     * @throws DockerConfigException with a sentence for each problem
     */
    public static DockerConfig of(List<RegistryCredential> credentials) {
        List<String> problems = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        Map<String, RegistryCredential> entries = new LinkedHashMap<>();
        for (RegistryCredential credential : credentials) {
            String key;
            try {
                key = RegistryKey.canonical(credential.registry());
            } catch (DockerConfigException e) {
                problems.add("credential \"" + credential.id() + "\": " + e.getMessage());
                continue;
            }
            String where = "credential \"" + credential.id() + "\" for " + key + ": ";
            Optional<String> problem = CredentialRules.problem(credential);
            problem.ifPresent(text -> problems.add(where + text));
            RegistryCredential other = entries.putIfAbsent(key, credential);
            if (other != null && !isSame(other, credential)) {
                problems.add("credentials \"" + other.id() + "\" and \"" + credential.id() + "\" are both for " + key
                        + ", and a Secret holds one for each registry; leave one out");
            }
            if (problem.isEmpty() && other == null) {
                CredentialRules.notes(credential).forEach(note -> notes.add(where + note));
            }
        }
        if (!problems.isEmpty()) {
            throw new DockerConfigException(problems);
        }
        return new DockerConfig(entries, List.copyOf(notes));
    }

    /** Returns the value of the Secret, byte for byte as {@code kubectl create secret docker-registry} writes it. */
    public Password toJson() {
        ObjectNode config = ConfigJson.object();
        ObjectNode auths = config.putObject("auths");
        new TreeMap<>(entries).forEach((key, credential) -> auths.set(key, ConfigJson.entry(credential)));
        return Password.of(ConfigJson.write(config));
    }

    /**
     * Adds these registries to the value of an existing Secret; see {@link DockerConfigMerge}.
     *
     * @param existing the value under {@code .dockerconfigjson}
     * @param previous the keys that an earlier run of Argo Preflight wrote there
     * @param prune whether previous keys that are no longer requested are removed
     * @throws DockerConfigException if the existing value cannot be preserved
     */
    public DockerConfigMerge mergeInto(Password existing, List<String> previous, boolean prune) {
        return DockerConfigMerge.of(existing, this, previous, prune);
    }

    private static boolean isSame(RegistryCredential one, RegistryCredential other) {
        return one.username().equals(other.username())
                && one.password().equals(other.password())
                && one.email().equals(other.email());
    }
}
