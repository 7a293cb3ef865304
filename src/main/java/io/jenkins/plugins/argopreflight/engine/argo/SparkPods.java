package io.jenkins.plugins.argopreflight.engine.argo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.FieldSource;
import io.jenkins.plugins.argopreflight.engine.argo.pod.PodDraft;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.FieldPath;
import java.util.List;
import java.util.Set;

/**
 * The driver and the executors of a SparkApplication, which has no pod templates.
 *
 * @see <a href="https://github.com/kubeflow/spark-operator/blob/master/docs/api-docs.md">SparkApplication's API</a>
 */
final class SparkPods {

    private static final Set<String> KINDS = Set.of("SparkApplication", "ScheduledSparkApplication");
    private static final List<String> POD_FIELDS =
            List.of("nodeSelector", "affinity", "tolerations", "hostNetwork", "initContainers", "priorityClassName");
    private static final List<String> CONTAINER_FIELDS = List.of("env", "envFrom", "volumeMounts", "securityContext");

    /** A role of pods: driver or executor. */
    record Role(String name, String container, long count) {

        PodOwner.Group group() {
            return new PodOwner.Group("spec." + name, name, count);
        }
    }

    private SparkPods() {}

    static boolean handles(Document document) {
        return document.apiVersion().startsWith("sparkoperator.k8s.io/") && KINDS.contains(document.kind());
    }

    static List<Role> roles(Document document) {
        long executors = spec(document).path("executor").path("instances").asLong(1);
        Role driver = new Role("driver", "spark-kubernetes-driver", 1);
        return executors > 0
                ? List.of(driver, new Role("executor", "spark-kubernetes-executor", executors))
                : List.of(driver);
    }

    private static String path(Document document) {
        return document.kind().startsWith("Scheduled") ? "spec.template" : "spec";
    }

    private static JsonNode spec(Document document) {
        return FieldPath.at(document.root(), path(document));
    }

    /** Copies to the pod the fields of the application that the operator uses. */
    static void lay(Document document, Role role, PodDraft draft) {
        JsonNode spec = spec(document);
        JsonNode roleFields = spec.path(role.name());
        String path = path(document);
        String rolePath = FieldPath.field(path, role.name());
        ObjectNode container =
                Json.listOf(draft.spec(), "containers").addObject().put("name", role.container());
        String containerPath = "spec.containers[" + role.container() + "].";
        boolean hasImage = Json.has(roleFields, "image");
        copy(
                draft,
                container,
                containerPath,
                document,
                hasImage ? roleFields : spec,
                hasImage ? rolePath : path,
                "image");
        copy(draft, container, containerPath, document, spec, path, "imagePullPolicy");
        CONTAINER_FIELDS.forEach(field -> copy(draft, container, containerPath, document, roleFields, rolePath, field));
        copy(draft, draft.spec(), "spec.", document, spec, path, "volumes");
        copy(draft, draft.spec(), "spec.", document, spec, path, "nodeSelector");
        POD_FIELDS.forEach(field -> copy(draft, draft.spec(), "spec.", document, roleFields, rolePath, field));
        copy(draft, draft.spec(), "spec.", document, roleFields, rolePath, "serviceAccount");
        secrets(draft, document, spec, path);
        roleFields
                .path("sidecars")
                .forEach(each -> Json.listOf(draft.spec(), "containers").add(each.deepCopy()));
    }

    /** Copies a field to the field of the pod with the same meaning. */
    private static void copy(
            PodDraft draft, ObjectNode to, String toPath, Document document, JsonNode from, String path, String field) {
        if (Json.has(from, field)) {
            String name = field.equals("serviceAccount") ? "serviceAccountName" : field;
            to.set(name, from.get(field).deepCopy());
            draft.provenance()
                    .record(toPath + name, FieldSource.POD, document, FieldPath.field(path, field), from.get(field));
        }
    }

    /** Copies the names of pull Secrets. The application has a list of names, the pod a list of references. */
    private static void secrets(PodDraft draft, Document document, JsonNode spec, String path) {
        JsonNode names = spec.path("imagePullSecrets");
        for (int i = 0; i < names.size(); i++) {
            String name = Json.text(names.get(i));
            Json.listOf(draft.spec(), "imagePullSecrets").addObject().put("name", name);
            draft.provenance()
                    .record(
                            "spec.imagePullSecrets[" + name + "]",
                            FieldSource.POD,
                            document,
                            FieldPath.element(FieldPath.field(path, "imagePullSecrets"), i),
                            names.get(i));
        }
    }
}
