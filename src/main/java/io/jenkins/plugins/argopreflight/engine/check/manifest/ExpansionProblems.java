package io.jenkins.plugins.argopreflight.engine.check.manifest;

import io.jenkins.plugins.argopreflight.engine.budget.Budget;
import io.jenkins.plugins.argopreflight.engine.budget.Limit;
import io.jenkins.plugins.argopreflight.engine.check.Check;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.check.Severity;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Title;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.place.Places;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.collect.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.need.Need;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Condition;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Existence.Ending;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A check for problems that keep Argo from creating pods, found while the workflow was expanded. Each instance reports
 * some kinds of problems.
 */
public final class ExpansionProblems implements Check {

    private static final String NOT_RETRIED =
            "Argo reads it when the first attempt has failed: it does not retry then, and the workflow ends in Error.";
    private static final String BUDGET_REFUSED =
            "The API server refuses the budget, Argo retries, and the workflow never starts.";
    private static final String OWN_NAME_UNKNOWN =
            "Argo retries forever: the workflow stays Running, and nothing starts; write the name itself here, or use"
                    + " the variable in the template that is called.";
    private static final String GROUP_EMPTY =
            "Argo makes the next group a part of the empty one: the workflow stays Running; remove the empty group.";

    private static final String VOLUME_UNDECLARED =
            "A caller must supply the volume, or the name is misspelled: the other volumes of the template are in its"
                    + " spec.volumes.";

    private static final String STATUS_MISSING =
            "Argo replaces the expressions of the spec before all else: the workflow gets no status, and nothing"
                    + " starts.";

    private static final Set<Problem.Kind> WARNED =
            Set.of(Problem.Kind.SUPERFLUOUS, Problem.Kind.LITERAL, Problem.Kind.NOT_OF_OWN_VOLUMES);
    private static final Set<Problem.Kind> UNKNOWN =
            Set.of(Problem.Kind.UNKNOWN_REFERENCE, Problem.Kind.UNKNOWN_SETTING, Problem.Kind.BOUNDED);

    private final CheckInfo info;
    private final List<Problem.Kind> kinds;
    private final String consequence;

    private ExpansionProblems(CheckInfo info, String consequence, Problem.Kind... kinds) {
        this.info = info;
        this.kinds = List.of(kinds);
        this.consequence = consequence;
    }

    /** Creates the check of references within the workflow, to templates, and to other objects that Argo reads. */
    public static ExpansionProblems references() {
        return new ExpansionProblems(
                info(
                        "unresolved-reference",
                        "The workflow refers to a template or another object that does not exist",
                        Need.WORKFLOW_TEMPLATES,
                        Need.CLUSTER_WORKFLOW_TEMPLATES,
                        Need.CONFIG_MAPS),
                "The workflow ends in Error there.",
                Problem.Kind.MISSING_REFERENCE,
                Problem.Kind.UNKNOWN_REFERENCE);
    }

    /** Creates the check for workflows that the controller refuses. */
    public static ExpansionProblems refusals() {
        return new ExpansionProblems(
                info("refused-by-argo", "Argo's controller refuses the workflow or one of its steps")
                        .alsoGiving(Outcome.WARN)
                        .alsoGiving(Outcome.UNKNOWN),
                "Argo refuses it, and the workflow ends in Failed or Error.",
                Problem.Kind.REFUSED,
                Problem.Kind.NO_STATUS,
                Problem.Kind.EMPTY_GROUP,
                Problem.Kind.NOT_OF_OWN_VOLUMES,
                Problem.Kind.UNKNOWN_SETTING,
                Problem.Kind.BOUNDED);
    }

    /**
     * Creates the check for outputs of steps and tasks that have not run yet. Argo's own validation does not find them.
     */
    public static ExpansionProblems earlyOutputs() {
        return new ExpansionProblems(
                info("output-too-early", "A step uses the output of a step that has not run yet"),
                "Argo retries forever: the workflow stays Running, and nothing starts; use the output in a later step,"
                        + " let the task depend on the other, or give both the same when.",
                Problem.Kind.TOO_EARLY);
    }

    /** Creates the check for parameters without a value. */
    public static ExpansionProblems parameters() {
        return new ExpansionProblems(
                info("parameter-without-value", "A workflow parameter has no value"),
                "Argo refuses the workflow, and it ends in Failed.",
                Problem.Kind.NO_VALUE);
    }

    /** Creates the check for arguments that the template does not declare. */
    public static ExpansionProblems arguments() {
        return new ExpansionProblems(
                warning("argument-not-taken", "A step passes an argument that its template does not have"),
                "Argo ignores the argument, and the template uses its own default.",
                Problem.Kind.SUPERFLUOUS);
    }

    /** Creates the check for expressions that Argo does not resolve. */
    public static ExpansionProblems unresolvedExpressions() {
        return new ExpansionProblems(
                warning("expression-not-resolved", "An expression or variable has no value and stays in the text"),
                "Argo leaves the tag in the text as it is, and what reads the field, such as the container, gets it"
                        + " so.",
                Problem.Kind.LITERAL);
    }

    /**
     * Creates the check for fields that the version of Argo does not have; its findings are those of {@code
     * unknown-field}.
     */
    static ExpansionProblems versions(CheckInfo info) {
        return new ExpansionProblems(
                info, "The field has no effect, or the whole object is refused.", Problem.Kind.VERSION);
    }

