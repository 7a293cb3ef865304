package io.jenkins.plugins.argopreflight.engine.check;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.jenkins.plugins.argopreflight.engine.budget.Budget;
import io.jenkins.plugins.argopreflight.engine.fact.CauseKind;
import io.jenkins.plugins.argopreflight.engine.fix.ChangeField;
import io.jenkins.plugins.argopreflight.engine.fix.ChangeField.Place;
import io.jenkins.plugins.argopreflight.engine.fix.Fix;
import io.jenkins.plugins.argopreflight.engine.fix.Shell;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Existence;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Existence.Ending;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Missing;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A problem that a check found, or something that it could not check.
 *
 * @param check its id
 * @param outcome WARN, FAIL or UNKNOWN
 * @param title the problem, in at most {@value Title#MOST} characters
 * @param detail what it means, in at most three sentences; never a secret
 * @param cause which of the causes that the check distinguishes, such as {@code not-found}; its id where that is none
 * @param observations what was seen: a registry's answer, a field's value, the server's words
 * @param fixes what to do, the best first; comments of their YAML are not in JSON
 * @param remediation the fixes as text: commands and YAML that can be pasted as they stand
 * @param condition on which it is a FAIL, where the pods exist only on conditions or the workflow goes on without them;
 *     "" where it is what it is in any case
 * @param consequences the findings that only follow from it: no gate counts them
 * @param impact by which the condition is found; nothing of it is reported
 * @param missing the thing that is not there, by which {@link CauseNesting} finds the cause; not reported, null for none
 * @param link the check's page
 * @param pods names of the pods that suffer
 */
@JsonPropertyOrder({"check", "outcome", "severity", "subject", "title", "detail", "cause", "evidence"})
public record Finding(
        String check,
        Outcome outcome,
        Severity severity,
        Subject subject,
        String title,
        String detail,
        String cause,
        List<EvidenceLine> observations,
        List<Fix> fixes,
        List<String> remediation,
        String link,
        List<String> pods,
        String condition,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Finding> consequences,
        @JsonIgnore Impact impact,
        @JsonIgnore @Nullable Missing missing) {

    /** The characters that take as much memory as everything of a finding but its texts. */
    private static final int CHARACTERS = 150;

    private static final String PAGES = "https://github.com/jenkinsci/argo-preflight-plugin/blob/main/docs/checks.md#";

    public Finding {
        cause = cause == null ? check : cause;
        observations = observations == null ? List.of() : List.copyOf(observations);
        fixes = fixes == null ? List.of() : List.copyOf(fixes);
        remediation = List.copyOf(remediation);
        pods = List.copyOf(pods);
        condition = condition == null ? "" : condition;
        consequences = consequences == null ? List.of() : List.copyOf(consequences);
        impact = impact == null ? Impact.NONE : impact;
    }

    /** Returns a FAIL with the summary of its check as title. */
    public static Finding fail(CheckInfo info, Subject subject, String detail) {
        return of(info, Outcome.FAIL, subject, info.summary(), detail);
    }

    /** Returns a WARN with the summary of its check as title. */
    public static Finding warn(CheckInfo info, Subject subject, String detail) {
        return of(info, Outcome.WARN, subject, info.summary(), detail);
    }

    /**
     * Returns an UNKNOWN finding.
     *
     * @param detail what could not be checked, and the right that was missing when that is why
     */
    public static Finding unknown(CheckInfo info, Subject subject, String detail) {
        return of(info, Outcome.UNKNOWN, subject, "Could not check " + info.id(), detail);
    }

    private static Finding of(CheckInfo info, Outcome outcome, Subject subject, String title, String detail) {
        assert info.outcomes().contains(outcome) : info.id() + " does not declare " + outcome;
        Budget.current().text(charged(detail));
        return new Finding(
                info.id(),
                outcome,
                info.severity(),
                subject,
                Title.of(title),
                detail,
                info.id(),
                List.of(),
                List.of(),
                List.of(),
                page(info.id()),
                List.of(),
                "",
                List.of(),
                Impact.of(info.ending()),
                null);
    }

    private static long charged(String detail) {
        return (long) CHARACTERS + detail.length();
    }

    /** The amount that was charged to the limit {@code text} for it alone. */
    long charged() {
        return charged(detail);
    }

    /** The address of the page that explains a check. */
    public static String page(String id) {
        return PAGES + id;
    }

    /**
     * Returns the same with a title that names what is concerned.
     *
     * @param words with {@code %s} for each value; a long title is shortened as {@link Title#of} says
     */
    public Finding title(String words, String... values) {
        return with(Title.of(words, values), cause, observations, fixes, remediation, pods, impact);
    }

    /** Title and detail in one line. */
    public String message() {
        return title + ": " + detail;
    }

    /** The observations, each in a line. */
    @JsonProperty(value = "evidence", access = JsonProperty.Access.READ_ONLY)
    public List<String> evidence() {
        return observations.stream().map(EvidenceLine::text).toList();
    }

    public Finding evidence(EvidenceLine... more) {
        return evidence(List.of(more));
    }

    public Finding evidence(List<? extends EvidenceLine> more) {
        List<EvidenceLine> all = new ArrayList<>(observations);
        for (EvidenceLine each : more) {
            Budget.current().text(each.text().length());
            all.add(each);
        }
        return with(title, cause, all, fixes, remediation, pods, impact);
    }

    /** Returns the same with the cause that was found, where the check has several. */
    public Finding cause(CauseKind kind) {
        return with(title, kind.label(), observations, fixes, remediation, pods, impact);
    }

    public Finding fix(Fix... more) {
        return fix(List.of(more));
    }

    /** Returns the same with more to do; what cannot be carried out becomes what to correct first. */
    public Finding fix(List<? extends Fix> more) {
        List<Fix> all = new ArrayList<>(fixes);
        for (Fix each : more) {
            Fix fix = placed(each.checked());
            if (!all.contains(fix)) {
                all.add(fix);
            }
        }
        List<String> texts = all.stream().map(Shell::text).distinct().toList();
        Budget.current().text(texts.stream().mapToLong(String::length).sum());
        return with(title, cause, observations, all, texts, pods, impact);
    }

    /** Returns the same with its fixes written in other ways, such as for a Jenkinsfile too. */
    public Finding written(Function<Fix, List<String>> renderer) {
        List<String> texts =
                fixes.stream().flatMap(fix -> renderer.apply(fix).stream()).toList();
        return with(title, cause, observations, fixes, texts, pods, impact);
    }

    /** Returns the same with the data of its texts. */
    public Finding withFixes(List<Fix> data) {
        return with(title, cause, observations, data, remediation, pods, impact);
    }

    /** Returns the same with other fixes in the place of its own. */
    Finding fixed(List<Fix> others) {
        List<String> texts = others.stream().map(Shell::text).distinct().toList();
        Budget.current().text(texts.stream().mapToLong(String::length).sum());
        return with(title, cause, observations, others, texts, pods, impact);
    }

    private Fix placed(Fix fix) {
        return fix instanceof ChangeField change && change.place().kind().isEmpty()
                ? change.at(new Place(
                        subject.file(),
                        subject.line(),
                        subject.kind(),
                        subject.namespace(),
                        subject.name(),
                        change.place().path().isEmpty()
                                ? subject.path()
                                : change.place().path()))
                : fix;
    }

    /** Returns the same on these pods. */
    public Finding on(ArgoPod... pods) {
        return on(List.of(pods));
    }

    public Finding on(Collection<ArgoPod> suffering) {
        return suffering(
                suffering.stream().map(ArgoPod::name).distinct().toList(),
                impact.on(suffering.stream()
                        .flatMap(pod -> pod.existences().stream())
                        .toList()));
    }

    /** Returns the same of a node that exists on these conditions. */
    public Finding of(Existence node) {
        return suffering(pods, impact.on(List.of(node)));
    }

    /** Returns the same where the node ends in another way than with what the check finds else. */
    public Finding ending(Ending ending) {
        return suffering(pods, impact.ending(ending));
    }

    /** Returns the same on pods of these names, in any case. */
    public Finding pods(List<String> names) {
        return suffering(names, impact);
    }

    Finding suffering(List<String> names, Impact other) {
        return with(title, cause, observations, fixes, remediation, names, other);
    }

    private Finding with(
            String title,
            String cause,
            List<EvidenceLine> observations,
            List<Fix> fixes,
            List<String> texts,
            List<String> pods,
            Impact impact) {
        return with(outcome, title, cause, observations, fixes, texts, pods, condition, impact);
    }

    private Finding with(
            Outcome outcome,
            String title,
            String cause,
            List<EvidenceLine> observations,
            List<Fix> fixes,
            List<String> texts,
            List<String> pods,
            String condition,
            Impact impact) {
        return new Finding(
                check,
                outcome,
                severity,
                subject,
                title,
                detail,
                cause,
                observations,
                fixes,
                texts,
                link,
                pods,
                condition,
                consequences,
                impact,
                missing);
    }

    /** Returns the same because of something that is not there. */
    public Finding because(Missing thing) {
        return with(consequences, thing);
    }

    /** Returns the same with the findings that only follow from it, as a report has it. */
    public Finding with(List<Finding> followers) {
        return with(followers, null);
    }

    private Finding with(List<Finding> followers, @Nullable Missing thing) {
        return new Finding(
                check,
                outcome,
                severity,
                subject,
                title,
                detail,
                cause,
                observations,
                fixes,
                remediation,
                link,
                pods,
                condition,
                followers,
                impact,
                thing);
    }

    /** Returns the same with each finding in other words: this one, then those that follow from it. */
    public Finding worded(UnaryOperator<Finding> words) {
        Finding own = words.apply(this);
        return consequences.isEmpty()
                ? own
                : own.with(consequences.stream().map(words).toList());
    }

    /** Returns whether each gate that counts another finding counts this one too. */
    boolean isAtLeast(Finding other) {
        return weight() >= other.weight();
    }

    private int weight() {
        if (severity == Severity.NOTE) {
            return 0;
        }
        return switch (outcome) {
            case FAIL -> 4;
            case WARN -> condition.isEmpty() ? 2 : 3;
            default -> 1;
        };
    }

    /** Returns whether it is a FAIL if its condition comes true. */
    @JsonIgnore
    public boolean isFailOnCondition() {
        return outcome == Outcome.WARN && !condition.isEmpty();
    }

    /** Returns one finding in place of those that differ only in their pods. */
    static Finding onAllPods(List<Finding> same) {
        Finding first = same.get(0);
        return same.size() == 1
                ? first
                : first.suffering(
                        same.stream()
                                .flatMap(each -> each.pods.stream())
                                .distinct()
                                .toList(),
                        Impact.together(same.stream().map(Finding::impact).toList()));
    }

    /** Returns the finding judged by the conditions of its pods: a FAIL in spite of which the workflow can succeed is a WARN. */
    Finding judged() {
        String excuse = outcome == Outcome.WARN ? "" : impact.excuse();
        Outcome judged = outcome == Outcome.FAIL && !excuse.isEmpty() ? Outcome.WARN : outcome;
        return with(judged, title, cause, observations, fixes, remediation, pods, excuse, Impact.NONE);
    }
}
