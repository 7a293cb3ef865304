package io.jenkins.plugins.argopreflight.engine.check;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.Nulls;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.argo.model.Existence;
import io.jenkins.plugins.argopreflight.engine.argo.model.Existence.Ending;
import io.jenkins.plugins.argopreflight.engine.argo.model.Missing;
import io.jenkins.plugins.argopreflight.engine.model.fact.CauseKind;
import io.jenkins.plugins.argopreflight.engine.model.fix.ChangeField;
import io.jenkins.plugins.argopreflight.engine.model.fix.ChangeField.Place;
import io.jenkins.plugins.argopreflight.engine.model.fix.Fix;
import io.jenkins.plugins.argopreflight.engine.model.fix.FixText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A problem that a check found, or something that it could not check.
 *
 * @param check the id of the check
 * @param outcome WARN, FAIL or UNKNOWN
 * @param consequences the findings that only follow from this one: no gate counts them
 * @param missing the object or value that does not exist, by which {@link CauseNesting} finds the cause; not reported,
 *     null for none
 */
public record Finding(
        String check,
        Outcome outcome,
        Severity severity,
        Subject subject,
        @JsonUnwrapped Explanation explanation,
        @JsonUnwrapped Remedy remedy,
        @JsonUnwrapped Impact impact,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Finding> consequences,
        @JsonIgnore @Nullable Missing missing) {

    /** The estimated memory of a finding without its texts, as a number of characters. */
    private static final int OVERHEAD_CHARACTERS = 150;

    private static final String PAGES = "https://github.com/jenkinsci/argo-preflight-plugin/blob/main/docs/checks.md#";

    public Finding {
        consequences = consequences == null ? List.of() : List.copyOf(consequences);
    }

    /**
     * The texts about the problem.
     *
     * @param title the problem, in at most {@value Title#MAX_CHARACTERS} characters
     * @param detail the meaning of the problem, in at most three sentences; never a secret
     * @param reason the reason why something could not be checked, if the detail is the title, a colon and this reason;
     *     "" for any other detail. It is a text of its own and not an index in the detail, since the texts of a report
     *     are rewritten one by one when secrets and addresses are masked
     * @param cause the label of a cause that the check distinguishes, such as {@code not-found}; the check's id if it
     *     distinguishes none
     * @param observations the evidence: a registry's answer, a field's value, a message of the API server
     * @param wholeTitle the title before it was shortened, which distinguishes it from another one with the same
     *     beginning; {@code ""} if it was not shortened. It is not reported
     */
    @JsonPropertyOrder({"title", "detail", "reason", "cause", "evidence"})
    public record Explanation(
            String title,
            String detail,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) String reason,
            String cause,
            List<EvidenceLine> observations,
            @JsonIgnore String wholeTitle) {

        public Explanation {
            reason = Objects.requireNonNullElse(reason, "");
            observations = List.copyOf(observations);
            wholeTitle = Objects.requireNonNullElse(wholeTitle, "");
        }

        /** Returns the observations as text, a line each. */
        @JsonProperty(value = "evidence", access = JsonProperty.Access.READ_ONLY)
        public List<String> evidence() {
            return observations.stream().map(EvidenceLine::text).toList();
        }
    }

    /**
     * The ways to correct the problem.
     *
     * @param fixes the ways as data, the best first; after a finding is read from JSON, their YAML has no comments
     * @param remediation the fixes as texts that can be pasted unchanged; null until they are written, which is done
     *     once for a whole report, after its checks
     * @param link the address of the check's page
     */
    public record Remedy(
            List<Fix> fixes,

            @JsonProperty(required = true) @JsonSetter(nulls = Nulls.FAIL) @Nullable
            List<FixText> remediation,

            String link) {

        public Remedy {
            fixes = fixes == null ? List.of() : List.copyOf(fixes);
            remediation = remediation == null ? null : List.copyOf(remediation);
        }

        /**
         * Returns the fixes as texts.
         *
         * @throws IllegalStateException if there are fixes whose texts are not written
         */
        @Override
        public List<FixText> remediation() {
            return FixText.requireWritten(fixes, remediation);
        }
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
     * @param detail the facts that could not be checked, and the missing right if that is the reason
     */
    public static Finding unknown(CheckInfo info, Subject subject, String detail) {
        return of(info, Outcome.UNKNOWN, subject, "Could not check " + info.id(), detail);
    }

    private static Finding of(CheckInfo info, Outcome outcome, Subject subject, String title, String detail) {
        assert info.outcomes().contains(outcome) : info.id() + " does not declare " + outcome;
        return new Finding(
                info.id(),
                outcome,
                info.severity(),
                subject,
                new Explanation(Title.format(title), detail, "", info.id(), List.of(), ""),
                new Remedy(List.of(), null, page(info.id())),
                Impact.of(info.ending()),
                List.of(),
                null);
    }

    private Finding with(Explanation other) {
        return new Finding(check, outcome, severity, subject, other, remedy, impact, consequences, missing);
    }

    private Finding with(Remedy other) {
        return new Finding(check, outcome, severity, subject, explanation, other, impact, consequences, missing);
    }

    Finding with(Impact other) {
        return new Finding(check, outcome, severity, subject, explanation, remedy, other, consequences, missing);
    }

    public String title() {
        return explanation.title();
    }

    public String detail() {
        return explanation.detail();
    }

    /**
     * Returns the reason why something could not be checked: the reason, if the detail is the title, a colon and this
     * reason; else the detail.
     */
    public String reason() {
        return explanation.reason().isEmpty() ? detail() : explanation.reason();
    }

    public String cause() {
        return explanation.cause();
    }

    public List<EvidenceLine> observations() {
        return explanation.observations();
    }

    public List<String> evidence() {
        return explanation.evidence();
    }

    public List<Fix> fixes() {
        return remedy.fixes();
    }

    /** Returns the fixes as texts that can be pasted unchanged. */
    public List<String> remediation() {
        return fixTexts().stream().map(FixText::text).toList();
    }

    /** Returns the fixes as texts, with what a renderer has to know of them. */
    public List<FixText> fixTexts() {
        return remedy.remediation();
    }

    public String link() {
        return remedy.link();
    }

    public List<String> pods() {
        return impact.pods();
    }

    public String condition() {
        return impact.condition();
    }

    /**
     * Returns the estimated memory of this finding without its fixes, as a number of characters. The reason is a part
     * of the detail and does not count again.
     */
    long characters() {
        return (long) OVERHEAD_CHARACTERS
                + detail().length()
                + explanation.wholeTitle().length()
                + observations().stream()
                        .mapToLong(line -> line.text().length())
                        .sum();
    }

    /** Returns the address of the page that explains a check. */
    public static String page(String id) {
        return PAGES + id;
    }

    /**
     * Returns this finding with a title that names the object.
     *
     * @param format the title with {@code %s} for each value; a long title is shortened as {@link Title#format} says
     */
    public Finding title(String format, String... values) {
        String whole = Title.filled(format, values);
        return with(new Explanation(
                Title.shortened(whole), detail(), "", cause(), observations(), Title.ifShortened(whole)));
    }

    /** Returns title and detail in one line. */
    public String message() {
        return title() + ": " + detail();
    }

    /** Returns this finding with the part of its detail after the title and a colon as the reason. */
    Finding reason(String part) {
        return with(new Explanation(title(), detail(), part, cause(), observations(), explanation.wholeTitle()));
    }

    public Finding evidence(EvidenceLine... more) {
        return evidence(List.of(more));
    }

    public Finding evidence(List<? extends EvidenceLine> more) {
        List<EvidenceLine> all = new ArrayList<>(observations());
        all.addAll(more);
        return with(new Explanation(title(), detail(), explanation.reason(), cause(), all, explanation.wholeTitle()));
    }

    /** Returns this finding with one of the causes that its check distinguishes. */
    public Finding cause(CauseKind kind) {
        return with(new Explanation(
                title(), detail(), explanation.reason(), kind.label(), observations(), explanation.wholeTitle()));
    }

    public Finding fix(Fix... more) {
        return fix(List.of(more));
    }

    /** Returns this finding with more fixes; a fix that cannot be carried out is replaced by what to correct first. */
    public Finding fix(List<? extends Fix> more) {
        List<Fix> all = new ArrayList<>(fixes());
        for (Fix each : more) {
            Fix fix = placed(each.checked());
            if (!all.contains(fix)) {
                all.add(fix);
            }
        }
        return withFixes(all);
    }

    /** Returns this finding with its fixes as texts. */
    public Finding withRemediation(List<FixText> texts) {
        return with(new Remedy(fixes(), texts, link()));
    }

    /** Returns this finding with other fixes, whose texts are not written. */
    public Finding withFixes(List<Fix> others) {
        return with(new Remedy(others, null, link()));
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

    /** Returns this finding with the pods that it affects. */
    public Finding on(ArgoPod... pods) {
        return on(List.of(pods));
    }

    public Finding on(Collection<ArgoPod> pods) {
        return with(impact.on(pods));
    }

    /** Returns this finding with the conditions on which its node exists. */
    public Finding of(Existence node) {
        return with(impact.on(node));
    }

    /** Returns this finding with an ending of the node that differs from the one that its check declares. */
    public Finding ending(Ending ending) {
        return with(impact.ending(ending));
    }

    /** Returns this finding with the names of its pods. The conditions under which they exist stay as they are. */
    public Finding pods(List<String> names) {
        return with(impact.pods(names));
    }

    /** Returns this finding with the object or value whose absence causes it. */
    public Finding because(Missing thing) {
        return new Finding(check, outcome, severity, subject, explanation, remedy, impact, consequences, thing);
    }

    /**
     * Returns this finding with those that only follow from it. The missing object or value is left out, since it
     * served only to find them.
     */
    public Finding with(List<Finding> followers) {
        return new Finding(check, outcome, severity, subject, explanation, remedy, impact, followers, null);
    }

    /** Returns this finding and those that follow from it, each changed by a function. */
    public Finding worded(UnaryOperator<Finding> change) {
        Finding own = change.apply(this);
        return consequences.isEmpty()
                ? own
                : own.with(consequences.stream().map(change).toList());
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
            case WARN -> condition().isEmpty() ? 2 : 3;
            default -> 1;
        };
    }

    /** Returns whether this finding is a FAIL if its condition comes true. */
    @JsonIgnore
    public boolean isFailOnCondition() {
        return outcome == Outcome.WARN && !condition().isEmpty();
    }

    /** Merges findings that differ only in their pods. */
    static Finding onAllPods(List<Finding> same) {
        Finding first = same.get(0);
        return same.size() == 1
                ? first
                : first.with(Impact.combine(same.stream().map(Finding::impact).toList()));
    }

    /**
     * Returns this finding judged by the conditions of its pods: a FAIL is a WARN if the workflow can succeed in spite
     * of it.
     */
    Finding judged() {
        String excuse = outcome == Outcome.WARN ? "" : impact.excuse();
        Outcome judged = outcome == Outcome.FAIL && !excuse.isEmpty() ? Outcome.WARN : outcome;
        return new Finding(
                check, judged, severity, subject, explanation, remedy, impact.forReport(excuse), consequences, missing);
    }
}
