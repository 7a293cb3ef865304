package io.jenkins.plugins.argopreflight.engine.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.argopreflight.engine.check.catalog.Checks;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.model.fix.FixText;
import io.jenkins.plugins.argopreflight.engine.model.fix.Groovy;
import io.jenkins.plugins.argopreflight.engine.preflight.Preflight;
import io.jenkins.plugins.argopreflight.engine.render.Remediation;
import io.jenkins.plugins.argopreflight.testing.InRun;
import io.jenkins.plugins.argopreflight.testing.PlainEnglish;
import io.jenkins.plugins.argopreflight.testing.ProjectRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The contract of all checks. {@code -Dfixtures.write=true} writes the expected results of fixtures,
 * {@code -Ddocs.write=true} the docs.
 */
@ExtendWith(InRun.class)
class CheckContractTest {

    private static final Path DOCS = ProjectRoot.path().resolve("docs/checks.md");
    private static final Path DOCS_OF_CAUSES = ProjectRoot.path().resolve("docs/causes.md");
    private static final String CAUSES = """
        # Causes

        <!-- Written from what the fixtures expect; run the tests with -Dfixtures.write=true -Ddocs.write=true. -->

        In a JSON report, `cause` says which of its causes a check found, or is the check's id where it has one only.
        A label keeps its meaning. These are the ones that the fixtures of the checks show; there can be more.

        | check | causes |
        |---|---|
        """;
    private static final Pattern FILE_AT_A_COMMIT =
            Pattern.compile("\\(https://github\\.com/[\\w.-]+/[\\w.-]+/blob/[0-9a-f]{40}/[^)\\s]+\\)");
    private static final Pattern REPORT =
            Pattern.compile("\\(https://(?:github\\.com/[\\w.-]+/[\\w.-]+/(?:issues|pull)/\\d+"
                    + "|stackoverflow\\.com/questions/\\d+[^)\\s]*)\\)");
    private static final ObjectMapper JSON = new ObjectMapper();

    static List<CheckInfo> checks() {
        return Checks.all().stream().map(Check::info).toList();
    }

    static List<CheckFixture> fixtures() throws IOException {
        return CheckFixture.all();
    }

    /** Returns the fixtures whose outcome only a cluster determines. */
    static Stream<CheckFixture> fixturesOfClusters() throws IOException {
        return CheckFixture.all().stream()
                .filter(each -> !check(each).info().needs().isEmpty()
                        && (each.hasCluster() || each.kind().equals("unknown")));
    }

    private static Check check(CheckFixture fixture) {
        return Checks.all().stream()
                .filter(each -> each.info().id().equals(fixture.check()))
                .findFirst()
                .orElseThrow(() -> new AssertionError(
                        "no check " + fixture.check() + " in engine/check/catalog/Checks, but it has fixtures"));
    }

    private static CheckResult run(CheckFixture fixture, Facts facts) {
        return written(new CheckRunner(List.of(check(fixture))).run(facts)).get(0);
    }

    private static List<CheckResult> written(List<CheckResult> results) {
        return results.stream()
                .map(result -> new CheckResult(
                        result.info(),
                        result.outcome(),
                        result.findings().stream().map(Remediation::inShell).toList()))
                .toList();
    }

