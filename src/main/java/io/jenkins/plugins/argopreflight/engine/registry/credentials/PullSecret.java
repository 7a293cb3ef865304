package io.jenkins.plugins.argopreflight.engine.registry.credentials;

import io.jenkins.plugins.argopreflight.engine.util.go.GoBase64;
import io.jenkins.plugins.argopreflight.engine.util.go.GoBytes;
import io.jenkins.plugins.argopreflight.engine.util.secret.Password;
import java.util.Map;
import java.util.Optional;

/**
 * A Secret as the kubelet sees it.
 *
 * @param name the name of the Secret
 * @param type such as {@code kubernetes.io/dockerconfigjson}
 * @param payload the decoded value under the key of the type; empty if the Secret does not have this key
 */
public record PullSecret(String name, String type, Optional<Password> payload) {

    /** The type whose key is {@code .dockerconfigjson}. */
    public static final String DOCKER_CONFIG_JSON = "kubernetes.io/dockerconfigjson";

    /** The older type, without the {@code auths} wrapper, whose key is {@code .dockercfg}. */
    public static final String DOCKERCFG = "kubernetes.io/dockercfg";

    /**
     * Reads the {@code data} of a Secret, whose values are base64. Bytes that are not UTF-8 are read as Go reads them.
     *
     * @throws DockerConfigException if the value is not base64, which no API server accepts
     */
    public static PullSecret of(String name, String type, Map<String, String> data) {
        Optional<String> value = key(type).map(data::get);
        if (value.isEmpty()) {
            return new PullSecret(name, type, Optional.empty());
        }
        try {
            Password payload = Password.of(GoBytes.text(GoBase64.decode(value.get())));
            return new PullSecret(name, type, Optional.of(payload));
        } catch (GoBase64.CorruptException e) {
            throw new DockerConfigException(
                    "Secret \"" + name + "\": data[\"" + key(type).orElseThrow() + "\"] is not base64 ("
                            + e.getMessage() + "); put raw JSON under stringData instead");
        }
    }

    /** Returns the data key that the kubelet reads for a type; empty for a type that it ignores. */
    public static Optional<String> key(String type) {
        return switch (type) {
            case DOCKER_CONFIG_JSON -> Optional.of(".dockerconfigjson");
            case DOCKERCFG -> Optional.of(".dockercfg");
            default -> Optional.empty();
        };
    }
}
