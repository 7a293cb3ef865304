package io.jenkins.plugins.argopreflight.engine.facts.workflow;

import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.argo.model.Concurrency;
import io.jenkins.plugins.argopreflight.engine.argo.model.Problem;
import io.jenkins.plugins.argopreflight.engine.argo.model.UnknownValues;
import io.jenkins.plugins.argopreflight.engine.argo.model.Unresolved;
import io.jenkins.plugins.argopreflight.engine.util.text.Tags;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A workflow and the pods that Argo will create for it; or another object with the pods that its controller creates,
 * such as a Job; or a Pod.
 *
 * @param document the manifest in the files to check, or the object of the cluster
 * @param namespace the namespace in which it will run
 * @param together the pods that certainly run at the same time, and the order of the nodes
 * @param triggers the triggers of Sensors that create the workflow, or start it
 * @param creator the workflow that creates the object; empty if it is in the files or was requested by name
 */
public record WorkflowFacts(
        Document document,
        String namespace,
        List<ArgoPod> pods,
        List<Problem> problems,
        Concurrency together,
        List<SensorTrigger> triggers,
        Optional<Document> creator) {

    /** The fields of a pod that can be empty. */
    private static final Pattern OPTIONAL_FIELDS =
            Pattern.compile("\\.(args|command)\\[|\\.(value|workingDir|subPath)$");

    /** The ServiceAccount of a workflow whose caller is not known. It has no name. */
    private static final Problem.Absent ACCOUNT = Problem.Thing.ACCOUNT.of("");

    private static final Set<String> RUNNING_KINDS = Set.of("Workflow", "CronWorkflow");

    public WorkflowFacts {
        pods = List.copyOf(pods);
        problems = List.copyOf(problems);
        triggers = List.copyOf(triggers);
    }

    /** Compares identities, since a comparison of the content takes too long. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    /** Creates the facts of an object without triggers and creator. */
    public WorkflowFacts(
            Document document, String namespace, List<ArgoPod> pods, List<Problem> problems, Concurrency together) {
        this(document, namespace, pods, problems, together, List.of(), Optional.empty());
    }

    /**
     * Returns the parts that a template lacks and its caller supplies, such as {@code volume work}, without duplicates.
     */
    public List<String> suppliedByCaller() {
        return partsOfCaller()
                .map(part -> part.equals(ACCOUNT) ? "the ServiceAccount" : part.toString())
                .distinct()
                .toList();
    }

    private Stream<Problem.Absent> partsOfCaller() {
        return Stream.concat(
                problems.stream()
                        .filter(problem -> problem.kind() == Problem.Kind.CALLER_SUPPLIES)
                        .flatMap(problem -> problem.absent().stream()),
                pods.stream()
                        .flatMap(pod -> pod.unresolved().stream())
                        .filter(Unresolved::isOfCaller)
                        .filter(value -> !OPTIONAL_FIELDS.matcher(value.path()).find())
                        .flatMap(value -> part(value.variable()).stream()));
    }

    /** Returns the part that a variable stands for; empty for an expression, whose parameters are separate parts. */
    private static Optional<Problem.Absent> part(String variable) {
        return variable.startsWith("=")
                ? Optional.empty()
                : Optional.of(
                        variable.equals(UnknownValues.ACCOUNT)
                                ? ACCOUNT
                                : Problem.Thing.ofVariable(variable).of(UnknownValues.parameter(variable)));
    }

    /** Returns whether a text contains a parameter that the caller of the template supplies. */
    public boolean isOfCaller(String text) {
        List<Problem.Absent> parts = UnknownValues.tags(text).stream()
                .flatMap(tag -> part(tag).stream())
                .toList();
        return !parts.isEmpty() && partsOfCaller().anyMatch(parts::contains);
    }

    /** Returns these facts with more problems. */
    WorkflowFacts withProblems(List<Problem> newProblems) {
        return new WorkflowFacts(
                document,
                namespace,
                pods,
                Stream.concat(problems.stream(), newProblems.stream()).toList(),
                together,
                triggers,
                creator);
    }

    /** Returns whether a trigger contains the workflow, so that nothing else submits or applies it. */
    public boolean isMadeByTrigger() {
        return triggers.stream().anyMatch(trigger -> trigger.makes(document));
    }

    /**
     * Returns whether a trigger creates the workflow with a request to the API server, without the argo command and
     * without field validation.
     */
    public boolean isCreatedByTrigger() {
        return triggers.stream().anyMatch(trigger -> trigger.operation() == SensorTrigger.Operation.CREATE);
    }

    /** Returns the text with a replacement for each value that comes with an event. */
    public String withoutEvents(String text, String replacement) {
        String replaced = text;
        for (SensorTrigger trigger : triggers) {
            replaced = Tags.replace(replaced, trigger.eventValues(), variable -> replacement);
        }
        return replaced;
    }

    /** Returns whether Argo creates the pods. */
    public boolean isArgo() {
        return isArgo(document);
    }

    static boolean isArgo(Document document) {
        return document.apiVersion().startsWith("argoproj.io/")
                && !document.kind().equals("Rollout");
    }

    /** Returns whether the controller works on the object by itself, without a submission. */
    public boolean isRun() {
        return isRun(document);
    }

    static boolean isRun(Document document) {
        return RUNNING_KINDS.contains(document.kind());
    }
}
