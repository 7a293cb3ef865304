package io.jenkins.plugins.argopreflight.engine.kubernetes.rbac;

import static io.jenkins.plugins.argopreflight.engine.model.object.Resource.SELF_SUBJECT_ACCESS_REVIEWS;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway.WriteMode;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;

/**
 * A request for one right with a SelfSubjectAccessReview, as {@code kubectl auth can-i} makes it.
 *
 * @see <a href="https://kubernetes.io/docs/reference/access-authn-authz/authorization/#checking-api-access">Checking
 *     API access</a>
 */
public final class AccessReview {

    private final ClusterGateway cluster;

    public AccessReview(ClusterGateway cluster) {
        this.cluster = cluster;
    }

    /** Returns whether our login has a right. */
    public Fact<Boolean> ask(Right right) {
        ObjectNode review = KubeObjects.of(SELF_SUBJECT_ACCESS_REVIEWS, "", "");
        review.putObject("spec").set("resourceAttributes", attributes(right));
        try {
            return readAnswer(
                    "this identity can " + right, cluster.create(SELF_SUBJECT_ACCESS_REVIEWS, review, WriteMode.REAL));
        } catch (ClusterException e) {
            if (e.kind() == Kind.INTERRUPTED) {
                throw e;
            }
            return e.kind() == Kind.FORBIDDEN
                    ? Fact.missing(Right.of("create", "authorization.k8s.io", "selfsubjectaccessreviews", ""))
                    : Fact.unknown("cannot ask whether this identity can " + right + ": " + e.getMessage());
        }
    }

    static ObjectNode attributes(Right right) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("verb", right.verb())
                .put("group", right.group())
                .put("resource", right.resource())
                .put("subresource", right.subresource())
                .put("namespace", right.namespace())
                .put("name", right.name());
    }

    /**
     * Reads the answer to any access review.
     *
     * @param what the statement of the review, for a message: {@code USER can VERB RESOURCE}
     */
    static Fact<Boolean> readAnswer(String what, ObjectNode answer) {
        boolean allowed = answer.path("status").path("allowed").asBoolean();
        boolean denied = answer.path("status").path("denied").asBoolean();
        String error = Json.text(answer, "status", "evaluationError");
        // If no authorizer allowed the right and one of them failed, that one could have allowed it.
        return allowed || denied || error.isEmpty()
                ? Fact.known(allowed)
                : Fact.unknown("the server could not check whether " + what + ": " + error);
    }
}
