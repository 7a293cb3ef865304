package io.jenkins.plugins.argopreflight.engine.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.KeyringNote;
import io.jenkins.plugins.argopreflight.engine.render.Remediation;
import io.jenkins.plugins.argopreflight.engine.render.Style;
import io.jenkins.plugins.argopreflight.engine.render.ci.Sarif;
import io.jenkins.plugins.argopreflight.engine.render.json.PreflightJson;
import io.jenkins.plugins.argopreflight.engine.render.json.VisibleReport;
import io.jenkins.plugins.argopreflight.engine.render.page.Html;
import io.jenkins.plugins.argopreflight.engine.render.page.Markdown;
import io.jenkins.plugins.argopreflight.engine.render.text.PreflightText;
import io.jenkins.plugins.argopreflight.testing.InRun;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Evidence and causes in reports, and in those that earlier versions wrote. */
@ExtendWith(InRun.class)
class EvidenceJsonTest {

    private static final List<EvidenceLine> ALL = List.of(
            EvidenceLine.exchange("dry run", "no --name is given"),
            new EvidenceLine.Exchange("container main", "busybox:9", 404, "MANIFEST_UNKNOWN", "no such tag"),
            EvidenceLine.field("spec.suspend", "true"),
            EvidenceLine.field("spec.nodeAffinity", "zone in a")
                    .of("PersistentVolume data")
                    .from("StorageClass fast"),
            EvidenceLine.words("four words of Argo"));

    private static Report report() {
        Finding first = Preflights.full().findings().get(1);
        return Preflights.of(List.of(first.evidence(ALL).cause(KeyringNote.Kind.NO_ENTRIES)), RunResult.FAILED);
    }

    private static JsonNode finding(String report) throws IOException {
        return new JsonMapper().readTree(report).path("findings").path(0);
    }

    @Test
    void shouldWriteTheDataBesideItsTexts() throws IOException {
        JsonNode finding = finding(new PreflightJson().render(report()));
        assertThat(finding.path("cause").asText()).isEqualTo("no-entries");
        assertThat(finding.path("evidence")).isEqualTo(new JsonMapper().readTree("""
                        [
                          "dry run: no --name is given",
                          "container main: busybox:9: 404 MANIFEST_UNKNOWN: no such tag",
                          "spec.suspend: true",
                          "PersistentVolume data, spec.nodeAffinity: zone in a, set by StorageClass fast",
                          "four words of Argo"
                        ]
                        """));
        assertThat(finding.path("observations")).isEqualTo(new JsonMapper().readTree("""
                        [
                          {"request": "dry run", "answer": "no --name is given"},
                          {"requester": "container main", "request": "busybox:9", "status": 404,
                           "code": "MANIFEST_UNKNOWN", "answer": "no such tag"},
                          {"field": "spec.suspend", "value": "true"},
                          {"object": "PersistentVolume data", "field": "spec.nodeAffinity", "value": "zone in a",
                           "origin": "StorageClass fast"},
                          {"text": "four words of Argo"}
                        ]
                        """));
    }

    @Test
    void shouldReadItBack() {
        PreflightJson json = new PreflightJson();
        assertThat(json.read(json.render(report()))).isEqualTo(report());
        assertThat(VisibleReport.inStep(Remediation.inStep(report(), ""))
                        .findings()
                        .get(0)
                        .observations())
                .isEqualTo(ALL);
    }

    @Test
    void shouldReadReportsOfVersionsWithTextsOnly() throws IOException {
        ObjectNode stored = new PreflightJson().tree(report());
        ((ObjectNode) stored.path("findings").path(0)).remove(List.of("cause", "observations"));
        Finding read = new PreflightJson().read(stored).findings().get(0);
        assertThat(read.cause()).isEqualTo(read.check());
        assertThat(read.evidence()).isEqualTo(report().findings().get(0).evidence());
        assertThat(read.observations())
                .isEqualTo(ALL.stream()
                        .map(each -> EvidenceLine.words(each.text()))
                        .toList());
    }

    @Test
    void shouldReadKindsOfLaterVersionsAsText() {
        ObjectNode stored = new PreflightJson().tree(report());
        stored.withArray("/findings/0/observations")
                .removeAll()
                .addObject()
                .put("text", "the line")
                .put("later", 1);
        assertThat(new PreflightJson().read(stored).findings().get(0).observations())
                .containsExactly(EvidenceLine.words("the line"));
    }

    @Test
    void shouldShowEachAsOneLine() {
        String text = new PreflightText(Style.PLAIN).render(report());
        String page = new Html().render(report());
        String markdown = new Markdown().render(report());
        String sarif = new Sarif().render(report());
        assertThat(text.replaceAll("\\s*\n\\s*(> )?", " ")).contains(lines());
        assertThat(page).contains(lines());
        assertThat(markdown.replace("\\", "")).contains(lines());
        assertThat(sarif).contains(lines());
    }

    private static List<String> lines() {
        return ALL.stream().map(EvidenceLine::text).toList();
    }
}
