package io.jenkins.plugins.argopreflight.engine.sync;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.cluster.Objects;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The label and annotations by which we know our own Secrets. There is no hash of the content (a hash of a weak
 * password can be guessed), and not the label {@code jenkins.io/credentials-type}, by which Jenkins'
 * kubernetes-credentials-provider would import the Secret back.
 */
final class Marks {

    static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    static final String US = "argo-preflight";
    static final String PREFIX = "argo-preflight.jenkins.io/";
    static final String WRITTEN_BY = PREFIX + "written-by";
    static final String WRITTEN_AT = PREFIX + "written-at";
    /** A JSON object: each registry key that is ours, so that --prune and --delete may take it, and its credential's id. */
    static final String CREDENTIAL_IDS = PREFIX + "credential-ids";
    /** On a stand-in: the name it stands in for. On the Secret that was made anew: the stand-in still to remove. */
    static final String STAND_IN = PREFIX + "stand-in";

    private static final JsonMapper JSON = new JsonMapper();

    private Marks() {}

    static boolean isOurs(JsonNode object) {
        return US.equals(Objects.labels(object).get(MANAGED_BY));
    }

    /** The registry keys that are ours. */
    static Set<String> keys(JsonNode object) {
        return credentialIds(object).keySet();
    }

    /** The ids by registry key; none when somebody spoilt the annotation: then nothing in it is known to be ours. */
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

    static Optional<String> standIn(JsonNode object) {
        return Optional.ofNullable(Objects.annotations(object).get(STAND_IN));
    }

    /** Marks an object as ours; the time and the writer are for {@link #sign}, they do not count as a change. */
    static void put(ObjectNode object, SortedMap<String, String> credentialIds) {
        Objects.metadata(object).withObject("/labels").put(MANAGED_BY, US);
        ObjectNode ids = JSON.createObjectNode();
        credentialIds.forEach(ids::put);
        annotations(object).put(CREDENTIAL_IDS, ids.toString());
    }

    static void sign(ObjectNode object, String writtenBy, Instant now) {
        annotations(object)
                .put(WRITTEN_BY, writtenBy)
                .put(WRITTEN_AT, now.truncatedTo(ChronoUnit.SECONDS).toString());
    }

    static void putStandIn(ObjectNode object, String name) {
        annotations(object).put(STAND_IN, name);
    }

    static void removeStandIn(ObjectNode object) {
        annotations(object).remove(STAND_IN);
    }

    /** Gives an object back to whoever had it before us. */
    static void remove(ObjectNode object) {
        Objects.metadata(object).withObject("/labels").remove(MANAGED_BY);
        annotations(object).properties().removeIf(entry -> entry.getKey().startsWith(PREFIX));
    }

    private static ObjectNode annotations(ObjectNode object) {
        return Objects.metadata(object).withObject("/annotations");
    }
}
