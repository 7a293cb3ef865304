package io.jenkins.plugins.argopreflight.engine.sync.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.sync.SecretOwner;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.json.UntrustedJson;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The labels and annotations by which Argo Preflight knows its own Secrets and their owners. There is no hash of the
 * content (a hash of a weak password can be guessed), and not the label {@code jenkins.io/credentials-type}, by which
 * Jenkins' kubernetes-credentials-provider would import the Secret back.
 */
public final class OwnershipLabels {

    private static final String SUFFIX = "-stand-in";
    static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    static final String US = "argo-preflight";
    static final String PREFIX = "argo-preflight.jenkins.io/";
    /** The label with the id of the {@link SecretOwner}. */
    static final String OWNER = PREFIX + "owner";
    /** The annotation with the owner's name for people, at the time of writing. */
    static final String OWNER_NAME = PREFIX + "owner-name";

    static final String WRITTEN_BY = PREFIX + "written-by";
    static final String WRITTEN_AT = PREFIX + "written-at";
    /**
     * The annotation with a JSON object: each registry key that Argo Preflight wrote, so that --prune and --delete can
     * remove it, and its credential's id.
     */
    static final String CREDENTIAL_IDS = PREFIX + "credential-ids";
    /**
     * The annotation that links a Secret and its temporary copy. On the copy: the name of the Secret that it replaces.
     * On the recreated Secret: the name of the copy that is still to be deleted.
     */
    static final String TEMPORARY = PREFIX + "stand-in";

    private static final JsonMapper JSON = new JsonMapper(UntrustedJson.factory());

    private OwnershipLabels() {}

    /** Returns whether Argo Preflight wrote an object, for any owner. */
    public static boolean isManaged(JsonNode object) {
        return US.equals(KubeObjects.labels(object).get(MANAGED_BY));
    }

    /**
     * Returns whether this owner can change an object: its own, or one that was written before owners were recorded.
     */
    public static boolean isOurs(JsonNode object, SecretOwner owner) {
        return isManaged(object) && ownerId(object).map(owner.id()::equals).orElse(true);
    }

    /**
     * Returns the id of the owner; empty if the object was written before owners were recorded, or not by Argo
     * Preflight.
     */
    static Optional<String> ownerId(JsonNode object) {
        return Optional.ofNullable(KubeObjects.labels(object).get(OWNER)).filter(id -> isManaged(object));
    }

    /** Returns the owner, such as {@code folder team (owner 1f3a.77)}. */
    static Optional<String> owner(JsonNode object) {
        String name = KubeObjects.annotations(object).getOrDefault(OWNER_NAME, "");
        return ownerId(object).map(id -> name.isEmpty() ? "owner " + id : name + " (owner " + id + ")");
    }

    /** Returns the registry keys that Argo Preflight wrote. */
    static Set<String> keys(JsonNode object) {
        return credentialIds(object).keySet();
    }

    /** Returns the ids by registry key; empty if the annotation is damaged, so that no key is known to be ours. */
    static SortedMap<String, String> credentialIds(JsonNode object) {
        SortedMap<String, String> ids = new TreeMap<>();
        try {
            JSON.readTree(KubeObjects.annotations(object).getOrDefault(CREDENTIAL_IDS, "{}"))
                    .properties()
                    .forEach(entry -> ids.put(entry.getKey(), Json.text(entry.getValue())));
        } catch (JsonProcessingException e) {
            return new TreeMap<>();
        }
        return ids;
    }

    public static Optional<String> temporary(JsonNode object) {
        return Optional.ofNullable(KubeObjects.annotations(object).get(TEMPORARY));
    }

    /**
     * Marks an object as written for this owner. The time and the writer are set by {@link #sign}, since they do not
     * count as a change.
     */
    static void put(ObjectNode object, SecretOwner owner, SortedMap<String, String> credentialIds) {
        boolean known = ownerId(object).map(owner.id()::equals).orElse(false);
        KubeObjects.metadata(object).withObject("/labels").put(MANAGED_BY, US).put(OWNER, owner.id());
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

    /** Returns the name of the temporary Secret for one that is recreated. */
    public static String temporaryName(String name) {
        return name + SUFFIX;
    }

    public static void putTemporary(ObjectNode object, String name) {
        annotations(object).put(TEMPORARY, name);
    }

    public static void removeTemporary(ObjectNode object) {
        annotations(object).remove(TEMPORARY);
    }

    /** Removes the marks, which returns an object to its previous owner. */
    static void remove(ObjectNode object) {
        KubeObjects.metadata(object).withObject("/labels").remove(List.of(MANAGED_BY, OWNER));
        annotations(object).properties().removeIf(entry -> entry.getKey().startsWith(PREFIX));
    }

    private static ObjectNode annotations(ObjectNode object) {
        return KubeObjects.metadata(object).withObject("/annotations");
    }
}
