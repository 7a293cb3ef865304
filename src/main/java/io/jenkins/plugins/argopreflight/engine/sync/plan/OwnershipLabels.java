package io.jenkins.plugins.argopreflight.engine.sync.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kube.Objects;
import io.jenkins.plugins.argopreflight.engine.kube.UntrustedJson;
import io.jenkins.plugins.argopreflight.engine.sync.SecretOwner;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The labels and annotations by which we know our own Secrets, and whose they are. There is no hash of the content (a hash of a weak
 * password can be guessed), and not the label {@code jenkins.io/credentials-type}, by which Jenkins'
 * kubernetes-credentials-provider would import the Secret back.
 */
public final class OwnershipLabels {

    private static final String SUFFIX = "-stand-in";
    static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    static final String US = "argo-preflight";
    static final String PREFIX = "argo-preflight.jenkins.io/";
    /** A label: the id of the {@link SecretOwner}. */
    static final String OWNER = PREFIX + "owner";
    /** An annotation: the owner as people know it, at the time of writing. */
    static final String OWNER_NAME = PREFIX + "owner-name";

    static final String WRITTEN_BY = PREFIX + "written-by";
    static final String WRITTEN_AT = PREFIX + "written-at";
    /** A JSON object: each registry key that is ours, so that --prune and --delete can take it, and its credential's id. */
    static final String CREDENTIAL_IDS = PREFIX + "credential-ids";
    /** On a stand-in: the name it stands in for. On the Secret that was recreated: the stand-in still to remove. */
    static final String TEMPORARY = PREFIX + "stand-in";

    private static final JsonMapper JSON = new JsonMapper(UntrustedJson.factory());

    private OwnershipLabels() {}

    /** Whether Argo Preflight wrote it, for any owner. */
    public static boolean isManaged(JsonNode object) {
        return US.equals(Objects.labels(object).get(MANAGED_BY));
    }

    /** Whether this owner can change it: its own, or one that was written before owners were recorded. */
    public static boolean isOurs(JsonNode object, SecretOwner owner) {
        return isManaged(object) && ownerId(object).map(owner.id()::equals).orElse(true);
    }

    /** Its owner's id; empty when it was written before owners were recorded, or not by Argo Preflight. */
    static Optional<String> ownerId(JsonNode object) {
        return Optional.ofNullable(Objects.labels(object).get(OWNER)).filter(id -> isManaged(object));
    }

    /** Its owner, such as {@code folder team (owner 1f3a.77)}. */
    static Optional<String> owner(JsonNode object) {
        String name = Objects.annotations(object).getOrDefault(OWNER_NAME, "");
        return ownerId(object).map(id -> name.isEmpty() ? "owner " + id : name + " (owner " + id + ")");
    }

    /** The registry keys that are ours. */
    static Set<String> keys(JsonNode object) {
        return credentialIds(object).keySet();
    }

    /** The ids by registry key; none when someone spoilt the annotation: then nothing in it is known to be ours. */
    static SortedMap<String, String> credentialIds(JsonNode object) {
        SortedMap<String, String> ids = new TreeMap<>();
        try {
            JSON.readTree(Objects.annotations(object).getOrDefault(CREDENTIAL_IDS, "{}"))
                    .properties()
                    .forEach(entry -> ids.put(entry.getKey(), entry.getValue().asText()));
        } catch (JsonProcessingException e) {
            return new TreeMap<>();
        }
        return ids;
    }

    public static Optional<String> temporary(JsonNode object) {
        return Optional.ofNullable(Objects.annotations(object).get(TEMPORARY));
    }

    /** OwnershipLabels an object as ours; the time and the writer are for {@link #sign}, they do not count as a change. */
    static void put(ObjectNode object, SecretOwner owner, SortedMap<String, String> credentialIds) {
        boolean known = ownerId(object).map(owner.id()::equals).orElse(false);
        Objects.metadata(object).withObject("/labels").put(MANAGED_BY, US).put(OWNER, owner.id());
        if (!known) {
            annotations(object).put(OWNER_NAME, owner.name());
        }
        ObjectNode ids = JSON.createObjectNode();
        credentialIds.forEach(ids::put);
        annotations(object).put(CREDENTIAL_IDS, ids.toString());
    }

    public static void sign(ObjectNode object, SecretOwner owner, String writtenBy, Instant now) {
        annotations(object)
                .put(OWNER_NAME, owner.name())
                .put(WRITTEN_BY, writtenBy)
                .put(WRITTEN_AT, now.truncatedTo(ChronoUnit.SECONDS).toString());
    }

    /** The name of the Secret that stands in for one that is made again. */
    public static String temporaryName(String name) {
        return name + SUFFIX;
    }

    public static void putTemporary(ObjectNode object, String name) {
        annotations(object).put(TEMPORARY, name);
    }

    public static void removeTemporary(ObjectNode object) {
        annotations(object).remove(TEMPORARY);
    }

    /** Gives an object back to the one who had it before us. */
    static void remove(ObjectNode object) {
        Objects.metadata(object).withObject("/labels").remove(List.of(MANAGED_BY, OWNER));
        annotations(object).properties().removeIf(entry -> entry.getKey().startsWith(PREFIX));
    }

    private static ObjectNode annotations(ObjectNode object) {
        return Objects.metadata(object).withObject("/annotations");
    }
}
