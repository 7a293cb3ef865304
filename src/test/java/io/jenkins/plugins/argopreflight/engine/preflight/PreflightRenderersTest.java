package io.jenkins.plugins.argopreflight.engine.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.render.Style;
import io.jenkins.plugins.argopreflight.engine.render.ci.GithubCommands;
import io.jenkins.plugins.argopreflight.engine.render.ci.JUnitXml;
import io.jenkins.plugins.argopreflight.engine.render.ci.Sarif;
import io.jenkins.plugins.argopreflight.engine.render.json.PreflightJson;
import io.jenkins.plugins.argopreflight.engine.render.page.CheckCounts;
import io.jenkins.plugins.argopreflight.engine.render.page.Html;
import io.jenkins.plugins.argopreflight.engine.render.page.Markdown;
import io.jenkins.plugins.argopreflight.engine.render.text.PreflightText;
import io.jenkins.plugins.argopreflight.testing.InRun;
import io.jenkins.plugins.argopreflight.testing.ProcessorTime;
import io.jenkins.plugins.argopreflight.testing.ProjectRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of all formats. */
@ExtendWith(InRun.class)
class PreflightRenderersTest {

    private static final Path GOLDEN = ProjectRoot.path().resolve("src/test/resources/report");
    private static final Map<String, Function<Report, String>> FORMATS = formats();

    private static Map<String, Function<Report, String>> formats() {
        Map<String, Function<Report, String>> formats = new LinkedHashMap<>();
        formats.put("txt", report -> new PreflightText(Style.PLAIN).render(report));
        formats.put("json", report -> new PreflightJson().render(report));
        formats.put("junit.xml", report -> new JUnitXml().render(report));
        formats.put("sarif", report -> new Sarif().render(report));
        formats.put("md", report -> new Markdown().render(report));
        formats.put("html", report -> new Html().render(report));
        formats.put("github", report -> new GithubCommands().render(report));
        return formats;
    }

    static Stream<String> names() {
        return FORMATS.keySet().stream();
    }

    /** {@code -Dgolden.write=true} writes them again; look at what changed before it is committed. */
    @ParameterizedTest
    @MethodSource("names")
    void shouldLookAsBefore(String format) throws IOException {
        for (Map.Entry<String, Report> report : Map.of(
                        "full", Preflights.full(), "green", Preflights.green(), "hostile", Preflights.hostile())
                .entrySet()) {
            Path golden = GOLDEN.resolve(report.getKey() + "." + format);
            String rendered = FORMATS.get(format).apply(report.getValue());
            if (Boolean.getBoolean("golden.write")) {
                Files.createDirectories(GOLDEN);
                Files.writeString(golden, rendered);
            }
            assertThat(rendered).isEqualTo(Files.readString(golden));
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void shouldHoldNothingThatActs(String format) {
        String rendered = FORMATS.get(format).apply(Preflights.hostile());
        assertThat(rendered.codePoints().filter(point -> point < 0x20 && point != '\n'))
                .as("control characters")
                .isEmpty();
        if (!format.equals("json") && !format.equals("sarif")) {
            assertThat(rendered).doesNotContain("\u202e");
        }
        if (format.equals("html") || format.equals("junit.xml")) {
            assertThat(rendered).doesNotContain("<script", "href=\"javascript");
        }
        if (format.equals("md")) {
            assertThat(rendered.replaceAll("(?s)\n(```+)\n.*?\n\\1\n", "").replaceAll("`[^`\n]*`", ""))
                    .as("but for code")
                    .doesNotContain("<script")
                    .doesNotContainPattern("(?<!\\\\)]\\(javascript");
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void shouldRenderTenThousandFindingsInNoTime(String format) {
        Report many = Preflights.many(10_000);
        AtomicReference<String> rendered = new AtomicReference<>("");
        assertThat(ProcessorTime.of(() -> rendered.set(FORMATS.get(format).apply(many))))
                .isLessThan(Duration.ofSeconds(2));
        assertThat(rendered.get()).contains("regcred-0", "regcred-9998");
    }

    @ParameterizedTest
    @ValueSource(strings = {"txt", "md", "html"})
    void shouldContrastConsumersAndSayWhatALookUpLeavesOpen(String format) {
        String rendered = FORMATS.get(format).apply(Preflights.lookedUp());
        String words = rendered.replace("&#39;", "'").replace("\\", "").replaceAll("\\s+", " ");
        assertThat(words)
                .contains(
                        "The same image is fine for one and broken for another: registry.example.com/team/image:v1.2"
                                + " works for the kubelet as ci/default (main), and not for the controller's look-up as"
                                + " ci/default (main): credentials refused.",
                        "Whether it has cannot be seen from outside.",
                        "kubelet on linux/amd64, linux/arm64")
                .containsOnlyOnce("does not ask again");
        assertThat(FORMATS.get(format).apply(Preflights.full())).doesNotContain("does not ask again");
    }

    @Test
    void shouldReadBackEveryReport() {
        PreflightJson json = new PreflightJson();
        for (Report report :
                List.of(Preflights.full(), Preflights.green(), Preflights.hostile(), Preflights.conditional())) {
            assertThat(json.read(json.render(report))).isEqualTo(report);
        }
    }

    @Test
    void shouldReadReportsOfVersionsWithoutTitles() throws IOException {
        PreflightJson json = new PreflightJson();
        JsonNode stored = new ObjectMapper().readTree(json.render(Preflights.full()));
        stored.findParents("title").stream()
                .map(ObjectNode.class::cast)
                .forEach(finding -> finding.put("message", "The old sentence.").remove(List.of("title", "detail")));
        Report read = json.read(stored);
        assertThat(read.findings()).hasSameSizeAs(Preflights.full().findings()).allSatisfy(finding -> {
            assertThat(finding.title()).isEqualTo(CheckCounts.title(finding.check()));
            assertThat(finding.detail()).isEqualTo("The old sentence.");
        });
        assertThat(read.ignored().get(0).finding().title())
                .isEqualTo("A pod mounts the socket or the data of the node's container runtime");
    }

    @Test
    void shouldReportTheSameFindingByTheSameIdOnAnotherLine() {
        Report report = Preflights.many(3);
        assertThat(report.ids()).doesNotHaveDuplicates().hasSize(3);
        assertThat(Preflights.many(7).ids().subList(0, 3)).isEqualTo(report.ids());
    }
}
