package io.jenkins.plugins.argopreflight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.argopreflight.testing.ServerBinaries;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** docs/examples/mistakes: each mistake is found, at the object to mend. */
class MistakesTest {

    private static final Path EXAMPLE = ServerBinaries.projectRoot().resolve("docs/examples/mistakes");

    @ParameterizedTest
    @CsvSource({
        "images, pull-secret-missing, Secret ci/registry-secret",
        "images, pull-secret-not-bound, ServiceAccount ci/default",
        "images, pull-secret-not-bound, ServiceAccount ci/elsewhere",
        "images, credential-expired, Secret ci/regcred-2025",
        "images, no-pull-right, Registry /registry.example.com",
        "images, image-not-found, Workflow ci/images-",
        "report, may-run, ServiceAccount ci/powerless",
        "report, node-selector-no-match, Workflow ci/report-",
        "publish, capability-prefix, Workflow release/publish-",
        "publish, docker-socket, Workflow release/publish-",
        "test, container-fs-group, Workflow batch/test-",
        "test, host-path-ownership, Workflow batch/test-",
    })
    void shouldFindEachAtTheObjectToMend(String file, String check, String object) throws IOException {
        Ran ran = Ran.with(
                "check",
                "-f",
                EXAMPLE.resolve("workflows/" + file + ".yaml").toString(),
                "--cluster",
                EXAMPLE.resolve("cluster").toString(),
                "-o",
                "json");
        assertThat(ran.exit()).as(ran.err()).isOne();
        JsonNode report = new JsonMapper().readTree(ran.out());
        assertThat(Schema.problems(ran.out(), "report.schema.json")).isEmpty();
        assertThat(StreamSupport.stream(report.path("findings").spliterator(), false))
                .filteredOn(finding -> finding.path("check").asText().equals(check))
                .extracting(finding -> finding.at("/subject/kind").asText() + " "
                        + finding.at("/subject/namespace").asText() + "/"
                        + finding.at("/subject/name").asText())
                .contains(object);
    }
}
