package io.jenkins.plugins.argopreflight.engine.collect.workflow;

import io.jenkins.plugins.argopreflight.engine.collect.sensor.SensorTrigger;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.manifest.Tags;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Concurrency;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Problem;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Unknowns;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Unresolved;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A workflow, and the pods that Argo will create for it; or an object with the pods that its controller creates, such
 * as a Job, and a given Pod.
 *
 * @param document as given, or as it stands in the cluster
 * @param namespace where it will run
 * @param triggers of given Sensors that make the workflow, or start it
 * @param creator the workflow that creates the object; empty for what is given
 */
public record WorkflowFacts(
        Document document,
        String namespace,
        List<ArgoPod> pods,
        List<Problem> problems,
        Concurrency together,
        List<SensorTrigger> triggers,
        Optional<Document> creator) {

    /** Fields of a pod that can be empty. */
    private static final Pattern FREE = Pattern.compile("\\.(args|command)\\[|\\.(value|workingDir|subPath)$");

    private static final Set<String> RUNS = Set.of("Workflow", "CronWorkflow");

    public WorkflowFacts {
        pods = List.copyOf(pods);
        problems = List.copyOf(problems);
        triggers = List.copyOf(triggers);
    }

    /** Compares identities, since the content is too much to compare. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    /** Creates the facts of a given object. */
    public WorkflowFacts(
            Document document, String namespace, List<ArgoPod> pods, List<Problem> problems, Concurrency together) {
        this(document, namespace, pods, problems, together, List.of(), Optional.empty());
    }

    /** The parts that a template on its own lacks and its caller supplies, such as {@code volume work}; distinct. */
    public List<String> suppliedByCaller() {
        return Stream.concat(
                        problems.stream()
                                .filter(problem -> problem.kind() == Problem.Kind.CALLER_SUPPLIES)
                                .flatMap(problem -> problem.absent().stream())
                                .map(Problem.Absent::toString),
                        pods.stream()
                                .flatMap(pod -> pod.unresolved().stream())
                                .filter(Unresolved::isOfCaller)
                                .filter(value -> !FREE.matcher(value.path()).find())
                                .flatMap(value -> described(value.variable()).stream()))
                .distinct()
                .toList();
    }

    /** A value of the caller in words; empty for an expression, whose parameters are described by themselves. */
    private static Optional<String> described(String variable) {
        return variable.startsWith("=")
                ? Optional.empty()
                : Optional.of(
                        variable.equals(Unknowns.ACCOUNT)
                                ? "the ServiceAccount"
                                : Problem.Thing.ofVariable(variable)
                                        .of(Unknowns.parameter(variable))
                                        .toString());
    }

    /** Returns whether a text has a parameter that the caller of the template supplies. */
    public boolean isOfCaller(String text) {
        List<String> wanted = Unknowns.tags(text).stream()
                .flatMap(tag -> described(tag).stream())
                .toList();
        return !wanted.isEmpty() && suppliedByCaller().stream().anyMatch(wanted::contains);
    }

    /** Returns the facts with more problems. */
    WorkflowFacts with(List<Problem> more) {
        return new WorkflowFacts(
                document,
                namespace,
                pods,
                Stream.concat(problems.stream(), more.stream()).toList(),
                together,
                triggers,
                creator);
    }

    /** Returns whether a trigger has the workflow in it, and no one else submits or applies it. */
    public boolean isMadeByTrigger() {
        return triggers.stream().anyMatch(trigger -> trigger.makes(document));
    }

    /** Returns whether a trigger creates it as any object, without the argo command and without field validation. */
    public boolean isCreatedByTrigger() {
        return triggers.stream().anyMatch(trigger -> trigger.operation() == SensorTrigger.Operation.CREATE);
    }

    /** The text with another one in place of each value that comes with an event. */
    public String withoutEvents(String text, String replacement) {
        String known = text;
        for (SensorTrigger trigger : triggers) {
            known = Tags.replace(known, trigger.eventValues(), variable -> replacement);
        }
        return known;
    }

    /** Returns whether Argo creates the pods. */
    public boolean isArgo() {
        return isArgo(document);
    }

    static boolean isArgo(Document document) {
        return document.apiVersion().startsWith("argoproj.io/")
                && !document.kind().equals("Rollout");
    }

    /** Returns whether the controller works on it by itself, and needs no submission. */
    public boolean isRun() {
        return isRun(document);
    }

    static boolean isRun(Document document) {
        return RUNS.contains(document.kind());
    }
}
