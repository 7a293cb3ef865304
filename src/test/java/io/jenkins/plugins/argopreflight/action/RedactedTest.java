package io.jenkins.plugins.argopreflight.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.facts.pull.PullRow;
import io.jenkins.plugins.argopreflight.engine.preflight.Preflights;
import io.jenkins.plugins.argopreflight.engine.preflight.Report;
import io.jenkins.plugins.argopreflight.engine.preflight.Report.PermissionRow;
import io.jenkins.plugins.argopreflight.engine.render.json.PreflightJson;
import io.jenkins.plugins.argopreflight.engine.render.text.SyncTable;
import io.jenkins.plugins.argopreflight.testing.InRun;
import java.io.File;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(InRun.class)
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
    }

    @Test
    void shouldNameTheClusterInNoAnswerOfEvidence() {
        Finding finding = Preflights.full()
                .findings()
                .get(0)
                .evidence(
                        EvidenceLine.exchange("dry run", "Post \"https://cluster.example.com:6443/api\": EOF"),
                        EvidenceLine.field("server", "https://cluster.example.com:6443"));
        Report report = Preflights.of(List.of(finding), Preflights.full().result());
        Finding shown = Redacted.of(report).findings().get(0);
        assertThat(shown.observations().toString()).doesNotContain("cluster.example.com");
        assertThat(shown.evidence()).endsWith("dry run: Post \"(the cluster)/api\": EOF", "server: (the cluster)");
        assertThat(shown.cause()).isEqualTo(finding.cause());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://a",
                "https://fail",
                "https://ok:6443",
                "https://kubelet",
                "https://yes.no",
                "https://ci",
                "https://203.0.113.7",
                "https://[2001:db8::7]:6443",
                "http://localhost:8080",
                "https://rancher.example.com/k8s/clusters/c-1/",
                "/tmp/a folder/\"quoted\"",
                "s",
                "\\",
                "{",
            })
    void shouldKeepAReportReadableWhateverTheServerIsCalled(String server) {
        for (Report report : List.of(Preflights.full(), Preflights.hostile(), Preflights.lookedUp())) {
            Report shown = Redacted.of(at(server, report));

            assertThat(shown.versions().cluster()).startsWith("(the cluster)");
            assertThat(shown.result()).isEqualTo(report.result());
            assertThat(shown.findings())
                    .extracting(Finding::check, Finding::outcome, Finding::severity, Finding::link)
                    .containsExactlyElementsOf(report.findings().stream()
                            .map(one -> tuple(one.check(), one.outcome(), one.severity(), one.link()))
                            .toList());
            assertThat(shown.pulls())
                    .extracting(PullRow::verdict, PullRow::consumer)
                    .containsExactlyElementsOf(report.pulls().stream()
                            .map(one -> tuple(one.verdict(), one.consumer()))
                            .toList());
            assertThat(shown.permissions())
                    .extracting(PermissionRow::answer, PermissionRow::verb)
                    .containsExactlyElementsOf(report.permissions().stream()
                            .map(one -> tuple(one.answer(), one.verb()))
                            .toList());
        }
    }

    private static Report at(String server, Report report) {
        ObjectNode document = new PreflightJson().tree(report);
        ((ObjectNode) document.get("versions")).put("cluster", server);
        return new PreflightJson().read(document);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://ok", "https://changed", "https://a", "\\"})
    void shouldKeepTheTableOfASecretReadableWhateverTheServerIsCalled(String server, @TempDir File build)
            throws IOException, ReportUnreadableException {
        SyncTable.Row row = new SyncTable.Row(
                "ci", "changed", "", List.of(), List.of(), server + "/api: a timeout", List.of(), List.of(), List.of());
        SecretsStore store = new SecretsStore(build);
        store.write("1", new SyncTable("written", "ok", List.of(), List.of(row), List.of()), server);

        SyncTable read = store.read("1");
        assertThat(read.result()).isEqualTo("ok");
        assertThat(read.rows()).singleElement().satisfies(shown -> {
            assertThat(shown.status()).isEqualTo("changed");
            assertThat(shown.message()).isEqualTo("(the cluster)/api: a timeout");
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://a                     | GET https://a/api: a timeout. | GET (the cluster)/api: a timeout.",
                "https://a                     | https://ab and https://a.b    | https://ab and https://a.b",
                "https://prod                  | lookup prod: prod-2 exists.   | lookup (the cluster): prod-2 exists.",
                "https://K8s.Example.com:6443  | k8s.example.com:6443, closed  | (the cluster), closed",
                "https://k8s.example.com:6443  | ask k8s.example.com.          | ask (the cluster).",
                "https://k8s.example.com:6443  | my-k8s.example.com is another | my-k8s.example.com is another",
                "https://k8s.example.com:6443  | k8s.example.com.au is another | k8s.example.com.au is another",
                "https://203.0.113.7           | /203.0.113.7:443 and .70      | /(the cluster):443 and .70",
                "https://203.0.113.7           | 203.0.113.70 is another       | 203.0.113.70 is another",
                "https://127.0.0.1:6443        | 127.0.0.1:6443, 127.0.0.1:50  | (the cluster), 127.0.0.1:50",
                "https://[2001:db8::7]:6443    | [2001:db8::7]:6443, [2001:db8::7] | (the cluster), (the cluster)",
                "https://r.example.com/k8s/c/  | https://r.example.com/k8s/c/api   | (the cluster)/api",
                "https://r.example.com/k8s/c/  | https://r.example.com/login       | (the cluster)/login",
            })
    void shouldHideTheAddressWhereItIsAWholeWord(String server, String text, String shown) {
        assertThat(Redacted.text(server, text)).isEqualTo(shown);
        assertThat(Redacted.text(server, "Cluster \"$1\"", text))
                .isEqualTo(shown.replace("(the cluster)", "Cluster \"$1\""));
    }
}
