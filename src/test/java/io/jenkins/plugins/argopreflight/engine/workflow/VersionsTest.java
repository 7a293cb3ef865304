package io.jenkins.plugins.argopreflight.engine.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoVersion;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Problem;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionsTest {

    private static final String PLAIN = Given.workflow("- {name: main, container: {image: i, command: [c]}}\n");
    private static final String RESOURCE = Given.workflow(
            "- {name: main, resource: {action: get, manifest: 'kind: Pod'}, archiveLocation: {archiveLogs: true, s3: {endpoint: e, bucket: b, key: k}}}\n");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3.4.18 | argoexec wait --loglevel info --log-format text",
                "3.5.15 | argoexec wait --loglevel info --log-format text",
                "3.6.19 | argoexec wait --loglevel info --log-format text --gloglevel 0",
                "4.1.2 | argoexec wait --loglevel info --log-format text --gloglevel 0"
            })
    void shouldGiveWaitTheFlagsOfItsVersion(String version, String command) {
        assertThat(texts(Given.pods(version, PLAIN)
                        .pods()
                        .get(0)
                        .spec()
                        .path("containers")
                        .path(0)
                        .path("command")))
                .isEqualTo(command);
    }

    @ParameterizedTest
    @CsvSource({"3.4.18,false,true,false", "3.5.15,true,true,false", "3.6.19,true,false,false", "4.1.2,true,false,true"
    })
    void shouldSetTheVariablesOfItsVersion(String version, boolean uid, boolean template, boolean name) {
        JsonNode containers = Given.pods(version, PLAIN).pods().get(0).spec().path("containers");
        assertThat(names(containers.path(0)).contains("ARGO_WORKFLOW_UID")).isEqualTo(uid);
        assertThat(names(containers.path(1)).contains("ARGO_TEMPLATE")).isEqualTo(template);
        assertThat(names(containers.path(1)).contains("ARGO_WORKFLOW_NAME")).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({"3.5.15,false,1", "3.6.19,true,1", "3.7.18,true,2", "4.0.5,true,2"})
    void shouldLockResourceTemplatesDownAsItsVersionDoes(String version, boolean seccomp, int containers) {
        JsonNode spec = Given.pods(version, RESOURCE).pods().get(0).spec();
        assertThat(spec.path("containers")).hasSize(containers);
        JsonNode main = spec.path("containers").path(containers - 1);
        assertThat(main.path("securityContext").path("runAsUser").asInt()).isEqualTo(8737);
        assertThat(main.path("securityContext").has("seccompProfile")).isEqualTo(seccomp);
        assertThat(main.path("securityContext").path("readOnlyRootFilesystem").asBoolean())
                .isTrue();
    }

    @Test
    void shouldHaveNoInitContainerWhereTheControllerSaysSo() {
        String config = "data: {initlessPod: 'enabled: true'}";
        JsonNode spec = Given.pods("4.1.2", config, PLAIN).pods().get(0).spec();
        assertThat(spec.path("initContainers")).isEmpty();
        assertThat(spec.path("containers").path(0).path("name").asText()).isEqualTo("supervisor");
        assertThat(spec.path("containers").path(1).path("command").path(0).asText())
                .isEqualTo("/argo-bin/bin/argoexec");
        assertThat(spec.path("volumes").toString())
                .contains("\"image\":{\"reference\":\"quay.io/argoproj/argoexec:v4.1.2\"");
        assertThat(Given.pods("4.0.5", config, PLAIN).pods().get(0).spec().path("initContainers"))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "4.0.5 | podResources: {} | podResources came with Argo 4.1; 4.0.5 does not know it",
                "4.0.5 | synchronization: {mutex: {name: a}} | mutex was removed in Argo 4.0; 4.0.5 does not know it; use mutexes",
                "3.5.15 | synchronization: {mutexes: [{name: a}]} | mutexes came with Argo 3.6; 3.5.15 does not know it; use mutex",
                "3.7.18 | podPriority: 1 | podPriority was removed in Argo 3.7; 3.7.18 does not know it; use podPriorityClassName",
                "3.7.18 | 'arguments: {artifacts: [{name: a, plugin: {name: p, key: k}}]}' | plugin came with Argo 4.0; 3.7.18 does not know it",
                "4.7.0 | archiveLogs: true | Argo 4.7.0 is not known: its pods are determined by the rules of 4.1"
            })
    void shouldReportFieldsThatTheVersionDoesNotKnow(String version, String field, String message) {
        assertThat(Given.pods(version, PLAIN + "  " + field + "\n").problems())
                .extracting(Problem::kind, Problem::message)
                .contains(org.assertj.core.groups.Tuple.tuple(Problem.Kind.VERSION, message));
    }

    @ParameterizedTest
    @CsvSource({"v4.0.5,4,0,5", "3.5,3,5,0", "v4.0.5-nonroot,4,0,5", "v4.1.0-rc1,4,1,0"})
    void shouldReadVersions(String text, int major, int minor, int patch) {
        assertThat(ArgoVersion.parse(text)).contains(new ArgoVersion(major, minor, patch, text));
        assertThat(ArgoVersion.parse("latest")).isEmpty();
    }

    private static String texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(each -> texts.add(each.asText()));
        return String.join(" ", texts);
    }

    private static List<String> names(JsonNode container) {
        List<String> names = new ArrayList<>();
        container.path("env").forEach(each -> names.add(each.path("name").asText()));
        return names;
    }
}
