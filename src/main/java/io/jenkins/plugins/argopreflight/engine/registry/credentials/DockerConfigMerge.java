package io.jenkins.plugins.argopreflight.engine.registry.credentials;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.KeyChange.Kind;
import io.jenkins.plugins.argopreflight.engine.util.go.GoNames;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.secret.Password;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The value of an existing Secret with the requested registries added. Entries of others stay as they are, including
 * their unknown fields. An entry whose key means the same as a requested key is replaced, since the kubelet would try
 * the two in random order. An entry {@code docker.io}, which would hide the requested entry for Docker Hub, is
 * replaced, too.
 *
 * @param json the new value
 * @param changes a change for each registry, including registries that stay as they are
 * @param notes problems that the kubelet has with the other entries in the new value
 */
public record DockerConfigMerge(Password json, List<KeyChange> changes, List<String> notes) {

    /** Returns whether the new value differs from the existing one. */
    public boolean isWrite() {
        return changes.stream().anyMatch(KeyChange::isWrite);
    }

    /** Returns whether no registry is left. */
    public boolean isEmpty() {
        return changes.stream().allMatch(change -> change.kind() == Kind.REMOVED);
    }

    static DockerConfigMerge of(Password existing, DockerConfig requested, Collection<String> previous, boolean prune) {
        ObjectNode config = root(existing);
        ObjectNode auths = auths(config);
        List<KeyChange> changes = new ArrayList<>();
        Set<String> previousMeanings = new HashSet<>();
        previous.forEach(key -> previousMeanings.add(meaning(key)));
        Set<String> requestedMeanings = new HashSet<>();
        requested.entries().keySet().forEach(key -> requestedMeanings.add(meaning(key)));

        for (String key : names(auths)) {
            if (requested.entries().containsKey(key)) {
                continue;
            }
            if (requestedMeanings.contains(meaning(key))) {
                auths.remove(key);
                changes.add(new KeyChange(Kind.REMOVED, key, "it means the same as the key that replaces it"));
            } else if (prune && previousMeanings.contains(meaning(key))) {
                auths.remove(key);
                changes.add(new KeyChange(Kind.REMOVED, key, "ours, and no longer asked for"));
            } else {
                String whose = previousMeanings.contains(meaning(key))
                        ? "ours of before, kept without prune"
                        : "not ours, kept";
                changes.add(new KeyChange(Kind.KEPT, key, whose));
            }
        }
        requested.entries().forEach((key, credential) -> changes.add(put(auths, key, credential)));
        Password json = Password.of(ConfigJson.write(config));
        return new DockerConfigMerge(json, List.copyOf(changes), notes(json));
    }

    private static KeyChange put(ObjectNode auths, String key, RegistryCredential credential) {
        ObjectNode entry = ConfigJson.entry(credential);
        JsonNode old = auths.get(key);
        auths.set(key, entry);
        String username = "username " + credential.username();
        if (old == null) {
            return new KeyChange(Kind.ADDED, key, username);
        }
        if (old.equals(entry)) {
            return new KeyChange(Kind.UNCHANGED, key, username);
        }
        List<String> what = new ArrayList<>();
        for (String field : List.of("username", "password", "email")) {
            if (!Json.text(old, field).equals(Json.text(entry, field))) {
                what.add(field);
            }
        }
        if (what.isEmpty() && !old.path("auth").equals(entry.path("auth"))) {
            what.add("auth");
        }
        names(old).stream()
                .filter(name -> !entry.has(name) && !name.equals("email"))
                .forEach(what::add);
        return new KeyChange(
                Kind.CHANGED,
                key,
                (what.isEmpty() ? "fields" : String.join(", ", what)) + " changed (" + username + ")");
    }

    private static String meaning(String key) {
        return RegistryKey.isDockerHub(key) ? RegistryKey.DOCKER_HUB : RegistryKey.comparedPart(key);
    }

    private static ObjectNode root(Password existing) {
        JsonNode root = ConfigJson.read(
                existing.reveal().getBytes(StandardCharsets.UTF_8), "what the Secret holds under .dockerconfigjson");
        if (!root.isObject()) {
            throw new DockerConfigException(
                    "what the Secret holds under .dockerconfigjson is not a JSON object; expected {\"auths\": {…}}");
        }
        return (ObjectNode) root;
    }

    private static ObjectNode auths(ObjectNode config) {
        List<String> spellings = names(config).stream()
                .filter(name -> GoNames.same(name, "auths"))
                .toList();
        if (spellings.size() > 1) {
            throw new DockerConfigException("what the Secret holds under .dockerconfigjson has auths in "
                    + spellings.size() + " spellings (" + String.join(", ", spellings) + "); keep one");
        }
        String name = spellings.isEmpty() ? "auths" : spellings.get(0);
        JsonNode auths = config.path(name);
        if (auths.isMissingNode() || auths.isNull()) {
            return config.putObject(name);
        }
        if (!auths.isObject()) {
            throw new DockerConfigException(
                    "auths in what the Secret holds under .dockerconfigjson is not an object; fix or delete it");
        }
        return (ObjectNode) auths;
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static List<String> notes(Password json) {
        PullSecret merged = new PullSecret("merged", PullSecret.DOCKER_CONFIG_JSON, Optional.of(json));
        KubeletKeyring keyring = KubeletKeyring.of(List.of(merged));
        List<String> notes = new ArrayList<>();
        keyring.error().ifPresent(error -> notes.add(error.problem()));
        keyring.notes().forEach(note -> notes.add(note.problem()));
        return List.copyOf(notes);
    }
}
