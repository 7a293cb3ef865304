package io.jenkins.plugins.argopreflight.engine.check.reference;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.argo.model.Existence.Ending;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.WorkflowPod;
import io.jenkins.plugins.argopreflight.engine.check.location.Places;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.PodTemplate;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.model.fact.CauseKind;
import io.jenkins.plugins.argopreflight.engine.model.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.model.object.LabelSelector;
import io.jenkins.plugins.argopreflight.engine.model.object.LabelSelector.Requirement;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Checks conditions of resource templates that cannot be parsed, that can never be true, or that are true for a healthy
 * object although they mean a failure. Sources: argo-workflows workflow/executor/resource.go (WaitResource,
 * matchConditions: one failure condition is sufficient and is evaluated first, a success needs all conditions); the
 * status types of k8s.io/api, in which a number 0 is left out.
 */
final class ResourceConditionValue {

    private enum Cause implements CauseKind {
        CONDITION_VALUE
    }

    private static final String SUCCESS = "successCondition";
    private static final String FAILURE = "failureCondition";

    /**
     * The phases of a kind, in the order of a healthy object's life. Phases after the bar are those of a failed object.
     */
    private static final Map<String, String> PHASES = Map.of(
            "v1 Pod", "Pending,Running,Succeeded|Failed,Unknown",
            "v1 PersistentVolumeClaim", "Pending,Bound|Lost",
            "argoproj.io/v1alpha1 Workflow", "Pending,Running,Succeeded|Failed,Error");

    /** The numbers that the status omits while they are 0. */
    private static final Map<String, Set<String>> COUNTS = Map.of(
            "batch/v1 Job", Set.of("active", "succeeded", "failed"),
            "apps/v1 Deployment",
                    Set.of("replicas", "updatedReplicas", "readyReplicas", "availableReplicas", "unavailableReplicas"),
            "apps/v1 StatefulSet", Set.of("readyReplicas", "currentReplicas", "updatedReplicas"));

    /** A condition of a template on an object. */
    private record Condition(CheckInfo info, WorkflowFacts workflow, ArgoPod pod, String field, String text) {

        Finding failure(String reason, String title) {
            return detailed(Finding.fail(info, place(), reason), title);
        }

        private Subject place() {
            return Places.workflow(workflow, "").at(pod.templateLocation());
        }

        private Finding detailed(Finding finding, String title) {
            return finding.cause(Cause.CONDITION_VALUE)
                    .ending(Ending.FAILED)
                    .title("%s", title)
                    .evidence(EvidenceLine.field("resource." + field, text))
                    .fix(AskPerson.reader("correct " + field + " in " + Places.template(pod)));
        }

        /** Creates the finding about a condition that is never true. */
        Finding neverTrueFinding(String reason) {
            return failure(
                    "The " + field + " of " + Places.template(pod) + " is never true: " + reason
                            + ". The template waits until a deadline ends it, whatever becomes of the object.",
                    "A " + field + " is never true: " + text);
        }

        /** Creates the finding about a failure condition that is true for a healthy object. */
        Finding falseFailureFinding(FalseFailure state) {
            String sentence = "The " + field + " of " + Places.template(pod) + " is true although nothing has failed: "
                    + state.reason() + ". ";
            String title = "A " + field + " is true of a healthy object: " + text;
            return switch (state.observation()) {
                case CERTAIN -> failure(sentence + "Argo ends the node in Failed.", title);
                case POSSIBLE ->
                    detailed(
                            Finding.warn(
                                    info,
                                    place(),
                                    sentence
                                            + "If Argo looks then, which it does every 5 s, it ends the node in Failed."),
                            title);
            };
        }
    }

    /** The probability that Argo observes a state of an object. Argo checks the object every 5 s. */
    private enum Observation {
        CERTAIN,
        POSSIBLE
    }

    /** A state of a healthy object that a failure condition matches. */
    private record FalseFailure(Observation observation, String reason) {}

    private ResourceConditionValue() {}

