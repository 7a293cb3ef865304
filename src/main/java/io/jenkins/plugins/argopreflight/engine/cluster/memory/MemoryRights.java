package io.jenkins.plugins.argopreflight.engine.cluster.memory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.cluster.Objects;
import io.jenkins.plugins.argopreflight.engine.cluster.PolicyRule;
import io.jenkins.plugins.argopreflight.engine.fact.Right;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Who asks and what they may do: the answers of access reviews and the refusals come from the same rules. */
final class MemoryRights {

    private final String user;
    private final List<String> groups;
    private final Function<String, List<PolicyRule>> rules;
    private final List<Right> denied = new ArrayList<>();

    /** @param rules those that hold in a namespace; "" for those that hold in all */
    MemoryRights(String user, List<String> groups, Function<String, List<PolicyRule>> rules) {
        this.user = user;
        this.groups = List.copyOf(groups);
        this.rules = rules;
    }

    /** Takes a right away; "" or {@code *} in any of its fields stands for all. */
    void deny(Right right) {
        denied.add(right);
    }

    void check(Right right) {
        if (!may(right)) {
            throw Answers.forbidden(user, right);
        }
    }

    private boolean may(Right right) {
        return denied.stream().noneMatch(no -> covers(no, right))
                && rules.apply(right.namespace()).stream().anyMatch(rule -> rule.allows(right));
    }

    private static boolean covers(Right no, Right right) {
        return covers(no.verb(), right.verb())
                && no.group().equals(right.group())
                && covers(no.resource(), right.resource())
                && no.subresource().equals(right.subresource())
                && (right.namespace().isEmpty() || covers(no.namespace(), right.namespace()))
                && (right.name().isEmpty() || covers(no.name(), right.name()));
    }

    private static boolean covers(String no, String value) {
        return no.isEmpty() || no.equals("*") || no.equals(value);
    }

    /** Fills in the status of a review; true if it was one. */
    boolean answer(ObjectNode review) {
        switch (Objects.text(review, "kind")) {
            case "SelfSubjectAccessReview" -> access(review);
            case "SelfSubjectRulesReview" -> rulesReview(review);
            case "SelfSubjectReview" -> whoAmI(review);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void access(ObjectNode review) {
        JsonNode asked = review.path("spec").path("resourceAttributes");
        Right right = new Right(
                Objects.text(asked, "verb"),
                Objects.text(asked, "group"),
                Objects.text(asked, "resource"),
                Objects.text(asked, "subresource"),
                Objects.text(asked, "namespace"),
                Objects.text(asked, "name"));
        review.putObject("status").put("allowed", may(right));
    }

    private void rulesReview(ObjectNode review) {
        String namespace = Objects.text(review, "spec", "namespace");
        if (namespace.isEmpty()) {
            throw Answers.badRequest("no namespace on request");
        }
        ObjectNode status = review.putObject("status");
        ArrayNode resourceRules = status.putArray("resourceRules");
        rules.apply(namespace).forEach(rule -> resourceRules.add(rule.toJson()));
        status.putArray("nonResourceRules");
        status.put("incomplete", !denied.isEmpty());
        if (!denied.isEmpty()) {
            status.put("evaluationError", "denied rights cannot be listed as rules");
        }
    }

    private void whoAmI(ObjectNode review) {
        ObjectNode info = review.putObject("status").putObject("userInfo").put("username", user);
        groups.forEach(info.putArray("groups")::add);
    }
}
