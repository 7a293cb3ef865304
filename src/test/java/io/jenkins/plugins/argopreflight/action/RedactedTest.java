package io.jenkins.plugins.argopreflight.action;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.Report;
import io.jenkins.plugins.argopreflight.engine.report.PreflightJson;
import io.jenkins.plugins.argopreflight.engine.report.Preflights;
import org.junit.jupiter.api.Test;

class RedactedTest {

    @Test
    void shouldNameTheClusterNowhere() {
        Report report = new PreflightJson()
                .read(new PreflightJson()
                        .render(Preflights.full())
                        .replace(
                                "no answer within 10 s",
                                "https://cluster.example.com:6443 (cluster.example.com:6443, lookup"
                                        + " cluster.example.com) gives no answer"));
        String shown = new PreflightJson().render(Redacted.of(report));
        assertThat(shown).doesNotContain("cluster.example.com").contains("gives no answer");
        assertThat(Redacted.of(report).findings()).isEqualTo(report.findings());
        assertThat(ReportPage.of(Redacted.of(report), "failed", History.NONE, null)
                        .about()
                        .cluster())
                .isEmpty();
        assertThat(ReportPage.of(report, "failed", History.NONE, null).about().cluster())
                .contains("cluster.example.com");
    }
}
