package io.jenkins.plugins.argopreflight.engine.sync.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.PullSecret;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.secret.Password;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The registry configuration in a Secret's {@code data}. */
public final class Content {

    static final String TYPE = PullSecret.DOCKER_CONFIG_JSON;
    private static final String KEY = PullSecret.key(TYPE).orElseThrow();
    private static final String OLD_KEY = PullSecret.key(PullSecret.DOCKERCFG).orElseThrow();
    private static final Password NONE = Password.of("{\"auths\":{}}");

    private Content() {}

    /**
     * Returns the content of a Secret of any type, in the format of {@link #TYPE}.
     *
     * @throws io.jenkins.plugins.argopreflight.engine.registry.credentials.DockerConfigException if it is not base64
     */
    static Password of(ObjectNode secret) {
        Map<String, String> data = Json.strings(secret.path("data"));
        if (data.containsKey(KEY)) {
            return PullSecret.of(KubeObjects.name(secret), TYPE, data).payload().orElse(NONE);
        }
        return PullSecret.of(KubeObjects.name(secret), PullSecret.DOCKERCFG, data)
                .payload()
                .map(old -> Password.of("{\"auths\":" + old.reveal() + "}"))
                .orElse(NONE);
    }

    /** Returns the content without registries. */
    static Password none() {
        return NONE;
    }

    /** Writes the content under the key of {@link #TYPE}; other data stays. */
    static void put(ObjectNode secret, Password json) {
        ObjectNode data = secret.withObject("/data");
        data.put(KEY, Base64.getEncoder().encodeToString(json.reveal().getBytes(StandardCharsets.UTF_8)));
        data.remove(OLD_KEY);
    }

    /** Returns the keys of data that is not for pulls. */
    static Set<String> otherKeys(ObjectNode secret) {
        Set<String> keys = new TreeSet<>(Json.strings(secret.path("data")).keySet());
        keys.removeAll(Set.of(KEY, OLD_KEY));
        return keys;
    }

    /** Returns the Secret as the kubelet sees it. */
    public static PullSecret pullSecret(ObjectNode secret) {
        return PullSecret.of(KubeObjects.name(secret), Json.text(secret, "type"), Json.strings(secret.path("data")));
    }

    /** Returns whether two Secrets are equal in owner, owned keys, type and data. */
    public static boolean isSame(JsonNode one, JsonNode other) {
        return OwnershipLabels.isManaged(one) == OwnershipLabels.isManaged(other)
                && OwnershipLabels.ownerId(one).equals(OwnershipLabels.ownerId(other))
                && OwnershipLabels.keys(one).equals(OwnershipLabels.keys(other))
                && one.path("type").equals(other.path("type"))
                && one.path("data").equals(other.path("data"));
    }
}
