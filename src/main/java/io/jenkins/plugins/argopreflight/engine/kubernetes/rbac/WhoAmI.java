package io.jenkins.plugins.argopreflight.engine.kubernetes.rbac;

import static io.jenkins.plugins.argopreflight.engine.model.object.Resource.SELF_SUBJECT_REVIEWS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway.WriteMode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Identity;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * The identity of our login, requested from the API server as {@code kubectl auth whoami} does. Servers before 1.28
 * cannot determine it.
 */
public final class WhoAmI {

    private WhoAmI() {}

    /**
     * Returns the identity of our login.
     *
     * @throws ClusterException only when interrupted
     */
    public static Fact<Identity> ask(ClusterGateway cluster) {
        try {
            ObjectNode review = KubeObjects.of(SELF_SUBJECT_REVIEWS, "", "");
            JsonNode info = cluster.create(SELF_SUBJECT_REVIEWS, review, WriteMode.REAL)
                    .path("status")
                    .path("userInfo");
            List<String> groups = new ArrayList<>();
            info.path("groups").forEach(group -> groups.add(Json.text(group)));
            return Fact.known(new Identity(Json.text(info, "username"), groups));
        } catch (ClusterException e) {
            if (e.kind() == Kind.INTERRUPTED) {
                throw e;
            }
            return switch (e.kind()) {
                case FORBIDDEN -> Fact.missing(Right.of("create", "authentication.k8s.io", "selfsubjectreviews", ""));
                case NOT_FOUND -> Fact.unknown("this server has no SelfSubjectReview (Kubernetes before 1.28)");
                default -> Fact.unknown(e.getMessage());
            };
        }
    }
}
