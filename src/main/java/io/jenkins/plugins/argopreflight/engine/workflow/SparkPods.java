package io.jenkins.plugins.argopreflight.engine.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.manifest.FieldPath;
import io.jenkins.plugins.argopreflight.engine.workflow.model.FieldSource;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Json;
import io.jenkins.plugins.argopreflight.engine.workflow.pod.PodDraft;
import java.util.List;
import java.util.Set;

/**
 * The driver and the executors of a SparkApplication, whose fields are no pod template.
 *
 * @see <a href="https://github.com/kubeflow/spark-operator/blob/master/docs/api-docs.md">SparkApplication's API</a>
 */
final class SparkPods {

    private static final Set<String> KINDS = Set.of("SparkApplication", "ScheduledSparkApplication");
    private static final List<String> OF_POD =
            List.of("nodeSelector", "affinity", "tolerations", "hostNetwork", "initContainers", "priorityClassName");
    private static final List<String> OF_CONTAINER = List.of("env", "envFrom", "volumeMounts", "securityContext");

    /** The fields of one role, driver or executor. */
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

    /** Lays what the operator takes of the application over the pod. */
    static void lay(Document document, Role role, PodDraft draft) {
        JsonNode spec = spec(document);
        JsonNode own = spec.path(role.name());
        String path = path(document);
        String rolePath = FieldPath.field(path, role.name());
        ObjectNode container =
                Json.listOf(draft.spec(), "containers").addObject().put("name", role.container());
        String containerPath = "spec.containers[" + role.container() + "].";
        boolean hasImage = Json.has(own, "image");
        copy(draft, container, containerPath, document, hasImage ? own : spec, hasImage ? rolePath : path, "image");
        copy(draft, container, containerPath, document, spec, path, "imagePullPolicy");
        OF_CONTAINER.forEach(field -> copy(draft, container, containerPath, document, own, rolePath, field));
        copy(draft, draft.spec(), "spec.", document, spec, path, "volumes");
        copy(draft, draft.spec(), "spec.", document, spec, path, "nodeSelector");
        OF_POD.forEach(field -> copy(draft, draft.spec(), "spec.", document, own, rolePath, field));
        copy(draft, draft.spec(), "spec.", document, own, rolePath, "serviceAccount");
        secrets(draft, document, spec, path);
        own.path("sidecars")
                .forEach(each -> Json.listOf(draft.spec(), "containers").add(each.deepCopy()));
    }

    /** A field that the pod has, too. */
    private static void copy(
            PodDraft draft, ObjectNode to, String toPath, Document document, JsonNode from, String path, String field) {
        if (Json.has(from, field)) {
            String name = field.equals("serviceAccount") ? "serviceAccountName" : field;
            to.set(name, from.get(field).deepCopy());
            draft.provenance()
                    .lay(toPath + name, FieldSource.POD, document, FieldPath.field(path, field), from.get(field));
        }
    }

    /** Names, where a pod has references. */
    private static void secrets(PodDraft draft, Document document, JsonNode spec, String path) {
        JsonNode names = spec.path("imagePullSecrets");
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i).asText("");
            Json.listOf(draft.spec(), "imagePullSecrets").addObject().put("name", name);
            draft.provenance()
                    .lay(
                            "spec.imagePullSecrets[" + name + "]",
                            FieldSource.POD,
                            document,
                            FieldPath.element(FieldPath.field(path, "imagePullSecrets"), i),
                            names.get(i));
        }
    }
}
