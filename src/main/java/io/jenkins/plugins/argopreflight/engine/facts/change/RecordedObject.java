package io.jenkins.plugins.argopreflight.engine.facts.change;

import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * A record of one object that a run read, with everything that is needed to notice a change; never the content of a
 * Secret.
 *
 * @param kind such as Secret; {@link #IMAGE} and {@link #RIGHT} are not objects of the cluster
 * @param namespace "" for none
 * @param present false if the cluster answered that the object does not exist
 * @param uid the uid, which differs after an object was deleted and created again; "" if it is not compared
 * @param version the resourceVersion; of a template its generation, of a ServiceAccount a checksum of its content; ""
 *     if the fields have everything that is compared
 * @param fields the fields that matter, by name
 */
public record RecordedObject(
        String kind,
        String namespace,
        String name,
        boolean present,
        String uid,
        String version,
        Map<String, String> fields) {

    /** The kind of an image, whose fields are its digests by their source. */
    public static final String IMAGE = "Image";

    /** The kind of a right of an account, whose only field is the API server's answer. */
    public static final String RIGHT = "Right";

    /** The kinds in the order in which they are shown. If there are too many objects, the first ones are kept. */
    private static final List<String> ORDER = List.of(
            IMAGE,
            Resource.SECRETS.kind(),
            Resource.SERVICE_ACCOUNTS.kind(),
            RIGHT,
            Resource.ROLES.kind(),
            Resource.CLUSTER_ROLES.kind(),
            Resource.ROLE_BINDINGS.kind(),
            Resource.CLUSTER_ROLE_BINDINGS.kind(),
            Resource.RESOURCE_QUOTAS.kind(),
            Resource.LIMIT_RANGES.kind(),
            Resource.DEPLOYMENTS.kind());

    public RecordedObject {
        kind = Objects.requireNonNullElse(kind, "");
        namespace = Objects.requireNonNullElse(namespace, "");
        name = Objects.requireNonNullElse(name, "");
        uid = Objects.requireNonNullElse(uid, "");
        version = Objects.requireNonNullElse(version, "");
        fields = fields == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(fields));
    }

    /** Returns the record of an object that the cluster has. */
    static RecordedObject existing(
            String kind, String namespace, String name, String uid, String version, Map<String, String> fields) {
        boolean present = true;
        return new RecordedObject(kind, namespace, name, present, uid, version, fields);
    }

    /** Returns the record of an object that the cluster does not have. */
    static RecordedObject absent(String kind, String namespace, String name) {
        boolean present = false;
        return new RecordedObject(kind, namespace, name, present, "", "", Map.of());
    }

    /** Returns the position of a kind in records and lists of changes. */
    static int rank(String kind) {
        int rank = ORDER.indexOf(kind);
        return rank < 0 ? ORDER.size() : rank;
    }

    /** Returns the key, which is equal for the same object in another record. */
    String key() {
        return kind + " " + namespace + "/" + name;
    }

    /**
     * Returns the kind and namespace as in {@link RecordedState#complete}, which stand for all objects of the kind in
     * the namespace.
     */
    String scope() {
        return kind + " " + namespace;
    }

    /** Returns a new set of the values of a field that contains several, in their order. */
    Set<String> valuesOf(String field) {
        Set<String> values =
                new LinkedHashSet<>(List.of(fields.getOrDefault(field, "").split(" ")));
        values.remove("");
        return values;
    }

    /** Returns the field for several values, which contain no space: digests or names of objects. */
    static String joined(Collection<String> values) {
        return String.join(" ", values);
    }

    RecordedObject withFields(Map<String, String> others) {
        return new RecordedObject(kind, namespace, name, present, uid, version, others);
    }
}
