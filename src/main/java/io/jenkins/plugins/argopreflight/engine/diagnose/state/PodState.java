package io.jenkins.plugins.argopreflight.engine.diagnose.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The state of a pod of a workflow, without its spec.
 *
 * @param nodeId the id of the workflow's node; {@code ""} for the agent's and artifact GC's pods, and if Argo did not
 *     write it
 * @param nodeName the name of the workflow's node
 * @param host the node of the cluster on which it runs; {@code ""} for none
 * @param conditions the conditions whose status is not True, and DisruptionTarget with any status
 * @param containers the init containers, then main, wait, supervisor and sidecars: the order in which Argo looks for
 *     the reason of a failure
 * @param volumes whether the pod has the token of its ServiceAccount, as far as names of volumes show it, and the
 *     claims that it uses
 */
public record PodState(
        String name,
        String uid,
        String nodeId,
        String nodeName,
        String component,
        String account,
        List<String> pullSecrets,
        String host,
        String phase,
        String reason,
        String message,
        Optional<Instant> created,
        boolean deleting,
        List<Condition> conditions,
        List<ContainerState> containers,
        Volumes volumes) {

    private static final String ANNOTATION_PREFIX = "workflows.argoproj.io/";
    /** The end of the name of an agent's pod. Argo writes the FNV-1a hash of "agent" into the name. */
    private static final String AGENT_SUFFIX = "-1340600742-agent";

    /** A condition of a pod or a workflow. */
    public record Condition(String type, String status, String reason, String message, Optional<Instant> since) {
        static Condition of(JsonNode condition) {
            return new Condition(
                    Json.text(condition, "type"),
                    Json.text(condition, "status"),
                    Json.text(condition, "reason"),
                    Json.text(condition, "message"),
                    Times.of(condition.path("lastTransitionTime")));
        }
    }

    /**
     * The volumes of a pod: whether one has the name of a volume for ServiceAccount tokens, and the names of the
     * claims.
     */
    public record Volumes(boolean token, List<String> claims) {}

    static PodState of(ObjectNode pod) {
        JsonNode status = pod.path("status");
        Map<String, String> annotations = KubeObjects.annotations(pod);
        List<ContainerState> containers = new ArrayList<>();
        status.path("containerStatuses").forEach(each -> containers.add(ContainerState.of(each)));
        containers.sort((one, other) -> Integer.compare(rank(one), rank(other)));
        List<ContainerState> init = new ArrayList<>();
        Set<String> sidecars = new HashSet<>();
        pod.path("spec").path("initContainers").forEach(each -> {
            if (Json.text(each, "restartPolicy").equals("Always")) {
                sidecars.add(Json.text(each, "name"));
            }
        });
        status.path("initContainerStatuses")
                .forEach(each -> init.add(ContainerState.ofInit(each, sidecars.contains(Json.text(each, "name")))));
        containers.addAll(0, init);
        List<Condition> conditions = new ArrayList<>();
        for (JsonNode each : status.path("conditions")) {
            Condition condition = Condition.of(each);
            if (!condition.status().equals("True") || condition.type().equals("DisruptionTarget")) {
                conditions.add(condition);
            }
        }
        return new PodState(
                KubeObjects.name(pod),
                KubeObjects.uid(pod),
                annotations.getOrDefault(ANNOTATION_PREFIX + "node-id", ""),
                annotations.getOrDefault(ANNOTATION_PREFIX + "node-name", ""),
                KubeObjects.labels(pod).getOrDefault(ANNOTATION_PREFIX + "component", ""),
                Json.text(pod, "spec", "serviceAccountName"),
                KubeObjects.names(pod.path("spec").path("imagePullSecrets")),
                Json.text(pod, "spec", "nodeName"),
                Json.text(status, "phase"),
                Json.text(status, "reason"),
                Json.text(status, "message"),
                Times.of(pod.path("metadata").path("creationTimestamp")),
                !Json.text(pod, "metadata", "deletionTimestamp").isEmpty(),
                List.copyOf(conditions),
                List.copyOf(containers),
                volumes(pod.path("spec").path("volumes")));
    }

    private static int rank(ContainerState container) {
        int rank = ContainerState.ARGO_CONTAINERS.indexOf(container.name());
        return rank < 0 ? ContainerState.ARGO_CONTAINERS.size() : rank;
    }

    private static Volumes volumes(JsonNode volumes) {
        boolean token = false;
        List<String> claims = new ArrayList<>();
        for (JsonNode volume : volumes) {
            token |= Json.text(volume, "name").startsWith("kube-api-access")
                    || Json.text(volume, "name").endsWith("token");
            String claim = Json.text(volume, "persistentVolumeClaim", "claimName");
            if (!claim.isEmpty()) {
                claims.add(claim);
            }
        }
        return new Volumes(token, List.copyOf(claims));
    }

    public boolean isAgent() {
        return component.equals("agent") || name.endsWith(AGENT_SUFFIX);
    }

    public boolean isArtifactGc() {
        return component.equals("artifact-gc") || name.contains("-artgc-");
    }

    public boolean isEnded() {
        return phase.equals("Succeeded") || phase.equals("Failed");
    }

    /** Returns whether a deadline ended the pod. */
    public boolean isOverdue() {
        return reason.equals("DeadlineExceeded");
    }

    public Optional<ContainerState> container(String containerName) {
        return containers.stream()
                .filter(each -> each.name().equals(containerName))
                .findFirst();
    }

    public Optional<Condition> condition(String type) {
        return conditions.stream().filter(each -> each.type().equals(type)).findFirst();
    }
}
