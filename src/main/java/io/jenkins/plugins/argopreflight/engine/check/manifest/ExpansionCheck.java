package io.jenkins.plugins.argopreflight.engine.check.manifest;

import io.jenkins.plugins.argopreflight.engine.argo.model.Condition;
import io.jenkins.plugins.argopreflight.engine.argo.model.Existence.Ending;
import io.jenkins.plugins.argopreflight.engine.argo.model.Problem;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Findings;
import io.jenkins.plugins.argopreflight.engine.check.ItemCheck;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.location.Places;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.model.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.model.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import io.jenkins.plugins.argopreflight.engine.util.limits.Limit;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A check for problems of some kinds that keep Argo from creating pods, or from creating them as meant. They were found
 * while the workflow was expanded.
 */
class ExpansionCheck extends ItemCheck<WorkflowFacts> {

    private static final String NOT_RETRIED =
            "Argo reads it when the first attempt has failed: it does not retry then, and the workflow ends in Error.";

    private static final Set<Problem.Kind> WARNED =
            Set.of(Problem.Kind.SUPERFLUOUS, Problem.Kind.LITERAL, Problem.Kind.NOT_OF_OWN_VOLUMES);
    private static final Set<Problem.Kind> UNKNOWN =
            Set.of(Problem.Kind.UNKNOWN_REFERENCE, Problem.Kind.UNKNOWN_SETTING, Problem.Kind.BOUNDED);

    private final String consequence;
    private final Set<Problem.Kind> kinds;

    /**
     * Creates a check.
     *
     * @param consequence the sentence after Argo's message
     * @param kinds the kinds of problems that the check reports
     */
    ExpansionCheck(CheckInfo info, String consequence, Problem.Kind... kinds) {
        super(info, Facts::workflows);
        this.consequence = consequence;
        this.kinds = Set.of(kinds);
    }

    /** Returns the sentence on what follows from a problem. */
    String consequence(Problem problem) {
        return isOfRetry(problem) ? NOT_RETRIED : consequence;
    }

    @Override
    protected List<Finding> check(Facts facts, WorkflowFacts workflow) {
        List<Finding> findings = new Findings();
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
        return findings;
    }

    private static boolean isReportedElsewhere(Problem problem) {
        return problem.isAbsent(Problem.Thing.ACCOUNT) || problem.isAbsent(Problem.Thing.EXECUTOR_ACCOUNT);
    }

    private Finding finding(WorkflowFacts workflow, Problem problem, SimilarTemplate similar) {
        Subject subject = subject(workflow, problem);
        String message = problem.message().sentence() + similar.hint(problem);
        String title = title(problem);
        if (UNKNOWN.contains(problem.kind())) {
            return Finding.unknown(info(), subject, message + " What follows from there could not be checked.")
                    .cause(problem.kind())
                    .title("Could not check: %s", title);
        }
        String position = (problem.path().isEmpty() ? "" : problem.path() + " ") + "(" + problem.location() + ")";
        Finding finding = (WARNED.contains(problem.kind())
                        ? Finding.warn(info(), subject, message + " " + consequence(problem))
                        : Finding.fail(info(), subject, message + " " + consequence(problem)))
                .cause(problem.kind())
                .title("%s", title)
                .evidence(EvidenceLine.words(problem.path() + ": " + problem.text()));
        Finding ended = problem.kind() == Problem.Kind.NO_STATUS ? finding.ending(Ending.PENDING) : finding;
        return problem.target()
                .map(target -> ended.fix(target.fix(), AskPerson.or("correct what refers to it, at " + position)))
                .orElseGet(() ->
                        ended.fix(RunCommands.of(Places.podsCommand(workflow).withNote("shows the pods again"))
                                .because("correct it at " + position)));
    }

    private static boolean isOfRetry(Problem problem) {
        return problem.existence().stream()
                .flatMap(each -> each.conditions().stream())
                .anyMatch(condition -> condition.kind() == Condition.Kind.RETRY);
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
        return problem.message().title();
    }
}
