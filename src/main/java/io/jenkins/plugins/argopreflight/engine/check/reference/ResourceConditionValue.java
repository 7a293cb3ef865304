package io.jenkins.plugins.argopreflight.engine.check.reference;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.place.Places;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.collect.workflow.PodTemplate;
import io.jenkins.plugins.argopreflight.engine.collect.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.fact.CauseKind;
import io.jenkins.plugins.argopreflight.engine.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.kube.LabelSelector;
import io.jenkins.plugins.argopreflight.engine.kube.LabelSelector.Requirement;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Existence.Ending;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A resource template's condition that cannot be parsed, that can never be true, or that takes a healthy object for a failed
 * one. Sources: argo-workflows workflow/executor/resource.go (WaitResource, matchConditions: one failure condition suffices
 * and is asked first, success needs all); the status types of k8s.io/api, in which a number 0 is left out.
 */
final class ResourceConditionValue {

    private enum Cause implements CauseKind {
        CONDITION_VALUE
    }

    private static final String SUCCESS = "successCondition";
    private static final String FAILURE = "failureCondition";

    /** The phases of a kind, in the order of a healthy object's life; those after the bar are of one that is not. */
    private static final Map<String, String> PHASES = Map.of(
            "v1 Pod", "Pending,Running,Succeeded|Failed,Unknown",
            "v1 PersistentVolumeClaim", "Pending,Bound|Lost",
            "argoproj.io/v1alpha1 Workflow", "Pending,Running,Succeeded|Failed,Error");

    /** Numbers that the status does not show while they are 0. */
    private static final Map<String, Set<String>> COUNTS = Map.of(
            "batch/v1 Job", Set.of("active", "succeeded", "failed"),
            "apps/v1 Deployment",
                    Set.of("replicas", "updatedReplicas", "readyReplicas", "availableReplicas", "unavailableReplicas"),
            "apps/v1 StatefulSet", Set.of("readyReplicas", "currentReplicas", "updatedReplicas"));

    /** A template's condition on an object. */
    private record Condition(WorkflowFacts workflow, ArgoPod pod, String field, String text) {

        Finding finding(boolean sure, String why, String title) {
            Subject place = Places.workflow(workflow, "").at(pod.templateLocation());
            return (sure
                            ? Finding.fail(ResourceCondition.INFO, place, why)
                            : Finding.warn(ResourceCondition.INFO, place, why))
                    .cause(Cause.CONDITION_VALUE)
                    .ending(Ending.FAILED)
                    .title("%s", title)
                    .evidence(EvidenceLine.field("resource." + field, text))
                    .fix(AskPerson.reader("correct " + field + " in " + Places.template(pod)))
                    .on(pod);
        }

        Finding never(String why) {
            return finding(
                    true,
                    "The " + field + " of " + Places.template(pod) + " is never true: " + why
                            + ". The template waits until a deadline ends it, whatever becomes of the object.",
                    "A " + field + " is never true: " + text);
        }

        Finding healthy(Seen seen) {
            return finding(
                    seen.sure(),
                    "The " + field + " of " + Places.template(pod) + " is true although nothing has failed: "
                            + seen.why() + ". "
                            + (seen.sure()
                                    ? "Argo ends the node in Failed."
                                    : "If Argo looks then, which it does every 5 s, it ends the node in Failed."),
                    "A " + field + " is true of a healthy object: " + text);
        }
    }

    /** What a failure condition takes for a failure. @param sure whether Argo is certain to see it */
    private record Seen(boolean sure, String why) {}

    private ResourceConditionValue() {}

    /** Adds what is wrong with the conditions of the template. */
    static void check(Facts facts, WorkflowFacts workflow, ArgoPod pod, List<Finding> findings) {
        JsonNode resource = PodTemplate.resource(pod);
        Condition success = new Condition(workflow, pod, SUCCESS, text(resource, SUCCESS));
        Condition failure = new Condition(workflow, pod, FAILURE, text(resource, FAILURE));
        boolean none = success.text().isBlank() && failure.text().isBlank();
        if (none || resource.path("action").asText("").equals("delete")) {
            return;
        }
        Optional<LabelSelector> wanted = parsed(success, findings);
        Optional<LabelSelector> refused = parsed(failure, findings);
        if (wanted.isEmpty() || refused.isEmpty()) {
            return;
        }
        List<Requirement> successes = wanted.get().requirements();
        List<Requirement> failures = refused.get().requirements();
        List<Document> objects = facts.created().by(pod);
        Optional<Document> object = objects.size() == 1 ? Optional.of(objects.get(0)) : Optional.empty();
        contradiction(successes)
                .or(() -> object.flatMap(made -> first(successes, each -> never(made, each))))
                .map(success::never)
                .ifPresent(findings::add);
        first(failures, each -> ofSuccess(successes, each))
                .or(() -> object.flatMap(made -> first(failures, each -> ofHealthy(made, each))))
                .map(failure::healthy)
                .ifPresent(findings::add);
    }

    private static <T> Optional<T> first(List<Requirement> all, Function<Requirement, Optional<T>> problem) {
        return all.stream().flatMap(each -> problem.apply(each).stream()).findFirst();
    }

    private static Optional<Seen> ofSuccess(List<Requirement> successes, Requirement failure) {
        return successes.stream().anyMatch(each -> implies(each, failure))
                ? Optional.of(new Seen(true, "it is true of every object that meets the successCondition too"))
                : Optional.empty();
    }

