package io.jenkins.plugins.argopreflight.engine.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.render.PullRows;
import io.jenkins.plugins.argopreflight.engine.render.Summary;
import io.jenkins.plugins.argopreflight.engine.render.ci.JUnitXml;
import io.jenkins.plugins.argopreflight.engine.render.json.PreflightJson;
import io.jenkins.plugins.argopreflight.testing.InRun;
import io.jenkins.plugins.argopreflight.testing.ProjectRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A report can have fields and words that another version wrote. */
@ExtendWith(InRun.class)
class LaterFieldsTest {

    @ParameterizedTest
    @ValueSource(strings = {"anything", "missing", "impact", "explanation", "remedy"})
    void shouldIgnoreFieldsThatAreNotOfAFinding(String name) {
        ObjectNode written = new PreflightJson().tree(Preflights.full());
        ObjectNode other = written.deepCopy();
        ((ObjectNode) other.at("/findings/0")).putObject(name).put("text", "x");

        assertThat(new PreflightJson().tree(new PreflightJson().read(other)))
                .isEqualTo(new PreflightJson().tree(new PreflightJson().read(written)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UNKNOWN | Could not check it: not allowed to list nodes. | not allowed to list nodes.",
                "UNKNOWN | Not allowed to list nodes.                     | Not allowed to list nodes.",
                "FAIL    | Could not check it: not allowed to list nodes. | Could not check it: not allowed to list nodes."
            })
    void shouldReadTheReasonOfAnEarlierReport(String outcome, String detail, String reason) {
        ObjectNode written = new PreflightJson().tree(Preflights.full());
        ((ObjectNode) written.at("/findings/0"))
                .put("outcome", outcome)
                .put("title", "Could not check it")
                .put("detail", detail);
        ((ObjectNode) written.at("/versions")).remove("argoAssumed");

        assertThat(new PreflightJson().read(written).findings().get(0).reason()).isEqualTo(reason);
    }

    @Test
    void shouldKeepTheReasonThatAReportHas() {
        ObjectNode written = new PreflightJson().tree(Preflights.full());
        ((ObjectNode) written.at("/findings/0"))
                .put("title", "Could not check it")
                .put("detail", "Could not check it: no answer.")
                .put("reason", "no answer within 10 s.");

        assertThat(new PreflightJson().read(written).findings().get(0).reason()).isEqualTo("no answer within 10 s.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Argo's version (taken as v4.1.2; give --argo-version)                                    | true",
                "Argo's version (taken as v3.6.0, the tag of the executor image; give --argo-version)     | true",
                "the rules of Argo v3.3.0 (taken as those of v3.4.0)                                      | false"
            })
    void shouldReadAnAssumedVersionOfAnEarlierReport(String fact, boolean isAssumed) {
        ObjectNode written = new PreflightJson().tree(Preflights.full());
        ((ObjectNode) written.at("/unknown/0")).put("fact", fact);
        ((ObjectNode) written.at("/versions")).remove("argoAssumed");

        Report read = new PreflightJson().read(written);

        assertThat(read.versions().argoAssumed()).isEqualTo(isAssumed);
        assertThat(Summary.argo(read)).isEqualTo(isAssumed ? "v4.0.5 (assumed)" : "v4.0.5");
        assertThat(new PreflightJson().tree(read).at("/versions/argoAssumed").booleanValue())
                .isEqualTo(isAssumed);
    }

    /** A report of this version has the values as fields. */
    @Test
    void shouldReadNoValueFromTheTextsOfAReportOfThisVersion() {
        ObjectNode written = new PreflightJson().tree(Preflights.full());
        ((ObjectNode) written.at("/unknown/0")).put("fact", "Argo's version (taken as v4.1.2; give --argo-version)");
        ((ObjectNode) written.at("/findings/0"))
                .put("outcome", "UNKNOWN")
                .put("title", "Could not check it")
                .put("detail", "Could not check it: no answer.");

        Report read = new PreflightJson().read(written);

        assertThat(read.versions().argoAssumed()).isFalse();
        assertThat(read.findings().get(0).reason()).isEqualTo("Could not check it: no answer.");
    }

    @Test
    void shouldTakeTheCheckForACauseThatIsNull() {
        ObjectNode written = new PreflightJson().tree(Preflights.full());
        ((ObjectNode) written.at("/findings/0")).putNull("cause");

        assertThat(new PreflightJson().read(written).findings().get(0).cause())
                .isEqualTo(written.at("/findings/0/check").asText());
    }

    @ParameterizedTest
    @CsvSource({
        "request, failOn, fail",
        "pods/0, kind, other",
        "permissions/0, party, submitter",
        "permissions/0, answer, unknown",
        "pulls/0, verdict, unknown",
    })
    void shouldReadWordsOfLaterVersions(String row, String field, String otherwise) {
        JsonNode expected = withWord(row, field, otherwise);
        for (String word : List.of("later", "", "WARN")) {
            JsonNode read = new PreflightJson().tree(new PreflightJson().read(withWord(row, field, word)));
            assertThat(read).as(word).isEqualTo(expected);
        }
        ObjectNode withNull = withWord(row, field, "later");
        ((ObjectNode) withNull.at("/" + row)).putNull(field);
        assertThat(new PreflightJson().tree(new PreflightJson().read(withNull))).isEqualTo(expected);
        ObjectNode without = withWord(row, field, "later");
        ((ObjectNode) without.at("/" + row)).remove(field);
        assertThat(new PreflightJson().tree(new PreflightJson().read(without))).isEqualTo(expected);
    }

    private static ObjectNode withWord(String row, String field, String word) {
        ObjectNode written = new PreflightJson().tree(Preflights.full());
        ((ObjectNode) written.at("/" + row)).put(field, word);
        return written;
    }

    /** A gate of a later version fails with a FAIL, and Argo Preflight itself needs the right of a party that is new. */
    @Test
    void shouldDecideFromWordsOfLaterVersionsAsFromNone() {
        ObjectNode written = new PreflightJson().tree(Preflights.full());
        ((ObjectNode) written.at("/request")).put("failOn", "later");
        ((ObjectNode) written.at("/pods/0")).put("kind", "later");
        ((ObjectNode) written.at("/permissions/0")).put("party", "later").put("subject", "");
        Report report = new PreflightJson().read(written);

        assertThat(new JUnitXml().render(report)).isEqualTo(new JUnitXml().render(Preflights.full()));
        assertThat(PullRows.of(report)).extracting(PullRows.Row::consumer).containsOnly("kubelet");
        assertThat(Summary.who(report.permissions().get(0))).isEqualTo("we");
    }

    /** Reports that earlier builds of Jenkins hold. */
    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void shouldKeepTheWordsOfStoredReports(int build) throws IOException {
        String stored = Files.readString(ProjectRoot.path()
                .resolve(
                        "src/jenkins-test/resources/io/jenkins/plugins/argopreflight/action/OldBuildITest/jobs/old/builds")
                .resolve(build + "/argo-preflight/argo-preflight.json"));
        JsonNode written = new ObjectMapper().readTree(stored);
        JsonNode read = new PreflightJson().tree(new PreflightJson().read(stored));

        for (String field : List.of("kind", "party", "answer", "failOn", "verdict")) {
            assertThat(read.findValuesAsText(field)).as(field).isEqualTo(written.findValuesAsText(field));
        }
        assertThat(read.at("/permissions").findValuesAsText("answer")).contains("unknown");
    }
}
