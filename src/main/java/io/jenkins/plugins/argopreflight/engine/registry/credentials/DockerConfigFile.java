package io.jenkins.plugins.argopreflight.engine.registry.credentials;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.util.file.FileName;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The credentials of a user's {@code ~/.docker/config.json}, divided into credentials that a Secret can hold and
 * others. Podman's {@code auth.json} has the same format. The older {@code .dockercfg} has the same entries, without
 * {@code auths} around them. See
 * <a href="https://github.com/docker/cli/blob/master/cli/config/configfile/file.go">docker/cli's configfile</a>.
 *
 * @param usable credentials; the id of each is {@code FILE#KEY}
 * @param unusable entries in the file's order, then settings of the whole file
 */
public record DockerConfigFile(List<RegistryCredential> usable, List<Unusable> unusable) {

    private static final long MAX_SIZE_BYTES = 1 << 20;

    /**
     * An entry or setting that no Secret can hold.
     *
     * @param key the registry, or the name of a setting of the whole file
     * @param reason a sentence with the reason and how to fix it
     */
    public record Unusable(String key, String reason) {

        public Unusable {
            key = RegistryKey.shown(key);
        }

        @Override
        public String toString() {
            return key + ": " + reason;
        }
    }

    /**
     * Reads a file.
     *
     * @throws DockerConfigException with one sentence, if the file cannot be read in this format
     */
    public static DockerConfigFile read(Path file) {
        JsonNode root = ConfigJson.read(readBytes(file), file.toString());
        if (!root.isObject()) {
            throw new DockerConfigException(file + " is not a docker config: expected {\"auths\": {…}}");
        }
        JsonNode auths = root.path("auths");
        if (!auths.isMissingNode() && !auths.isNull() && !auths.isObject()) {
            throw new DockerConfigException(file + " is not a docker config: auths is not an object");
        }
        boolean isOldFormat =
                auths.isMissingNode() && root.properties().stream().anyMatch(DockerConfigFile::isEntry);
        String store = Json.text(root, "credsStore");
        List<RegistryCredential> usable = new ArrayList<>();
        List<Unusable> unusable = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : (isOldFormat ? root : auths).properties()) {
            String helper = root.path("credHelpers").path(field.getKey()).asText(store);
            FileEntry.read(field.getKey(), field.getValue(), helper, file.toString())
                    .addTo(usable, unusable);
        }
        if (!isOldFormat) {
            addSettings(root, auths, store, unusable);
        }
        return new DockerConfigFile(List.copyOf(usable), List.copyOf(unusable));
    }

    /** Adds the settings of the whole file that no Secret can hold. */
    private static void addSettings(JsonNode root, JsonNode auths, String store, List<Unusable> unusable) {
        for (Map.Entry<String, JsonNode> helper : root.path("credHelpers").properties()) {
            if (!auths.has(helper.getKey())) {
                unusable.add(new Unusable(helper.getKey(), FileEntry.helperReason(Json.text(helper.getValue()))));
            }
        }
        if (!store.isEmpty() && auths.isEmpty()) {
            unusable.add(new Unusable("credsStore", FileEntry.helperReason(store)));
        }
        if (!root.path("HttpHeaders").isEmpty()) {
            unusable.add(new Unusable(
                    "HttpHeaders",
                    "Kubernetes sends no headers of its own to a registry;"
                            + " if the registry needs them, no Secret helps"));
        }
    }

    private static boolean isEntry(Map.Entry<String, JsonNode> field) {
        JsonNode value = field.getValue();
        return value.has("auth") || value.has("username") || value.has("identitytoken");
    }

    private static byte[] readBytes(Path file) {
        try {
            if (Files.isDirectory(file)) {
                throw new DockerConfigException(
                        file + " is a directory; give the file, such as " + FileName.in(file, "config.json"));
            }
            if (Files.size(file) > MAX_SIZE_BYTES) {
                throw new DockerConfigException(file + " is larger than 1 MiB, which no Secret can hold; give another");
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new DockerConfigException(file + " does not exist; run docker login, or give another file");
        } catch (IOException e) {
            throw new DockerConfigException(
                    file + " cannot be read (" + e.getClass().getSimpleName() + "); check its permissions");
        }
    }
}
