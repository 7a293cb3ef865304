package io.jenkins.plugins.argopreflight.engine.diagnose.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.ControllerFlags;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The state of Argo's controller, as far as it could be read.
 *
 * @param deployment the Deployment; known to be absent, or Unknown
 * @param lease the Lease of its leader; known to be absent, or Unknown
 */
public record ControllerState(Fact<Optional<Deployment>> deployment, Fact<Optional<Lease>> lease) {

    /** The usual name of the controller's Deployment, and the beginning of the name of its Lease. */
    static final String USUAL_NAME = "workflow-controller";

    private static final int DEFAULT_LEASE_SECONDS = 15;

    /**
     * Returns the Deployments of controllers in a namespace; only the one with the usual name if they cannot be listed.
     */
    public static Fact<List<ObjectNode>> deployments(FactReader reader, String namespace) {
        Fact<List<ObjectNode>> all = reader.list(Resource.DEPLOYMENTS, namespace, "")
                .map(found -> found.stream()
                        .filter(each -> ControllerFlags.of(each).isPresent())
                        .toList());
        if (all.ifKnown().isPresent()) {
            return all;
        }
        Fact<Optional<ObjectNode>> usual = reader.get(Resource.DEPLOYMENTS, namespace, USUAL_NAME);
        // A Deployment with another name can exist.
        return usual.ifKnown().filter(Optional::isEmpty).isPresent()
                ? all
                : usual.map(found -> found.stream().toList());
    }

    /** Returns the name of the controller's ConfigMap; the default name if the Deployment could not be read. */
    public String settings() {
        return deployment
                .ifKnown()
                .flatMap(found -> found)
                .map(Deployment::settings)
                .orElse("workflow-controller-configmap");
    }

    /** Returns the name of the Deployment; the usual name if it could not be read. */
    public String name() {
        return deployment
                .ifKnown()
                .flatMap(found -> found)
                .map(Deployment::name)
                .orElse(USUAL_NAME);
    }

    /**
     * Returns whether the controller elects a leader, which holds the Lease. True without a Deployment, false if the
     * Deployment could not be read.
     */
    public boolean electsLeader() {
        return deployment
                .ifKnown()
                .filter(found -> found.map(Deployment::electsLeader).orElse(true))
                .isPresent();
    }

    /**
     * The Deployment of a controller.
     *
     * @param electsLeader whether the controller elects a leader, which holds the Lease
     * @param unavailable the reason why its pods do not run, from its condition; {@code ""} for none
     * @see <a href="https://github.com/argoproj/argo-workflows/blob/v4.0.5/cmd/workflow-controller/main.go">main.go</a>
     */
    public record Deployment(
            String namespace,
            String name,
            String settings,
            boolean electsLeader,
            int desired,
            int available,
            String unavailable) {
        static Deployment of(JsonNode object) {
            String unavailable = "";
            for (JsonNode condition : object.path("status").path("conditions")) {
                if (Json.text(condition, "type").equals("Available")
                        && Json.text(condition, "status").equals("False")) {
                    unavailable = Json.text(condition, "message");
                }
            }
            return new Deployment(
                    Json.text(object, "metadata", "namespace"),
                    Json.text(object, "metadata", "name"),
                    ControllerFlags.configMap(object),
                    ControllerFlags.of(object)
                            .map(flags -> flags.environment().get("LEADER_ELECTION_DISABLE"))
                            .filter("true"::equals)
                            .isEmpty(),
                    object.path("spec").path("replicas").asInt(1),
                    object.path("status").path("availableReplicas").asInt(0),
                    unavailable);
        }

        public boolean isDown() {
            return available == 0;
        }
    }

    /**
     * The Lease of a controller's leader.
     *
     * @param holder the leading controller; {@code ""} for none
     */
    public record Lease(String namespace, String name, String holder, Optional<Instant> renewed, int seconds) {
        static Lease of(JsonNode object) {
            JsonNode spec = object.path("spec");
            return new Lease(
                    Json.text(object, "metadata", "namespace"),
                    Json.text(object, "metadata", "name"),
                    Json.text(spec, "holderIdentity"),
                    Times.of(spec.path("renewTime")),
                    spec.path("leaseDurationSeconds").asInt(DEFAULT_LEASE_SECONDS));
        }

        /** Returns whether the Lease has no holder, or was not renewed for four times its duration. */
        public boolean isStale(Instant now) {
            return holder.isEmpty()
                    || renewed.filter(time -> time.plusSeconds(4L * seconds).isBefore(now))
                            .isPresent();
        }
    }
}
