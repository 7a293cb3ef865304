package io.jenkins.plugins.argopreflight.offline.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Identity;
import io.jenkins.plugins.argopreflight.engine.kubernetes.admission.AdmissionRefusal;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.PolicyRule;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.yaml.FrozenJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The answers to access reviews, as an API server gives them. */
public final class Reviews {

    private static final Set<String> GROUPS = Set.of("authorization.k8s.io", "authentication.k8s.io");

    private final Authority authority;

    public Reviews(Authority authority) {
        this.authority = authority;
    }

    /** The identity of the client, and the rights of all users. */
    public interface Authority {

        /** Returns the identity of the client. */
        Fact<Identity> self();

        /** Returns whether a user has a right. */
        boolean allows(Identity identity, Right right);

        /** Returns the rules that apply to a user in a namespace. */
        List<PolicyRule> rules(Identity identity, String namespace);

        /**
         * Returns the reason why a right that {@link #allows} denies could exist in a namespace ("" for all); empty if
         * the denial is certain.
         */
        Optional<String> uncertaintyReason(String namespace);

        /** Returns the reason why {@link #rules} does not list all rights in a namespace; empty if it does. */
        default Optional<String> omissionReason(String namespace) {
            return uncertaintyReason(namespace);
        }
    }

    /** Returns whether the objects of a resource are reviews, which are answered and not stored. */
    public static boolean isReview(Resource resource) {
        return GROUPS.contains(resource.group());
    }

    /**
     * Returns the review with its status, as an object that cannot be changed.
     *
     * @throws ClusterException as the API server would, or NOT_FOUND for an unknown review
     */
    public ObjectNode answer(ObjectNode request) {
        ObjectNode review = request.deepCopy();
        switch (Json.text(review, "kind")) {
            case "SelfSubjectAccessReview" -> own(review);
            case "SubjectAccessReview" -> decide(review, subject(review));
            case "LocalSubjectAccessReview" -> local(review);
            case "SelfSubjectRulesReview" -> rules(review);
            case "SelfSubjectReview" -> whoAmI(review);
            default ->
                throw ClusterException.refused(Kind.NOT_FOUND, AdmissionRefusal.of(AdmissionRefusal.NO_RESOURCE));
        }
        return FrozenJson.of(review);
    }

    private void own(ObjectNode review) {
        Fact<Identity> self = authority.self();
        self.ifKnown().ifPresent(identity -> decide(review, identity));
        self.ifUnknown()
                .ifPresent(unknown ->
                        review.putObject("status").put("allowed", false).put("evaluationError", unknown.reason()));
    }

    private void local(ObjectNode review) {
        if (!KubeObjects.namespace(review).equals(right(review).namespace())) {
            throw ApiErrors.badRequest("spec.resourceAttributes.namespace must match metadata.namespace of the review");
        }
        decide(review, subject(review));
    }

    private void decide(ObjectNode review, Identity identity) {
        Right right = right(review);
        boolean allowed = authority.allows(identity, right);
        ObjectNode status = review.putObject("status").put("allowed", allowed);
        if (!allowed) {
            authority.uncertaintyReason(right.namespace()).ifPresent(reason -> status.put("evaluationError", reason));
        }
    }

    private static Identity subject(ObjectNode review) {
        List<String> groups = new ArrayList<>();
        review.path("spec").path("groups").forEach(group -> groups.add(Json.text(group)));
        return new Identity(Json.text(review, "spec", "user"), groups);
    }

    private static Right right(ObjectNode review) {
        JsonNode attributes = review.path("spec").path("resourceAttributes");
        return new Right(
                Json.text(attributes, "verb"),
                Json.text(attributes, "group"),
                Json.text(attributes, "resource"),
                Json.text(attributes, "subresource"),
                Json.text(attributes, "namespace"),
                Json.text(attributes, "name"));
    }

    private void rules(ObjectNode review) {
        String namespace = Json.text(review, "spec", "namespace");
        if (namespace.isEmpty()) {
            throw ApiErrors.badRequest("no namespace on request");
        }
        ObjectNode status = review.putObject("status");
        ArrayNode resourceRules = status.putArray("resourceRules");
        authority
                .self()
                .ifKnown()
                .ifPresent(self -> authority.rules(self, namespace).forEach(rule -> resourceRules.add(rule.toJson())));
        status.putArray("nonResourceRules");
        Optional<String> doubt = authority
                .self()
                .fold(self -> authority.omissionReason(namespace), unknown -> Optional.of(unknown.reason()));
        status.put("incomplete", doubt.isPresent());
        doubt.ifPresent(reason -> status.put("evaluationError", reason));
    }

    private void whoAmI(ObjectNode review) {
        Identity self = authority.self().fold(Function.identity(), unknown -> {
            throw new ClusterException(Kind.NOT_CAPTURED, unknown.reason());
        });
        ObjectNode info = review.putObject("status").putObject("userInfo").put("username", self.user());
        self.groups().forEach(info.putArray("groups")::add);
    }
}
