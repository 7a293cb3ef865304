package io.jenkins.plugins.argopreflight.engine.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Severity;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.model.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.model.fix.ChangeField;
import io.jenkins.plugins.argopreflight.engine.model.fix.Hostile;
import io.jenkins.plugins.argopreflight.engine.model.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.render.Remediation;
import io.jenkins.plugins.argopreflight.engine.render.Style;
import io.jenkins.plugins.argopreflight.engine.render.ci.JUnitXml;
import io.jenkins.plugins.argopreflight.engine.render.ci.Sarif;
import io.jenkins.plugins.argopreflight.engine.render.json.VisibleReport;
import io.jenkins.plugins.argopreflight.engine.render.page.Html;
import io.jenkins.plugins.argopreflight.engine.render.page.Markdown;
import io.jenkins.plugins.argopreflight.engine.render.text.Brief;
import io.jenkins.plugins.argopreflight.engine.render.text.PreflightText;
import io.jenkins.plugins.argopreflight.engine.util.text.Visible;
import io.jenkins.plugins.argopreflight.testing.InRun;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Reports whose every text hides something, in each format. */
@ExtendWith(InRun.class)
class HiddenTextTest {

    private static final Map<String, Function<Report, String>> FORMATS = Map.of(
            "text", report -> new PreflightText(Style.PLAIN).render(report),
            "brief", report -> String.join("\n", new Brief(9).lines(report, report.findings())),
            "markdown", report -> new Markdown().render(report),
            "html", report -> new Html().render(report),
            "junit", report -> new JUnitXml().render(report),
            "sarif", report -> new Sarif().render(report),
            "pages", report -> new PreflightText(Style.PLAIN).render(VisibleReport.of(report)));

    static Stream<String> formats() {
        return FORMATS.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("formats")
    void shouldShowWhatHides(String format) {
        for (String value : Stream.concat(Hostile.HIDDEN.stream(), Stream.of("::error::a", "##vso[a]b"))
                .toList()) {
            String text = FORMATS.get(format).apply(report(value));
            assertThat(text.lines()).allSatisfy(line -> {
                assertThat(Visible.isVisible(line.replace("\t", "")))
                        .as(format + ": " + line)
                        .isTrue();
                String printed = Visible.print(line).strip();
                assertThat(printed)
                        .doesNotStartWith("::")
                        .doesNotStartWith("##[")
                        .doesNotStartWith("##vso[");
            });
        }
    }

    private static Report report(String value) {
        CheckInfo info = new CheckInfo("pull-secret-missing", "s", Severity.ERROR, Topic.IMAGES);
        Subject subject = new Subject(value, 3, value, value, value, value, value);
        Finding finding = Finding.fail(info, subject, "word ".repeat(25) + value + " " + value)
                .evidence(EvidenceLine.words(value))
                .fix(
                        new AskPerson("", value),
                        ChangeField.to(Yaml.of("a: $a").with("a", value)).because(value))
                .pods(List.of(value));
        return Remediation.inShell(Preflights.of(List.of(finding), RunResult.FAILED));
    }
}