    private static CheckInfo warning(String id, String summary) {
        return new CheckInfo(id, summary, Severity.WARNING, Topic.WORKFLOW);
    }

    private static CheckInfo info(String id, String summary, Need... needs) {
        return new CheckInfo(id, summary, Severity.ERROR, Topic.WORKFLOW).needing(needs);
    }

    @Override
    public CheckInfo info() {
        return info;
    }

    @Override
    public boolean applies(Facts facts) {
        return !facts.workflows().isEmpty();
    }

    @Override
    public List<Finding> check(Facts facts) {
        List<Finding> findings = new ArrayList<>();
        for (WorkflowFacts workflow : facts.workflows()) {
            SimilarTemplate similar = new SimilarTemplate(facts, workflow);
            for (Problem problem : workflow.problems()) {
                Budget.current().charge(Limit.WORK_UNITS, 1);
                if (kinds.contains(problem.kind()) && !isReportedElsewhere(problem)) {
                    Finding findingOfProblem = finding(workflow, problem, similar);
                    Finding finding =
                            problem.missing().map(findingOfProblem::because).orElse(findingOfProblem);
                    findings.add(problem.existence().map(finding::of).orElse(finding));
                }
            }
        }
        return findings;
    }

    private static boolean isReportedElsewhere(Problem problem) {
        return problem.isAbsent(Problem.Thing.ACCOUNT) || problem.isAbsent(Problem.Thing.EXECUTOR_ACCOUNT);
    }

    private Finding finding(WorkflowFacts workflow, Problem problem, SimilarTemplate similar) {
        Subject subject = subject(workflow, problem);
        String message = sentence(problem.message()) + similar.hint(problem);
        String title = title(problem);
        if (UNKNOWN.contains(problem.kind())) {
            return Finding.unknown(info, subject, message + " What follows from there could not be checked.")
                    .cause(problem.kind())
                    .title("Could not check: %s", title);
        }
        String position = (problem.path().isEmpty() ? "" : problem.path() + " ") + "(" + problem.location() + ")";
        Finding finding = (WARNED.contains(problem.kind())
                        ? Finding.warn(info, subject, message + " " + consequence(problem))
                        : Finding.fail(info, subject, message + " " + consequence(problem)))
                .cause(problem.kind())
                .title("%s", title)
                .evidence(EvidenceLine.words(problem.path() + ": " + problem.message()));
        Finding ended = problem.kind() == Problem.Kind.NO_STATUS ? finding.ending(Ending.PENDING) : finding;
        return problem.target()
                .map(target ->
                        ended.fix(target.fix(), AskPerson.reader("or correct what refers to it, at " + position)))
                .orElseGet(() ->
                        ended.fix(RunCommands.of(Places.podsCommand(workflow).withNote("shows the pods again"))
                                .because("correct it at " + position)));
    }

    private String consequence(Problem problem) {
        if (problem.kind() == Problem.Kind.NO_STATUS) {
            return STATUS_MISSING;
        }
        if (problem.kind() == Problem.Kind.NOT_OF_OWN_VOLUMES) {
            return VOLUME_UNDECLARED;
        }
        if (problem.kind() == Problem.Kind.EMPTY_GROUP || problem.isAbsent(Problem.Thing.OWN_NAME)) {
            return problem.kind() == Problem.Kind.EMPTY_GROUP ? GROUP_EMPTY : OWN_NAME_UNKNOWN;
        }
        return isOfRetry(problem)
                ? NOT_RETRIED
                : problem.path().endsWith(".podDisruptionBudget") ? BUDGET_REFUSED : consequence;
    }

    private static boolean isOfRetry(Problem problem) {
        return problem.path().contains(".retryStrategy.")
                && problem.existence().stream()
                        .flatMap(each -> each.conditions().stream())
                        .anyMatch(condition -> condition.kind() == Condition.Kind.FAILURE);
    }

    /** Returns the field of the problem as a subject, in the document that contains it. */
    private static Subject subject(WorkflowFacts workflow, Problem problem) {
        Document document = problem.document();
        String path = problem.path();
        if (problem.isAbsent(Problem.Thing.TEMPLATE) && path.endsWith("]")) {
            path += ".template";
        }
        Subject subject = Places.field(workflow, document, path);
        Optional<Subject> mount = problem.absent()
                .filter(what -> what.thing() == Problem.Thing.VOLUME)
                .flatMap(what -> UndeclaredVolume.mount(what.name(), document, subject.namespace()));
        if (mount.isPresent()) {
            return mount.get();
        }
        return problem.target()
                .map(target -> Subject.of(target.kind(), target.namespace(), target.name(), target.path()))
                .orElse(subject)
                .at(problem.location());
    }

    /** Returns Argo's message, or the parameter without a value if the problem is about one. */
    private static String title(Problem problem) {
        if (problem.kind() == Problem.Kind.NO_VALUE) {
            return "Parameter " + problem.absent().orElseThrow().name() + " has no value";
        }
        String message = problem.message().strip().replaceFirst("[.!]$", "");
        return Title.shortened(
                message.matches("(?s)(template|volume|step|task) .*") ? Title.capitalized(message) : message);
    }

    private static String sentence(String message) {
        return message.strip().replaceFirst("(?<![.!?])$", ".");
    }
}
