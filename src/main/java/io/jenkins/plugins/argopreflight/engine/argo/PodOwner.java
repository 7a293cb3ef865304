package io.jenkins.plugins.argopreflight.engine.argo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.FieldPath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The kinds of objects whose controllers create pods, and the paths of their pod templates.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/workloads/controllers/">Workloads</a>; the API references of the
 *     Kubeflow Training Operator, MPI Operator, KubeRay, JobSet, Volcano and Argo Rollouts
 */
public final class PodOwner {

    /** The knowledge about a kind: its objects have pods, have no pods, or it is an unknown kind. */
    public enum Knowledge {
        PODS,
        NO_PODS,
        UNKNOWN
    }

    /**
     * The pods of one pod template in an object.
     *
     * @param path path in the object of the template, which has metadata and spec; "" for a Pod
     * @param name name of the group, "" if the pods only have the object's name
     * @param count number of its pods that run at the same time
     */
    record Group(String path, String name, long count) {

        /** Returns the path of the pods' spec in the object. */
        String specPath() {
            return FieldPath.field(path, "spec");
        }

        /** Returns the name of the pods, with a star for the part that the controller adds. */
        String podName(String object) {
            return object + (name.isEmpty() ? "" : "-" + name) + (path.isEmpty() ? "" : "-*");
        }
    }

    private static final String TEMPLATE = "spec.template";

    /** Paths of the pod templates by group and kind. A star matches each element of a list or each value of a map. */
    private static final Map<String, List<String>> PATHS = Map.ofEntries(
            Map.entry("/Pod", List.of("")),
            Map.entry("/ReplicationController", List.of(TEMPLATE)),
            Map.entry("apps/Deployment", List.of(TEMPLATE)),
            Map.entry("apps/StatefulSet", List.of(TEMPLATE)),
            Map.entry("apps/DaemonSet", List.of(TEMPLATE)),
            Map.entry("apps/ReplicaSet", List.of(TEMPLATE)),
            Map.entry("batch/Job", List.of(TEMPLATE)),
            Map.entry("batch/CronJob", List.of("spec.jobTemplate.spec.template")),
            Map.entry("argoproj.io/Rollout", List.of(TEMPLATE)),
            Map.entry("kubeflow.org/MPIJob", List.of("spec.mpiReplicaSpecs.*.template")),
            Map.entry("kubeflow.org/PyTorchJob", List.of("spec.pytorchReplicaSpecs.*.template")),
            Map.entry("kubeflow.org/TFJob", List.of("spec.tfReplicaSpecs.*.template")),
            Map.entry("kubeflow.org/XGBoostJob", List.of("spec.xgbReplicaSpecs.*.template")),
            Map.entry("kubeflow.org/PaddleJob", List.of("spec.paddleReplicaSpecs.*.template")),
            Map.entry("kubeflow.org/JAXJob", List.of("spec.jaxReplicaSpecs.*.template")),
            Map.entry("jobset.x-k8s.io/JobSet", List.of("spec.replicatedJobs.*.template.spec.template")),
            Map.entry("batch.volcano.sh/Job", List.of("spec.tasks.*.template")),
            Map.entry("ray.io/RayCluster", ray("spec")),
            Map.entry("ray.io/RayJob", ray("spec.rayClusterSpec", "spec.submitterPodTemplate")),
            Map.entry("ray.io/RayService", ray("spec.rayClusterConfig")));

    private PodOwner() {}

    private static List<String> ray(String cluster, String... more) {
        List<String> paths = new ArrayList<>(List.of(
                FieldPath.field(cluster + ".headGroupSpec", "template"),
                FieldPath.field(cluster + ".workerGroupSpecs.*", "template")));
        paths.addAll(List.of(more));
        return paths;
    }

    /** Returns whether objects of this kind create pods. Kinds of Kubernetes that are not in the list create none. */
    public static Knowledge of(Document document) {
        if (PATHS.containsKey(key(document)) || SparkPods.handles(document)) {
            return Knowledge.PODS;
        }
        String group = document.group();
        boolean isKubernetes = !group.contains(".") || group.endsWith(".k8s.io") && !group.endsWith(".x-k8s.io");
        return isKubernetes ? Knowledge.NO_PODS : Knowledge.UNKNOWN;
    }

    /** Returns the path of the spec in the first pod template; empty for objects without pods. */
    public static Optional<String> specPath(Document document) {
        return groups(document).stream().findFirst().map(Group::specPath);
    }

    /** Returns the groups of the object with at least one pod. */
    static List<Group> groups(Document document) {
        List<Group> groups = new ArrayList<>();
        for (String pattern : PATHS.getOrDefault(key(document), List.of())) {
            expand(document.root(), pattern).forEach((path, name) -> {
                JsonNode spec = FieldPath.at(document.root(), FieldPath.field(path, "spec"));
                long count = path.isEmpty() ? 1 : count(document.root(), path);
                if (spec instanceof ObjectNode && count > 0) {
                    groups.add(new Group(path, name, count));
                }
            });
        }
        return groups;
    }

    /** Returns the paths that match a pattern, each with the name of its group of pods. */
    private static Map<String, String> expand(JsonNode root, String pattern) {
        int star = pattern.indexOf(".*");
        Map<String, String> paths = new LinkedHashMap<>();
        if (star < 0) {
            paths.put(pattern, "");
            return paths;
        }
        String parent = pattern.substring(0, star);
        String remainder = pattern.substring(star + 2);
        JsonNode groups = FieldPath.at(root, parent);
        for (int i = 0; groups.isArray() && i < groups.size(); i++) {
            JsonNode group = groups.get(i);
            paths.put(
                    FieldPath.element(parent, i) + remainder,
                    group.path("groupName").asText(Json.text(group, "name")));
        }
        groups.properties()
                .forEach(group -> paths.put(
                        FieldPath.field(parent, group.getKey()) + remainder,
                        group.getKey().toLowerCase(Locale.ROOT)));
        return paths;
    }

    /** Returns the replicas or parallelism of the object that contains the template, or 1. */
    private static long count(JsonNode root, String path) {
        JsonNode holder = FieldPath.at(root, path.substring(0, path.lastIndexOf('.')));
        JsonNode replicas = holder.path("replicas");
        JsonNode parallelism = holder.path("parallelism");
        JsonNode count = replicas.canConvertToLong() && replicas.isNumber() ? replicas : parallelism;
        return count.isNumber() ? count.asLong() : 1;
    }

    private static String key(Document document) {
        return document.group() + "/" + document.kind();
    }
}