    @Test
    void shouldHaveIdsOfTheirOwn() {
        assertThat(checks()).extracting(CheckInfo::id).isNotEmpty().doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("checks")
    void shouldHaveAPage(CheckInfo check) {
        String page = CheckPage.of(check).orElseThrow(() -> new AssertionError("no pages/" + check.id() + ".md"));
        assertThat(Pattern.compile("(?m)^#+ (.*)$").matcher(page).results().map(found -> found.group(1)))
                .containsExactlyElementsOf(CheckPage.SECTIONS);
        assertThat(Pattern.compile("(?m)^## .*\n+(?=##|\\z)").matcher(page).find())
                .as("an empty section")
                .isFalse();
        assertThat(check.summary()).matches("\\S.*[^.]").hasSizeLessThan(110);
    }

    @ParameterizedTest
    @MethodSource("checks")
    void shouldLinkItsEvidence(CheckInfo check) {
        String page = CheckPage.of(check).orElseThrow();
        String evidence = page.substring(page.indexOf("## Evidence"));
        long reports = REPORT.matcher(evidence)
                .results()
                .map(MatchResult::group)
                .distinct()
                .count();
        assertThat(evidence.contains("\n- The reference case: ")
                        || FILE_AT_A_COMMIT.matcher(evidence).find()
                        || reports >= 2)
                .as("pages/" + check.id() + ".md: below Evidence, link a file on GitHub at a commit, or two reports;"
                        + " a line \"- The reference case: \" is for what belongs to that")
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("checks")
    void shouldHaveFixturesOfEachKind(CheckInfo check) throws IOException {
        Set<String> kinds = CheckFixture.all().stream()
                .filter(each -> each.check().equals(check.id()))
                .map(CheckFixture::kind)
                .collect(Collectors.toSet());
        Set<String> given = new HashSet<>(Set.of("pass"));
        for (Outcome outcome : check.outcomes()) {
            given.add(outcome == Outcome.UNKNOWN ? "unknown" : "fail");
        }
        assertThat(kinds)
                .as(check.id() + ": fixtures pass-CASE, fail-CASE for FAIL and WARN, unknown-CASE for UNKNOWN")
                .isEqualTo(given);
    }

    /**
     * The fixtures of a check have all of its outcomes and no other ({@link Finding} asserts this in all other tests).
     */
    @ParameterizedTest
    @MethodSource("checks")
    void shouldGiveTheOutcomesThatItDeclares(CheckInfo check) throws IOException {
        Set<Outcome> given = EnumSet.noneOf(Outcome.class);
        for (CheckFixture fixture : CheckFixture.all()) {
            if (fixture.check().equals(check.id())) {
                if (fixture.kind().equals("unknown")) {
                    given.add(Outcome.UNKNOWN);
                }
                for (JsonNode finding : JSON.readTree(fixture.expected())) {
                    Outcome outcome = Outcome.valueOf(finding.path("outcome").asText());
                    given.add(outcome == Outcome.WARN && finding.has("condition") ? Outcome.FAIL : outcome);
                }
            }
        }
        assertThat(given).as(check.id()).isEqualTo(check.outcomes());
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void shouldFindWhatIsExpected(CheckFixture fixture) throws IOException {
        Facts facts = fixture.facts();
        List<CheckResult> all = written(new CheckRunner(Checks.all()).run(facts));
        CheckResult result = all.get(Checks.all().indexOf(check(fixture)));
        String json = fixture.json(result.findings());
        if (Boolean.getBoolean("fixtures.write")) {
            fixture.expect(json);
        }
        assertThat(json)
                .as(fixture + ": look at the difference, then run with -Dfixtures.write=true")
                .isEqualTo(fixture.expected());
        switch (fixture.kind()) {
            case "pass" -> assertThat(result.outcome()).as(fixture.toString()).isEqualTo(Outcome.PASS);
            case "fail" -> assertThat(result.outcome()).as(fixture.toString()).isIn(Outcome.FAIL, Outcome.WARN);
            default -> assertThat(result.outcome()).as(fixture.toString()).isEqualTo(Outcome.UNKNOWN);
        }
        assertSayWhatToDo(fixture, result);
        assertKeepOrderAndNoSecret(fixture, all);
        all.forEach(CheckContractTest::assertSeparateTheReasonFromTheTitle);
        assertKeepEachFinding(FindingOrder.of(all), CauseNesting.of(all));
    }

    /** None is lost or there twice, and each gate counts a cause where it would count what follows. */
    private static void assertKeepEachFinding(List<Finding> before, List<Finding> after) {
        assertThat(after.stream()
                        .flatMap(finding -> Stream.concat(Stream.of(finding), finding.consequences().stream()))
                        .map(Finding::message))
                .containsExactlyInAnyOrderElementsOf(
                        before.stream().map(Finding::message).toList());
        assertThat(after)
                .allSatisfy(finding -> assertThat(finding.consequences())
                        .allMatch(follower -> follower.consequences().isEmpty() && finding.isAtLeast(follower)));
    }

    /** A page shows the reason once for all findings, so that it must not be part of a text only. */
    private static void assertSeparateTheReasonFromTheTitle(CheckResult result) {
        assertThat(result.findings())
                .filteredOn(finding -> finding.outcome() == Outcome.UNKNOWN)
                .allSatisfy(finding -> assertThat(finding.reason())
                        .isEqualTo(
                                finding.detail().startsWith(finding.title() + ": ")
                                        ? finding.detail()
                                                .substring(finding.title().length() + 2)
                                        : finding.detail()));
    }

    private static void assertSayWhatToDo(CheckFixture fixture, CheckResult result) {
        assertThat(result.findings()).allSatisfy(finding -> {
            assertThat(finding.check()).isEqualTo(fixture.check());
            assertThat(finding.title()).matches("\\S.*[^.]").hasSizeLessThanOrEqualTo(Title.MAX_CHARACTERS);
            assertThat(finding.detail()).matches("(?s)\\S.*[.!?]").hasSizeLessThan(600);
            assertThat(PlainEnglish.sentences(finding.detail()))
                    .as(finding.detail())
                    .isLessThanOrEqualTo(3);
            assertThat(PlainEnglish.phraseInFinding(finding.title() + "\n" + finding.detail()))
                    .as("a phrase of words/phrases.txt in the title or the detail")
                    .isEmpty();
            assertThat(finding.subject().kind()).isNotEmpty();
            if (finding.outcome() != Outcome.UNKNOWN) {
                assertThat(finding.remediation())
                        .isNotEmpty()
                        .allSatisfy(text -> assertThat(text).isNotBlank());
            }
            assertThat(finding.remediation()).noneMatch(text -> text.contains("--docker-password="));
            assertThat(Stream.concat(
                            finding.fixTexts().stream(),
                            finding.fixes().stream().flatMap(fix -> Groovy.inStep(fix, "prod").stream())))
                    .as("read back from JSON, in which they are texts alone")
                    .allSatisfy(text -> assertThat(FixText.read(text.text())).isEqualTo(text));
            ReadersWords.assertIn(finding);
        });
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("fixturesOfClusters")
    void shouldInventNothingWhereItCouldNotBeChecked(CheckFixture fixture) throws IOException {
        CheckResult result = run(fixture, fixture.factsWithoutCluster());
        assertThat(result.outcome()).as(fixture.toString()).isIn(Outcome.UNKNOWN, Outcome.SKIPPED);
        assertSeparateTheReasonFromTheTitle(result);
    }

    /** Runs all checks, since the fixture of one check shows the others inputs for which they were not written. */
    private static void assertKeepOrderAndNoSecret(CheckFixture fixture, List<CheckResult> first) throws IOException {
        List<CheckResult> second = written(new CheckRunner(Checks.all()).run(fixture.factsFromSeveralThreads()));
        assertThat(second).isEqualTo(first);
        String reported = first.toString();
        assertThat(fixture.secrets())
                .filteredOn(value -> value.length() >= 8)
                .allSatisfy(value -> assertThat(reported).doesNotContain(value));
    }

    @Test
    void shouldKeepTheDocsInStep() throws IOException {
        String wanted = CheckPage.markdown(Preflight.checks());
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(DOCS, wanted);
        }
        assertThat(Files.readString(DOCS))
                .as("docs/checks.md: run the tests with -Ddocs.write=true and commit it")
                .isEqualTo(wanted);
    }

    /** The fixtures show the causes that a check distinguishes. A changed label breaks scripts that compare it. */
    @Test
    void shouldKeepTheDocsOfCausesInStep() throws IOException {
        Map<String, Set<String>> causes = new TreeMap<>();
        for (CheckFixture fixture : fixtures()) {
            JSON.readTree(fixture.expected())
                    .findValuesAsText("cause")
                    .forEach(cause -> causes.computeIfAbsent(fixture.check(), check -> new TreeSet<>())
                            .add(cause));
        }
        StringBuilder wanted = new StringBuilder(CAUSES);
        causes.forEach((check, labels) -> wanted.append("| [%s](checks.md#%s) | %s |\n"
                .formatted(check, check, labels.stream().map("`%s`"::formatted).collect(Collectors.joining(", ")))));
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(DOCS_OF_CAUSES, wanted);
        }
        assertThat(Files.readString(DOCS_OF_CAUSES))
                .as("docs/causes.md: run the tests with -Ddocs.write=true and commit it")
                .isEqualTo(wanted.toString());
    }
}
