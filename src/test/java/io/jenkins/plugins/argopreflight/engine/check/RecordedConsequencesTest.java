package io.jenkins.plugins.argopreflight.engine.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.check.catalog.Checks;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.testing.InRun;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests the consequences of causes in the fixtures of the checks. */
@ExtendWith(InRun.class)
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
                    assertThat(finding.consequences())
                            .extracting(Finding::check)
                            .contains("server-verdict");
                });
    }

    /** The Secret that the field names does not exist: the pull fails with the right field, too. */
    @Test
    void shouldKeepWhatTheRightFieldMayNotMend() throws IOException {
        assertThat(findings("pull-secret-not-bound/fail-field-dropped"))
                .filteredOn(finding -> finding.outcome() == Outcome.FAIL)
                .extracting(Finding::check)
                .contains("unknown-field", "pull-secret-not-bound");
    }

    private static List<Finding> findings(String name) throws IOException {
        CheckFixture fixture = CheckFixture.all().stream()
                .filter(each -> each.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name));
        Facts facts = fixture.facts();
        return CauseNesting.of(new CheckRunner(Checks.all()).run(facts));
    }
}
