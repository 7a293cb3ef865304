package io.jenkins.plugins.argopreflight.engine.argo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoVersion;
import io.jenkins.plugins.argopreflight.engine.argo.model.Behaviour;
import io.jenkins.plugins.argopreflight.engine.argo.model.Controller;
import io.jenkins.plugins.argopreflight.engine.argo.model.ControllerFlags;
import io.jenkins.plugins.argopreflight.engine.argo.model.PodRequest;
import io.jenkins.plugins.argopreflight.engine.argo.model.Problem;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import io.jenkins.plugins.argopreflight.testing.InRun;
import io.jenkins.plugins.argopreflight.testing.ProjectRoot;
import io.jenkins.plugins.argopreflight.testing.server.ArgoModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(InRun.class)
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
                "3.7.18 | 'arguments: {artifacts: [{name: a, plugin: {name: p, key: k}}]}' | plugin came with Argo 4.0; 3.7.18 does not know it"
            })
    void shouldReportFieldsThatTheVersionDoesNotKnow(String version, String field, String message) {
        assertThat(Given.pods(version, PLAIN + "  " + field + "\n").problems())
                .extracting(Problem::kind, Problem::text)
                .contains(org.assertj.core.groups.Tuple.tuple(Problem.Kind.VERSION, message));
    }

    @Test
    void shouldReportEachFieldWhoseNameBeginsWithAnUnknownOne() {
        String workflow = Given.workflow(
                "- {name: main, container: {image: i, command: [c], restartPolicy: Always, restartPolicyRules: [{action: Restart}]}}\n");
        assertThat(Given.pods("3.5.15", workflow).problems())
                .extracting(Problem::text)
                .contains(
                        "restartPolicy came with Argo 3.6; 3.5.15 does not know it",
                        "restartPolicyRules came with Argo 4.1; 3.5.15 does not know it");
    }

    @ParameterizedTest
    @CsvSource({"v4.0.5,4,0,5", "3.5,3,5,0", "v4.0.5-nonroot,4,0,5", "v4.1.0-rc1,4,1,0"})
    void shouldReadVersions(String text, int major, int minor, int patch) {
        assertThat(ArgoVersion.parse(text)).contains(new ArgoVersion(major, minor, patch, text));
        assertThat(ArgoVersion.parse("latest")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "3.3.10,v3.4.18",
        "3.4.0,",
        "3.6.19,",
        "3.6.20,v3.6.19",
        "3.8.1,v3.7.18",
        "4.0.99,v4.0.10",
        "4.1.2,",
        "4.7.0,v4.1.2"
    })
    void shouldTakeTheNewestOfItsLineForAReleaseThatIsNotKnown(String version, @Nullable String known) {
        assertThat(ArgoVersion.parse(version).orElseThrow().assumedRelease().map(ArgoVersion::text))
                .isEqualTo(Optional.ofNullable(known));
    }

    @ParameterizedTest
    @CsvSource({
        "OWN_TEMPLATE_DEFAULTS,3.6.15,false",
        "OWN_TEMPLATE_DEFAULTS,3.6.16,true",
        "OWN_TEMPLATE_DEFAULTS,3.7.7,false",
        "OWN_TEMPLATE_DEFAULTS,3.7.8,true",
        "OWN_TEMPLATE_DEFAULTS,4.0.0,true",
        "OWN_TEMPLATE_DEFAULTS,3.5.99,false",
        "SKIPPED_IS_ABSENT,3.7.15,false",
        "SKIPPED_IS_ABSENT,3.7.99,true",
        "SKIPPED_IS_ABSENT,4.0.6,false",
        "SKIPPED_IS_ABSENT,4.0.7,true",
        "SKIPPED_IS_ABSENT,4.1.0,true",
        "SKIPPED_IS_ABSENT,5.0.0,true"
    })
    void shouldHaveABehaviourFromItsFirstReleaseOfTheLineOn(Behaviour behaviour, String version, boolean has) {
        assertThat(ArgoVersion.parse(version).orElseThrow().has(behaviour)).isEqualTo(has);
    }

    @ParameterizedTest
    @EnumSource
    void shouldHaveAKnownFirstReleaseAndASourceForEachBehaviour(Behaviour behaviour) {
        assertThat(behaviour.firsts())
                .isSorted()
                .isNotEmpty()
                .allSatisfy(first -> assertThat(first.assumedRelease()).isEmpty());
        assertThat(behaviour.firsts().stream().map(first -> first.major() + "." + first.minor()))
                .doesNotHaveDuplicates();
        assertThat(behaviour.source()).matches("#\\d+|[\\w/]+\\.go");
    }

    @Test
    void shouldKeepTheDocsInStep() throws IOException {
        StringBuilder wanted = new StringBuilder(DOCS_BEGIN);
        for (ArgoVersion known : ArgoVersion.KNOWN) {
            wanted.append("| %s.%s | %s | %s |%n"
                    .formatted(known.major(), known.minor(), known.text().substring(1), tested(known)));
        }
        wanted.append(DOCS_KUBERNETES.formatted(kubernetes(), weekly()));
        for (Behaviour behaviour : Behaviour.values()) {
            String firsts = behaviour.firsts().stream().map(ArgoVersion::text).collect(Collectors.joining(", "));
            wanted.append("| %s | %s | %s |%n".formatted(behaviour.description(), firsts, source(behaviour)));
        }
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(DOCS, wanted);
        }
        String readme = Files.readString(README);
        String line = README_LINE.formatted(
                covered(), tested(argo -> !argo.isWeekly()), tested(ArgoModule::isWeekly), kubernetes(), weekly());
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(README, readme.replaceFirst("(?m)^\\| .* \\| \\[docs/argo-versions\\.md].*$", line));
        }
        assertThat(Files.readString(README)).contains(line);
        assertThat(Files.readString(DOCS))
                .as("docs/argo-versions.md: run the tests with -Ddocs.write=true and commit it")
                .isEqualTo(wanted.toString());
    }

    private static String covered() {
        return ArgoVersion.KNOWN.stream()
                .map(known -> known.text().substring(1))
                .collect(Collectors.joining(", "));
    }

    private static String tested(Predicate<ArgoModule> which) {
        return ArgoModule.all().stream()
                .filter(which)
                .map(argo -> argo.version().substring(1))
                .collect(Collectors.joining(", "));
    }

    private static String tested(ArgoVersion known) {
        return ArgoModule.all().stream()
                .filter(argo -> argo.line().equals(known.major() + "." + known.minor()))
                .map(argo -> argo.version().substring(1) + (argo.isWeekly() ? ", weekly" : ""))
                .findFirst()
                .orElse("");
    }

    private static String kubernetes() throws IOException {
        Matcher required = Pattern.compile("k8s\\.io/kubernetes v(\\S+)")
                .matcher(Files.readString(ProjectRoot.path().resolve("tools/go.mod")));
        assertThat(required.find()).isTrue();
        return required.group(1);
    }

    private static String weekly() throws IOException {
        return new ManifestReader()
                .value(
                        ".github/workflows/versions.yaml",
                        Files.readString(ProjectRoot.path().resolve(".github/workflows/versions.yaml")))
                .at("/jobs/servers/strategy/matrix/kubernetes")
                .valueStream()
                .map(JsonNode::asText)
                .collect(Collectors.joining(" and "));
    }

    private static String source(Behaviour behaviour) {
        String source = behaviour.source();
        return source.startsWith("#")
                ? "[%s](https://github.com/argoproj/argo-workflows/pull/%s)".formatted(source, source.substring(1))
                : "`" + source + "`";
    }

    private static final Path DOCS = ProjectRoot.path().resolve("docs/argo-versions.md");

    private static final Path README = ProjectRoot.path().resolve("README.md");

    private static final String README_LINE =
            "| versions of Argo: covered in each minor version up to %s; the tests run Argo %s (once a week also %s) and Kubernetes %s (once a week also %s) | [docs/argo-versions.md](docs/argo-versions.md) |";

    private static final String DOCS_BEGIN = """
            # Versions of Argo Workflows

            <!-- Written from the table of behaviours; change that, then run the tests with -Ddocs.write=true. -->

            Argo Preflight covers the releases up to those of the second column: what differs was read in their sources. The
            tests also run the real controllers of the third column, and compare its answers with the end-to-end suites of
            these releases.

            | line | covered up to | tested with |
            |---|---|---|
            """;

    private static final String DOCS_KUBERNETES = """

            The API server of these tests is that of Kubernetes %s, once a week also those of %s.

            No Go module of Argo 4.1 can be downloaded. Its controller 4.1.2, built from the sources, was tried once: it made
            the pods that Argo Preflight derives, in both layouts, and the workflows of its suite whose outputs are skipped
            or omitted ended as reported.

            A later release of Argo is judged like the newest one of its line, and the report says so. The table lists what
            differs between releases, besides fields, settings and rights: the first release of each line that has it, and a
            pull request or a file of argoproj/argo-workflows.

            | behaviour | from | source |
            |---|---|---|
            """;

    @ParameterizedTest
    @CsvSource({
        "3.6.19,steps,false",
        "3.7.10,steps,false",
        "3.7.11,steps,true",
        "3.7.18,steps,true",
        "4.0.1,dag,false",
        "4.0.5,steps,true",
        "4.0.5,dag,true",
        "4.0.7,steps,false",
        "4.0.7,dag,true",
        "4.1.2,steps,false",
        "4.1.2,dag,true"
    })
    void shouldRefuseAnInputInTheNameOfAMemberAsItsVersionDoes(String version, String kind, boolean refused) {
        String member = "{name: 'run-{{inputs.parameters.date}}', template: work}";
        String day = "inputs: {parameters: [{name: date, value: a}]}, "
                + (kind.equals("dag") ? "dag: {tasks: [" + member + "]}" : "steps: [[" + member + "]]");
        String work = "- {name: work, container: {image: i, command: [c]}}\n";
        String called = Given.workflow(
                "- {name: main, steps: [[{name: week, template: day}]]}\n- {name: day, " + day + "}\n" + work);
        assertThat(Given.pods(version, called).problems())
                .extracting(Problem::path)
                .containsExactlyElementsOf(
                        !refused
                                ? List.of()
                                : List.of("spec.templates[1]."
                                        + (kind.equals("dag") ? "dag.tasks[0].name" : "steps[0][0].name")));
        String entrypoint = Given.workflow("- {name: main, " + day + "}\n" + work);
        assertThat(Given.pods(version, entrypoint).problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"3.6.19,1,0", "3.7.13,1,0", "3.7.14,0,1", "4.0.4,1,0", "4.0.5,0,1", "4.1.2,0,1"})
    void shouldRefuseWhatAnInlineGroupCallsAsItsVersionDoes(String version, int problems, int pods) {
        for (String group :
                List.of("steps: [[{name: b, template: work}]]", "dag: {tasks: [{name: b, template: work}]}")) {
            ArgoPods made = Given.pods(
                    version,
                    Given.workflow("- {name: main, steps: [[{name: a, inline: {" + group + "}}]]}\n"
                            + "- {name: work, container: {image: i, command: [c]}}\n"));
            assertThat(made.problems())
                    .hasSize(problems)
                    .allMatch(problem -> problem.text().startsWith("failed to get a template"));
            assertThat(made.pods()).hasSize(pods);
        }
    }

    /** The ends are those that the real controllers of these releases gave. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "3.6.18 | '{{steps.a.outputs.parameters.p}}' != x |",
                "3.6.18 | {{steps.a.outputs.parameters.p}} != x | failed to resolve",
                "3.7.18 | '{{steps.a.outputs.parameters.p}}' != x | unable to substitute",
                "4.0.7 | '{{steps.a.outputs.parameters.p}}' != x | unable to substitute",
                "4.1.2 | '{{steps.a.outputs.parameters.p}}' != x | unable to substitute",
                "4.1.2 | {{= steps.a.outputs.parameters.p != 'x'}} |"
            })
    void shouldReadAConditionOnASkippedOutputAsItsVersionDoes(String version, String when, @Nullable String refusal) {
        String workflow = Given.workflow("- {name: main, steps: [[{name: a, template: work, when: 'false'}], "
                + "[{name: b, template: work, when: \"" + when + "\"}]]}\n"
                + "- {name: work, outputs: {parameters: [{name: p, valueFrom: {path: /p}}]}, "
                + "container: {image: i, command: [c]}}\n");
        assertThat(Given.pods(version, workflow).problems())
                .extracting(problem -> problem.text().replaceFirst(" \\{\\{.*", ""))
                .containsExactlyElementsOf(Optional.ofNullable(refusal).stream().toList());
    }

    private static final String RESTRICTED = "data: {workflowRestrictions: 'templateReferencing: Strict'}";
    private static final String REFERENCE = """
            kind: Workflow
            metadata: {name: wf}
            spec:
              workflowTemplateRef: {name: base}
              podSpecPatch: '{}'
              hostNetwork: true
              artifactGC: {strategy: Never, serviceAccountName: other}
            ---
            kind: WorkflowTemplate
            metadata: {name: base, namespace: ci}
            spec:
              entrypoint: main
              templates: [{name: main, container: {image: i, command: [c]}}]
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3.6.19 | ''",
                "3.7.10 | ''",
                "3.7.11 | podSpecPatch is",
                "4.0.4  | podSpecPatch is",
                "3.7.14 | fields [podSpecPatch] are, fields [hostNetwork] are",
                "4.0.5  | fields [podSpecPatch] are, fields [hostNetwork] are",
                "3.7.15 | fields [podSpecPatch] are, fields [hostNetwork] are, fields [artifactGC.serviceAccountName] are",
                "4.0.6  | fields [podSpecPatch] are, fields [hostNetwork] are, fields [artifactGC.serviceAccountName] are"
            })
    void shouldRefuseInReferenceModeWhatItsVersionRefuses(String version, String refused) {
        assertThat(Given.pods(version, RESTRICTED, REFERENCE).problems())
                .extracting(problem -> problem.text().replaceFirst(" not permitted when .*", ""))
                .containsExactlyElementsOf(refused.isEmpty() ? List.of() : List.of(refused.split(", ")));
    }

    @ParameterizedTest
    @CsvSource({"3.7.16,2", "3.7.17,1", "4.0.7,2", "4.0.8,1", "4.1.0,1"})
    void shouldPermitInReferenceModeWhatTheControllersEnvironmentAdds(String version, int refused) {
        List<Document> documents = new ManifestReader()
                .read("wf.yaml", REFERENCE.replace("artifactGC: {strategy: Never, serviceAccountName: other}", ""));
        ControllerFlags flags = new ControllerFlags(
                "argo",
                "",
                "",
                "info",
                "text",
                "0",
                Map.of("WORKFLOW_USER_OVERRIDE_ALLOWLIST", "volumes, podSpecPatch"));
        Controller controller = Controller.of(
                new ManifestReader()
                        .read("config.yaml", "kind: ConfigMap\n" + RESTRICTED)
                        .get(0),
                flags,
                ArgoVersion.parse(version).orElseThrow(),
                List.of());
        PodRequest request = new PodRequest(documents.get(0), "ci", "", new FixedObjects().add(documents), controller);
        assertThat(ArgoPods.of(request).problems())
                .hasSize(refused)
                .allMatch(problem -> problem.kind() == Problem.Kind.REFUSED);
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
