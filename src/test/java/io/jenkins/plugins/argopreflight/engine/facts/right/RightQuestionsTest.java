package io.jenkins.plugins.argopreflight.engine.facts.right;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoVersion;
import io.jenkins.plugins.argopreflight.engine.facts.object.ClusterKinds;
import io.jenkins.plugins.argopreflight.engine.facts.object.ClusterReader;
import io.jenkins.plugins.argopreflight.engine.facts.right.NeededRight.Party;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.WorkflowRequest;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.Workflows;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Identity;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import io.jenkins.plugins.argopreflight.testing.InRun;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(InRun.class)
class RightQuestionsTest {

    private static final String MAIN = "    container: {image: a/b:1, command: [x]}\n";

    static Stream<Arguments> actions() {
        return Stream.of(
                Arguments.of("action: get", "get"),
                Arguments.of("action: create", "create"),
                Arguments.of("action: apply", "get,create,patch"),
                Arguments.of("action: patch", "patch"),
                Arguments.of("action: replace", "update"),
                Arguments.of("action: delete", "delete"),
                Arguments.of("{action: create, successCondition: status.succeeded > 0}", "create,get"),
                Arguments.of("{action: delete, flags: [-l, a=b]}", "delete,list"));
    }

    @ParameterizedTest
    @MethodSource("actions")
    void shouldNeedTheVerbsThatKubectlUses(String resource, String verbs) {
        String body = resource.startsWith("{") ? resource.substring(1, resource.length() - 1) : resource;
        List<Right> rights = rights(
                "v4.0.5",
                "    resource: {" + body
                        + ", manifest: \"{apiVersion: v1, kind: ConfigMap, metadata: {name: made}}\"}\n",
                "resource template main");

        assertThat(rights).extracting(Right::resource).containsOnly("configmaps");
        assertThat(rights).extracting(Right::namespace).containsOnly("ci");
        assertThat(rights).extracting(Right::verb).containsExactly(verbs.split(","));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "deploy web|apps|deployments",
                "pods,x/y||pods",
                "workflow wf|argoproj.io|workflows",
                "crontabs.stable.example.com c|stable.example.com|crontabs"
            })
    void shouldTakeKindsFromTheCommandLine(String words, String group, String plural) {
        List<Right> rights = rights(
                "v4.0.5",
                "    resource: {action: patch, mergeStrategy: json, flags: [\"" + words.replace(" ", "\", \"")
                        + "\"], manifest: \"[{op: add}]\"}\n",
                "resource template main");

        assertThat(rights)
                .contains(new Right(
                        "patch",
                        group == null ? "" : group,
                        plural,
                        "",
                        "ci",
                        rights.get(0).name()));
    }

    @ParameterizedTest
    @CsvSource({
        "v3.3.0, pods pods pods",
        "v3.5.15, workflowtaskresults workflowtaskresults pods pods",
        "v3.6.0, workflowtaskresults workflowtaskresults",
        "v4.1.0, workflowtaskresults workflowtaskresults"
    })
    void shouldNeedWhatThatVersionOfArgoNeeds(String version, String resources) {
        assertThat(rights(version, MAIN, "executor"))
                .extracting(Right::resource)
                .containsExactly(resources.split(" "));
    }

    @Test
    void shouldLeaveOpenWhatOnlyTheRunningWorkflowKnows() {
        List<RightQuestion> questions = questions(
                "v4.0.5", "    resource: {action: create, manifest: \"{apiVersion: v1, kind: '{{workflow.uid}}'}\"}\n");

        assertThat(questions)
                .filteredOn(question -> question.right().ifKnown().isEmpty())
                .singleElement()
                .satisfies(question -> assertThat(question.purpose().text()).startsWith("resource template main"));
    }

    @Test
    void shouldReportEachNeedOnceForAllPods() {
        String two = "    steps: [[{name: a, template: x}, {name: b, template: y}]]\n  - name: x\n" + MAIN
                + "  - name: y\n" + MAIN;

        assertThat(questions("v4.0.5", two))
                .filteredOn(question -> question.purpose().text().startsWith("executor"))
                .hasSize(2)
                .allSatisfy(question -> assertThat(question.pods()).hasSize(2));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{name: tool}|0", "{name: wf-main-1, labels: {workflows.argoproj.io/workflow: wf}}|2"})
    void shouldNeedNoExecutorForAPodThatArgoDidNotCreate(String metadata, int rights) {
        String yaml = "apiVersion: v1\nkind: Pod\nmetadata: " + metadata
                + "\nspec:\n  containers: [{name: main, image: registry.example.com/team/image:v1.2}]\n";

        assertThat(questionsOf("v4.0.5", yaml))
                .filteredOn(question -> question.purpose().text().startsWith("executor"))
                .hasSize(rights);
    }

    private static List<Right> rights(String version, String template, String neededFor) {
        return questions(version, template).stream()
                .filter(question -> question.party() == Party.WORKFLOW
                        && question.purpose().text().startsWith(neededFor))
                .map(question -> question.right().ifKnown().orElseThrow())
                .toList();
    }

    private static List<RightQuestion> questions(String version, String template) {
        String yaml = "apiVersion: argoproj.io/v1alpha1\nkind: Workflow\nmetadata: {name: wf}\nspec:\n"
                + "  entrypoint: main\n  templates:\n  - name: main\n" + template;
        return questionsOf(version, yaml);
    }

    private static List<RightQuestion> questionsOf(String version, String yaml) {
        WorkflowRequest request = new WorkflowRequest(
                new ManifestReader().read("wf.yaml", yaml), "ci", "argo", ArgoVersion.parse(version), List.of());
        Workflows followed = Workflows.expand(
                Workflows.toCheck(request.documents()), request, new ClusterReader(Fact.unknown("no cluster")), 1);
        return RightQuestions.of(
                followed.workflows(),
                followed.controller(),
                Fact.known(new Identity("jane", List.of())),
                Fact.known(Identity.ofServiceAccount("argo", "argo")),
                ClusterKinds.of(List.of()));
    }
}