    /** Adds findings about the conditions of a template. */
    static void check(CheckInfo info, Facts facts, WorkflowPod item, List<Finding> findings) {
        ArgoPod pod = item.pod();
        JsonNode resource = PodTemplate.resource(pod);
        Condition success = new Condition(info, item.workflow(), pod, SUCCESS, text(resource, SUCCESS));
        Condition failure = new Condition(info, item.workflow(), pod, FAILURE, text(resource, FAILURE));
        boolean isEmpty = success.text().isBlank() && failure.text().isBlank();
        if (isEmpty || Json.text(resource, "action").equals("delete")) {
            return;
        }
        Optional<LabelSelector> successSelector = parse(success, findings);
        Optional<LabelSelector> failureSelector = parse(failure, findings);
        if (successSelector.isEmpty() || failureSelector.isEmpty()) {
            return;
        }
        List<Requirement> successes = successSelector.get().requirements();
        List<Requirement> failures = failureSelector.get().requirements();
        List<Document> objects = facts.created().by(pod);
        Optional<Document> object = objects.size() == 1 ? Optional.of(objects.get(0)) : Optional.empty();
        contradiction(successes)
                .or(() -> object.flatMap(created -> firstProblem(successes, each -> reasonNeverTrue(created, each))))
                .map(success::neverTrueFinding)
                .ifPresent(findings::add);
        firstProblem(failures, each -> impliedBySuccess(successes, each))
                .or(() -> object.flatMap(created -> firstProblem(failures, each -> matchingHealthy(created, each))))
                .map(failure::falseFailureFinding)
                .ifPresent(findings::add);
    }

    private static <T> Optional<T> firstProblem(List<Requirement> all, Function<Requirement, Optional<T>> problem) {
        return all.stream().flatMap(each -> problem.apply(each).stream()).findFirst();
    }

    /** Returns the state of a success, if a success also meets the failure condition. */
    private static Optional<FalseFailure> impliedBySuccess(List<Requirement> successes, Requirement failure) {
        return successes.stream().anyMatch(each -> implies(each, failure))
                ? Optional.of(new FalseFailure(
                        Observation.CERTAIN, "it is true of every object that meets the successCondition too"))
                : Optional.empty();
    }

    /** Returns a condition; "" if it contains a variable, since its value is not known. */
    private static String text(JsonNode resource, String field) {
        String text = Json.text(resource, field);
        return text.contains("{{") ? "" : text;
    }

    private static Optional<LabelSelector> parse(Condition condition, List<Finding> findings) {
        LabelSelector selector = LabelSelector.parse(condition.text());
        if (selector.error().isEmpty()) {
            return Optional.of(selector);
        }
        findings.add(condition.failure(
                "Argo reads the " + condition.field() + " of " + Places.template(condition.pod())
                        + " as a label selector, and it is none: "
                        + selector.error().get()
                        + ". The object is created, and the node ends in Failed.",
                "A " + condition.field() + " is no selector: " + condition.text()));
        return Optional.empty();
    }

    /** Returns the reason why no value meets two of the requirements; empty if one can. */
    private static Optional<String> contradiction(List<Requirement> all) {
        for (Requirement one : all) {
            for (Requirement other : all) {
                boolean isSameKey =
                        one.key().equals(other.key()) && one.operator().equals("in");
                if (isSameKey && one.values().stream().noneMatch(other::allows) && needsValue(other)) {
                    return Optional.of(one.key() + " cannot have two values at once");
                }
            }
        }
        return Optional.empty();
    }

    private static boolean needsValue(Requirement requirement) {
        return !requirement.operator().equals("!");
    }

    /** Returns whether each value that meets one requirement certainly meets the other. */
    private static boolean implies(Requirement one, Requirement other) {
        boolean allowsAll = one.operator().equals("in") && one.values().stream().allMatch(other::allows);
        return one.key().equals(other.key()) && (one.equals(other) || allowsAll);
    }

    private static String kind(Document object) {
        return object.apiVersion() + " " + object.kind();
    }

    private static String field(Requirement requirement) {
        return requirement.key().startsWith("status.") ? requirement.key().substring("status.".length()) : "";
    }

