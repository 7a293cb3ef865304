package io.jenkins.plugins.argopreflight.engine.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.check.catalog.Checks;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What follows from a cause in the fixtures of the checks. */
class RecordedConsequencesTest {

    /** The server refuses the field that the check of the manifest reports. */
    @Test
    void shouldPutTheVerdictOfTheServerBelowTheFieldThatItRefuses() throws IOException {
        assertThat(findings("server-verdict/fail-unknown-field"))
                .filteredOn(finding -> finding.outcome() == Outcome.FAIL
                        && finding.subject().path().equals("spec.imagePullSecret"))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.check()).isEqualTo("unknown-field");
                    assertThat(finding.consequences()).extracting(Finding::check).contains("server-verdict");
                });
    }

    private static List<Finding> findings(String name) throws IOException {
        CheckFixture fixture = CheckFixture.all().stream()
                .filter(each -> each.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name));
        Facts facts = fixture.facts();
        return Consequences.of(facts, new CheckRunner(Checks.all()).run(facts));
    }

    /** No finding is lost or there twice, and each fixture keeps the verdict of its findings. */
    @Test
    void shouldKeepEachFindingOfEachFixture() throws IOException {
        for (CheckFixture fixture : CheckFixture.all()) {
            Facts facts = fixture.facts();
            List<CheckResult> results = new CheckRunner(Checks.all()).run(facts);
            List<Finding> before = FindingOrder.of(results);
            List<Finding> after = Consequences.of(facts, results);
            assertThat(after.stream()
                            .flatMap(finding -> Stream.concat(Stream.of(finding), finding.consequences().stream()))
                            .map(RecordedConsequencesTest::line))
                    .as(fixture.toString())
                    .containsExactlyInAnyOrderElementsOf(
                            before.stream().map(RecordedConsequencesTest::line).toList());
            assertThat(after).allSatisfy(finding -> assertThat(finding.consequences())
                    .allMatch(follower -> follower.consequences().isEmpty() && finding.isAtLeast(follower)));
        }
    }

    private static String line(Finding finding) {
        return finding.check() + " " + finding.outcome() + " " + finding.title() + " " + finding.subject();
    }
}
