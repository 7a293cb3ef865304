package io.jenkins.plugins.argopreflight.engine.change;

import io.jenkins.plugins.argopreflight.engine.kube.Resource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What a run read of one object, as much as is needed to notice a change; never the content of a Secret.
 *
 * @param kind such as Secret; {@link #IMAGE} and {@link #RIGHT} are no objects of the cluster
 * @param namespace "" for none
 * @param present false where the cluster answered that there is none
 * @param uid of an object that is deleted and created again another one; "" where it does not count
 * @param version the resourceVersion; of a template its generation, of a ServiceAccount a sum of its content; "" where
 *     its fields say all
 * @param fields what matters of it, by name
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

    /** What is shown first, and what is kept where there are too many. */
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

    static RecordedObject absent(String kind, String namespace, String name) {
        return new RecordedObject(kind, namespace, name, false, "", "", Map.of());
    }

    /** The place of a kind in records and lists of changes. */
    static int rank(String kind) {
        int rank = ORDER.indexOf(kind);
        return rank < 0 ? ORDER.size() : rank;
    }

    /** The same object in another record has the same. */
    String key() {
        return kind + " " + namespace + "/" + name;
    }

    /** All objects of its kind in its namespace, as {@link RecordedState#complete} has it. */
    String scope() {
        return kind + " " + namespace;
    }

    RecordedObject with(Map<String, String> others) {
        return new RecordedObject(kind, namespace, name, present, uid, version, others);
    }
}