    /** Returns the reason why no status of an object meets a requirement; empty if one can. */
    private static Optional<String> reasonNeverTrue(Document object, Requirement requirement) {
        String field = field(requirement);
        String phases = PHASES.getOrDefault(kind(object), "");
        boolean isIn = requirement.operator().equals("in");
        if (field.equals("phase") && !phases.isEmpty() && isIn) {
            List<String> all = List.of(phases.split("[,|]"));
            return requirement.values().stream().anyMatch(all::contains)
                    ? Optional.empty()
                    : Optional.of("the phases of a " + object.kind() + " are " + String.join(", ", all));
        }
        if (!COUNTS.getOrDefault(kind(object), Set.of()).contains(field)) {
            return Optional.empty();
        }
        boolean isTrueOnlyForZero = isIn ? requirement.values().equals(List.of("0")) : isBelowOne(requirement);
        if (isTrueOnlyForZero) {
            return Optional.of("the status of a " + object.kind() + " leaves " + field + " out while it is 0");
        }
        Optional<Long> max = maxPods(object);
        boolean isReachable = max.isEmpty() || canReach(requirement, max.get());
        return isReachable
                ? Optional.empty()
                : Optional.of("the manifest makes " + field + " " + max.get() + " at most");
    }

    private static boolean isBelowOne(Requirement requirement) {
        return requirement.operator().equals("<") && !requirement.allows("1");
    }

    private static boolean canReach(Requirement requirement, long max) {
        return switch (requirement.operator()) {
            case ">" -> requirement.allows(String.valueOf(max));
            case "in" ->
                requirement.values().stream()
                        .anyMatch(value -> !value.matches("\\d{1,9}") || Long.parseLong(value) <= max);
            default -> true;
        };
    }

    /** Returns the maximum number of pods that succeed or run; empty if the manifest does not contain it. */
    private static Optional<Long> maxPods(Document object) {
        JsonNode spec = object.root().path("spec");
        if (object.kind().equals("Job")) {
            boolean isWorkQueue = spec.has("parallelism") && !spec.has("completions");
            return isWorkQueue ? Optional.empty() : number(spec.path("completions"));
        }
        return object.kind().equals("Deployment") ? Optional.empty() : number(spec.path("replicas"));
    }

    /** Returns the number of pods in a field; 1 if the field is not set; empty if it is not a number. */
    private static Optional<Long> number(JsonNode field) {
        return field.isMissingNode()
                ? Optional.of(1L)
                : field.isIntegralNumber() ? Optional.of(field.asLong()) : Optional.empty();
    }

    /** Returns the state of a healthy object that meets a requirement of a failure condition. */
    private static Optional<FalseFailure> matchingHealthy(Document object, Requirement requirement) {
        String field = field(requirement);
        String phases = PHASES.getOrDefault(kind(object), "");
        if (field.equals("phase") && !phases.isEmpty()) {
            List<String> healthy = List.of(phases.split("\\|")[0].split(","));
            List<String> matchedPhases = requirement.operator().matches("in|notin")
                    ? healthy.stream().filter(requirement::allows).toList()
                    : List.of();
            // One phase can be over before Argo checks the object, but not the last one, and not all earlier ones.
            boolean includesLast = matchedPhases.contains(healthy.get(healthy.size() - 1));
            return matchedPhases.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new FalseFailure(
                            includesLast || matchedPhases.size() > 1 ? Observation.CERTAIN : Observation.POSSIBLE,
                            "the " + object.kind() + " passes through " + String.join(", ", matchedPhases)));
        }
        boolean matchesOne = requirement.operator().equals("exists")
                || requirement.allows("1") && !requirement.operator().equals("notin");
        boolean isCountOfRunning = kind(object).equals("batch/v1 Job") && field.equals("active")
                || kind(object).equals("apps/v1 Deployment") && field.equals("unavailableReplicas");
        JsonNode spec = object.root().path("spec");
        boolean isSinglePod = !spec.path("suspend").asBoolean()
                && number(spec.path("parallelism"))
                        .filter(number -> number == 1)
                        .isPresent()
                && number(spec.path("replicas")).filter(number -> number == 1).isPresent();
        return isCountOfRunning && isSinglePod && matchesOne
                ? Optional.of(new FalseFailure(
                        field.equals("active") ? Observation.CERTAIN : Observation.POSSIBLE,
                        "status." + field + " is 1 until its pod "
                                + (field.equals("active") ? "has ended" : "is ready")))
                : Optional.empty();
    }
}