    /** One with a variable says nothing yet. */
    private static String text(JsonNode resource, String field) {
        String text = resource.path(field).asText("");
        return text.contains("{{") ? "" : text;
    }

    private static Optional<LabelSelector> parsed(Condition condition, List<Finding> findings) {
        LabelSelector selector = LabelSelector.parse(condition.text());
        if (selector.error().isEmpty()) {
            return Optional.of(selector);
        }
        findings.add(condition.finding(
                true,
                "Argo reads the " + condition.field() + " of " + Places.template(condition.pod())
                        + " as a label selector, and it is none: "
                        + selector.error().get()
                        + ". The object is created, and the node ends in Failed.",
                "A " + condition.field() + " is no selector: " + condition.text()));
        return Optional.empty();
    }

    private static Optional<String> contradiction(List<Requirement> all) {
        for (Requirement one : all) {
            for (Requirement other : all) {
                boolean same = one.key().equals(other.key()) && one.operator().equals("in");
                if (same && one.values().stream().noneMatch(other::allows) && isOfValue(other)) {
                    return Optional.of(one.key() + " cannot have two values at once");
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isOfValue(Requirement requirement) {
        return !requirement.operator().equals("!");
    }

    /** Whether what meets the one surely meets the other. */
    private static boolean implies(Requirement one, Requirement other) {
        boolean all = one.operator().equals("in") && one.values().stream().allMatch(other::allows);
        return one.key().equals(other.key()) && (one.equals(other) || all);
    }

    private static String kind(Document object) {
        return object.apiVersion() + " " + object.kind();
    }

    private static String field(Requirement requirement) {
        return requirement.key().startsWith("status.") ? requirement.key().substring("status.".length()) : "";
    }

    private static Optional<String> never(Document object, Requirement requirement) {
        String field = field(requirement);
        String phases = PHASES.getOrDefault(kind(object), "");
        boolean values = requirement.operator().equals("in");
        if (field.equals("phase") && !phases.isEmpty() && values) {
            List<String> all = List.of(phases.split("[,|]"));
            return requirement.values().stream().anyMatch(all::contains)
                    ? Optional.empty()
                    : Optional.of("the phases of a " + object.kind() + " are " + String.join(", ", all));
        }
        if (!COUNTS.getOrDefault(kind(object), Set.of()).contains(field)) {
            return Optional.empty();
        }
        boolean onlyZero = values ? requirement.values().equals(List.of("0")) : isBelowOne(requirement);
        if (onlyZero) {
            return Optional.of("the status of a " + object.kind() + " leaves " + field + " out while it is 0");
        }
        Optional<Long> most = most(object);
        boolean reachable = most.isEmpty() || canReach(requirement, most.get());
        return reachable
                ? Optional.empty()
                : Optional.of("the manifest makes " + field + " " + most.get() + " at most");
    }

    private static boolean isBelowOne(Requirement requirement) {
        return requirement.operator().equals("<") && !requirement.allows("1");
    }

    private static boolean canReach(Requirement requirement, long most) {
        return switch (requirement.operator()) {
            case ">" -> requirement.allows(String.valueOf(most));
            case "in" ->
                requirement.values().stream()
                        .anyMatch(value -> !value.matches("\\d{1,9}") || Long.parseLong(value) <= most);
            default -> true;
        };
    }

    /** How many pods succeed, or run; empty where the manifest does not say it. */
    private static Optional<Long> most(Document object) {
        JsonNode spec = object.root().path("spec");
        if (object.kind().equals("Job")) {
            boolean queue = spec.has("parallelism") && !spec.has("completions");
            return queue ? Optional.empty() : number(spec.path("completions"));
        }
        return object.kind().equals("Deployment") ? Optional.empty() : number(spec.path("replicas"));
    }

    private static Optional<Long> number(JsonNode field) {
        return field.isMissingNode()
                ? Optional.of(1L)
                : field.isIntegralNumber() ? Optional.of(field.asLong()) : Optional.empty();
    }

    private static Optional<Seen> ofHealthy(Document object, Requirement requirement) {
        String field = field(requirement);
        String phases = PHASES.getOrDefault(kind(object), "");
        if (field.equals("phase") && !phases.isEmpty()) {
            List<String> healthy = List.of(phases.split("\\|")[0].split(","));
            List<String> taken = requirement.operator().matches("in|notin")
                    ? healthy.stream().filter(requirement::allows).toList()
                    : List.of();
            // One phase can be over before Argo looks, but not the last one, nor all before it.
            boolean last = taken.contains(healthy.get(healthy.size() - 1));
            return taken.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Seen(
                            last || taken.size() > 1,
                            "the " + object.kind() + " passes through " + String.join(", ", taken)));
        }
        boolean positive = requirement.operator().equals("exists")
                || requirement.allows("1") && !requirement.operator().equals("notin");
        boolean running = kind(object).equals("batch/v1 Job") && field.equals("active")
                || kind(object).equals("apps/v1 Deployment") && field.equals("unavailableReplicas");
        JsonNode spec = object.root().path("spec");
        boolean one = !spec.path("suspend").asBoolean()
                && number(spec.path("parallelism"))
                        .filter(number -> number == 1)
                        .isPresent()
                && number(spec.path("replicas")).filter(number -> number == 1).isPresent();
        return running && one && positive
                ? Optional.of(new Seen(
                        field.equals("active"),
                        "status." + field + " is 1 until its pod "
                                + (field.equals("active") ? "has ended" : "is ready")))
                : Optional.empty();
    }
}
