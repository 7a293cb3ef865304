package io.jenkins.plugins.argopreflight.engine.diagnose.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.kube.Resource;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ControllerFlags;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Argo's controller, as far as it can be seen.
 *
 * @param deployment its Deployment; known to be absent, or Unknown
 * @param lease its leader's Lease; known to be absent, or Unknown
 */
public record ControllerState(Fact<Optional<Deployment>> deployment, Fact<Optional<Lease>> lease) {

    /** The usual name of its Deployment, and the beginning of that of its Lease. */
    static final String NAME = "workflow-controller";

    /** The Deployments of controllers in a namespace, or the one of the usual name where they cannot be listed. */
    public static Fact<List<ObjectNode>> deployments(FactReader reader, String namespace) {
        Fact<List<ObjectNode>> all = reader.list(Resource.DEPLOYMENTS, namespace, "")
                .map(found -> found.stream()
                        .filter(each -> ControllerFlags.of(each).isPresent())
                        .toList());
        if (all.ifKnown().isPresent()) {
            return all;
        }
        Fact<Optional<ObjectNode>> usual = reader.get(Resource.DEPLOYMENTS, namespace, NAME);
        // One of another name can be there.
        return usual.ifKnown().filter(Optional::isEmpty).isPresent()
                ? all
                : usual.map(found -> found.stream().toList());
    }

    /** The name of its ConfigMap. */
    public String settings() {
        return deployment
                .ifKnown()
                .flatMap(found -> found)
                .map(Deployment::settings)
                .orElse("workflow-controller-configmap");
    }

    /** The name of its Deployment; the usual one where that could not be read. */
    public String name() {
        return deployment
                .ifKnown()
                .flatMap(found -> found)
                .map(Deployment::name)
                .orElse(NAME);
    }

    /** Whether the one that runs holds the Lease; not where it elects no leader, and not where that could not be read. */
    public boolean elects() {
        return deployment
                .ifKnown()
                .filter(found -> found.map(Deployment::elects).orElse(true))
                .isPresent();
    }

    /**
     * @param elects whether a leader holds the Lease
     * @param unavailable why its pods do not run, as its condition says; ""
     * @see <a href="https://github.com/argoproj/argo-workflows/blob/v4.0.5/cmd/workflow-controller/main.go">main.go</a>
     */
    public record Deployment(
            String namespace,
            String name,
            String settings,
            boolean elects,
            int wanted,
            int available,
            String unavailable) {
        static Deployment of(JsonNode object) {
            String why = "";
            for (JsonNode condition : object.path("status").path("conditions")) {
                if (condition.path("type").asText("").equals("Available")
                        && condition.path("status").asText("").equals("False")) {
                    why = condition.path("message").asText("");
                }
            }
            return new Deployment(
                    object.path("metadata").path("namespace").asText(""),
                    object.path("metadata").path("name").asText(""),
                    ControllerFlags.configMap(object),
                    ControllerFlags.of(object)
                            .map(flags -> flags.environment().get("LEADER_ELECTION_DISABLE"))
                            .filter("true"::equals)
                            .isEmpty(),
                    object.path("spec").path("replicas").asInt(1),
                    object.path("status").path("availableReplicas").asInt(0),
                    why);
        }

        public boolean isDown() {
            return available == 0;
        }
    }

    /** @param holder which controller leads; "" when none does */
    public record Lease(String namespace, String name, String holder, Optional<Instant> renewed, int seconds) {
        static Lease of(JsonNode object) {
            JsonNode spec = object.path("spec");
            return new Lease(
                    object.path("metadata").path("namespace").asText(""),
                    object.path("metadata").path("name").asText(""),
                    spec.path("holderIdentity").asText(""),
                    Times.of(spec.path("renewTime")),
                    spec.path("leaseDurationSeconds").asInt(15));
        }

        /** Whether no one renewed it for long, four times what it lasts. */
        public boolean isStale(Instant now) {
            return holder.isEmpty()
                    || renewed.filter(time -> time.plusSeconds(4L * seconds).isBefore(now))
                            .isPresent();
        }
    }
}
