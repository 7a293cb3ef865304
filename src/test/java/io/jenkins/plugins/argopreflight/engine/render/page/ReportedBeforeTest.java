package io.jenkins.plugins.argopreflight.engine.render.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.diagnose.Cause;
import io.jenkins.plugins.argopreflight.engine.diagnose.Next;
import io.jenkins.plugins.argopreflight.engine.preflight.Preflights;
import io.jenkins.plugins.argopreflight.testing.InRun;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(InRun.class)
class ReportedBeforeTest {

    private static Cause cause(String check, String name) {
        return new Cause(
                check,
                "Title",
                new Cause.Subject("Secret", "ci", name, "", ""),
                "Detail",
                true,
                Next.RESUBMIT,
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    @ParameterizedTest
    @CsvSource({
        "may-run, The preflight could not check this: Something is wrong with ServiceAccount default.",
        "docker-socket, 'The preflight found this, and a suppression left it out: build pool.'",
        "quota, The preflight did not check this.",
        "node-selector, The preflight checked this and found no problem.",
        "out-of-memory, The preflight has no check for this."
    })
    void shouldReportWhatThePreflightDidNotShow(String check, String sentence) {
        assertThat(ReportedBefore.sentence(cause(check, "a"), Preflights.full()))
                .isEqualTo(sentence);
    }

    @Test
    void shouldReportTheFindingOfTheSameObjectFirst() {
        assertThat(ReportedBefore.sentence(cause("credential-rejected", "regcred"), Preflights.full()))
                .startsWith("The preflight reported this: Something is wrong with Secret regcred (FAIL, ");
        assertThat(ReportedBefore.sentence(cause("credential-rejected", "regcred-4"), Preflights.many(6)))
                .contains("Secret regcred-4");
    }

    @Test
    void shouldReportThatNothingWasFound() {
        assertThat(ReportedBefore.sentence(cause("container-fs-group", "a"), Preflights.green()))
                .isEqualTo("The preflight checked this and found no problem.");
    }
}
