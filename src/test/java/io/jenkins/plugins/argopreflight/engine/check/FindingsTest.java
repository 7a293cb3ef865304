package io.jenkins.plugins.argopreflight.engine.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.model.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.model.fix.ChangeField;
import io.jenkins.plugins.argopreflight.engine.model.fix.Command;
import io.jenkins.plugins.argopreflight.engine.model.fix.Fix;
import io.jenkins.plugins.argopreflight.engine.model.fix.Operand;
import io.jenkins.plugins.argopreflight.engine.model.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.model.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import io.jenkins.plugins.argopreflight.engine.util.limits.LeftOut;
import io.jenkins.plugins.argopreflight.engine.util.limits.Limit;
import io.jenkins.plugins.argopreflight.engine.util.limits.RunLimits;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import io.jenkins.plugins.argopreflight.testing.InRun;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The memory of findings, which the limits of a run bound while a check still runs. */
@ExtendWith(InRun.class)
@Timeout(20)
class FindingsTest {

    private static final CheckInfo INFO =
            new CheckInfo("one-check", "One thing is wrong", Severity.ERROR, Topic.WORKFLOW);
    private static final Facts FACTS = FactsOf.manifests(new ManifestReader().read("w.yaml", """
            apiVersion: argoproj.io/v1alpha1
            kind: Workflow
            metadata: {name: build}
            spec: {entrypoint: main, templates: [{name: main, container: {image: i, command: [c]}}]}
            """));

    private static Finding finding(int number) {
        return Finding.fail(INFO, Subject.of("Pod", "ci", "pod-" + number, ""), "It is wrong.");
    }

    private static CheckResult run(Function<Facts, List<Finding>> check) {
        return new CheckRunner(List.of(new Check(INFO) {
                    @Override
                    public List<Finding> check(Facts facts) {
                        return check.apply(facts);
                    }
                }))
                .run(FACTS)
                .get(0);
    }

    /** The reason is a part of the detail. */
    @Test
    void shouldChargeAReasonOnce() {
        CheckInfo info = INFO.alsoGiving(Outcome.UNKNOWN);
        Subject subject = Subject.of("Pod", "ci", "pod", "");
        Finding withReason = UnknownFindings.finding(info, subject, "whether it runs", "No answer.");
        Finding withoutReason = Finding.unknown(info, subject, withReason.detail());

        assertThat(withReason.reason()).isEqualTo("No answer.");
        assertThat(withReason.characters()).isEqualTo(withoutReason.characters());
        assertThat(withReason.title("Could not check it").reason()).isEqualTo(withReason.detail());
    }

    private static void assertLeftOut(CheckResult result) {
        assertThat(result.outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(Budget.current().leftOut()).extracting(LeftOut::what).containsExactly("check one-check");
    }

    @Test
    void shouldEndACheckThatFindsMoreAndMore() {
        try (Budget.Scope scope = Budget.open(RunLimits.parse(List.of("text=100000")))) {
            assertLeftOut(run(facts -> {
                List<Finding> findings = new Findings();
                for (int i = 0; true; i++) {
                    findings.add(finding(i));
                }
            }));
        }
    }

    @Test
    void shouldChargeAListThatACheckReturns() {
        try (Budget.Scope scope = Budget.open(RunLimits.parse(List.of("text=100000")))) {
            assertLeftOut(run(facts ->
                    IntStream.range(0, 1000).mapToObj(FindingsTest::finding).toList()));
        }
    }

    @Test
    void shouldChargeEqualFindingsOnce() {
        try (Budget.Scope scope = Budget.open(RunLimits.DEFAULT)) {
            run(facts -> new ArrayList<>(List.of(finding(0))));
            long once = Budget.current().used(Limit.TEXT_CHARACTERS);
            run(facts -> List.of(finding(0), finding(0), finding(0)));
            assertThat(once).isPositive();
            assertThat(Budget.current().used(Limit.TEXT_CHARACTERS)).isEqualTo(2 * once);
        }
    }

    @Test
    void shouldChargeEvidenceAndTheTextOfFixes() {
        try (Budget.Scope scope = Budget.open(RunLimits.DEFAULT)) {
            run(facts -> List.of(finding(0)));
            long plain = Budget.current().used(Limit.TEXT_CHARACTERS);
            CheckResult result = run(facts ->
                    List.of(finding(0).evidence(EvidenceLine.words("four")).fix(AskPerson.reader("correct it"))));
            assertThat(result.findings().get(0).fixes()).containsExactly(AskPerson.reader("correct it"));
            assertThat(Budget.current().used(Limit.TEXT_CHARACTERS)).isEqualTo(2 * plain + 4 + "# correct it".length());
        }
    }

    @Test
    void shouldLeaveOutACheckWhoseFixesAreTooLarge() {
        Fix fix = RunCommands.of(Command.kubectl("get").with(Operand.text("x".repeat(200_000))));
        try (Budget.Scope scope = Budget.open(RunLimits.parse(List.of("text=100000")))) {
            assertLeftOut(run(facts -> List.of(finding(0).fix(fix))));
        }
    }

    /** A shell needs four characters for a quote, and a control character is written as six. */
    @ParameterizedTest
    @MethodSource
    void shouldLeaveOutACheckWhoseFixesGrowWhenTheyAreWritten(Fix fix) {
        try (Budget.Scope scope = Budget.open(RunLimits.parse(List.of("text=100000")))) {
            assertLeftOut(run(facts -> List.of(finding(0).fix(fix))));
        }
    }

    static List<Fix> shouldLeaveOutACheckWhoseFixesGrowWhenTheyAreWritten() {
        String hidden = "\u0001".repeat(20_000);
        Command get = Command.kubectl("get");
        return List.of(
                RunCommands.of(get.with(Operand.text("'".repeat(30_000)))),
                RunCommands.of(get.withNote(hidden)),
                RunCommands.of(get).then(hidden),
                RunCommands.of(get).or(hidden),
                new AskPerson("operators", hidden),
                ChangeField.to(Yaml.of("{a: b}")).without(hidden));
    }

    @Test
    void shouldNotChargeAgainWhatFindingsCharged() {
        try (Budget.Scope scope = Budget.open(RunLimits.DEFAULT)) {
            run(facts -> List.of(finding(0)));
            long once = Budget.current().used(Limit.TEXT_CHARACTERS);
            run(facts -> {
                List<Finding> findings = new Findings();
                findings.addAll(Stream.of(finding(0)).collect(Findings.collector()));
                return findings;
            });
            assertThat(Budget.current().used(Limit.TEXT_CHARACTERS)).isEqualTo(2 * once);
        }
    }

    @Test
    void shouldNotChargeAFindingThatGetsItsPod() {
        try (Budget.Scope scope = Budget.open(RunLimits.DEFAULT)) {
            List<Finding> findings = new Findings();
            findings.add(finding(0));
            long once = Budget.current().used(Limit.TEXT_CHARACTERS);
            findings.replaceAll(finding -> finding.pods(List.of("build")));
            assertThat(findings).flatExtracting(Finding::pods).containsExactly("build");
            assertThat(Budget.current().used(Limit.TEXT_CHARACTERS)).isEqualTo(once);
        }
    }

    /** A text that is too large for a report ends the check, however much is left for all texts. */
    @Test
    void shouldEndACheckWithALargeText() {
        try (Budget.Scope scope = Budget.open(RunLimits.parse(List.of("value=1000")))) {
            assertLeftOut(run(facts ->
                    List.of(finding(0).evidence(EvidenceLine.exchange("dry run", "x".repeat(1000))))));
        }
    }
}
