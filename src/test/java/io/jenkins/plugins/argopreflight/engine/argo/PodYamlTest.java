package io.jenkins.plugins.argopreflight.engine.argo;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.argo.model.FieldSource;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import io.jenkins.plugins.argopreflight.testing.InRun;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InRun.class)
class PodYamlTest {

    private static final String CONFIG = """
            metadata: {name: workflow-controller-configmap}
            data:
              executor: |
                resources: {limits: {cpu: 100m}}
              mainContainer: |
                imagePullPolicy: Always
              workflowDefaults: |
                spec: {nodeSelector: {pool: ci}, serviceAccountName: runner}
            """;
    private static final String WORKFLOW = """
            kind: Workflow
            metadata: {name: wf}
            spec:
              entrypoint: main
              podSpecPatch: '{"containers": [{"name": "main", "env": [{"name": "B", "value": "2"}]}]}'
              templates:
              - name: main
                tolerations: [{key: x, operator: Exists}]
                container:
                  image: busybox
                  command: [sh]
                  env: [{name: A, value: "1: one"}]
            ---
            kind: ServiceAccount
            metadata: {name: runner}
            imagePullSecrets: [{name: regcred}]
            """;

    @Test
    void shouldSayWhoSetAField() {
        ArgoPod pod = Given.pods("4.0.5", CONFIG, WORKFLOW).pods().get(0);
        assertThat(pod.origin("spec.containers[main].image"))
                .hasToString("template: spec.templates[0].container.image (wf.yaml:10:7)");
        assertThat(pod.origin("spec.containers[main].imagePullPolicy").source()).isEqualTo(FieldSource.MAIN_CONTAINER);
        assertThat(pod.origin("spec.containers[main].env[A].value"))
                .hasToString("template: spec.templates[0].container.env[0].value (wf.yaml:12:23)");
        assertThat(pod.origin("spec.containers[main].env[B]").source()).isEqualTo(FieldSource.POD_SPEC_PATCH);
        assertThat(pod.origin("spec.containers[main].env[ARGO_NODE_ID]").source())
                .isEqualTo(FieldSource.ARGO);
        assertThat(pod.origin("spec.containers[wait].resources.limits.cpu").source())
                .isEqualTo(FieldSource.EXECUTOR);
        assertThat(pod.origin("spec.nodeSelector.pool").source()).isEqualTo(FieldSource.WORKFLOW_DEFAULTS);
        assertThat(pod.origin("spec.tolerations[x].operator").source()).isEqualTo(FieldSource.TEMPLATE);
        assertThat(pod.origin("spec.imagePullSecrets[regcred].name"))
                .hasToString("ServiceAccount, by admission: imagePullSecrets[0].name (wf.yaml:16:21)");
        assertThat(pod.origins()).hasSizeGreaterThan(50);
    }

    @Test
    void shouldPrintYamlThatReadsBackAsThePod() {
        List<ArgoPod> pods = Given.pods("4.0.5", CONFIG, WORKFLOW).pods();
        String yaml = PodYaml.render(pods);
        assertThat(yaml)
                .contains("# template main (wf.yaml:7:5)")
                .contains(
                        "imagePullPolicy: Always  # mainContainer of the controller: data.mainContainer.imagePullPolicy (config.yaml:6:3)")
                .contains(
                        "nodeSelector:  # workflowDefaults of the controller: data.workflowDefaults.spec.nodeSelector (config.yaml:8:3)");
        List<Document> read = new ManifestReader().read("pods.yaml", yaml);
        assertThat(read).hasSize(1);
        assertThat(read.get(0).root().path("spec")).isEqualTo(pods.get(0).spec());
    }

    @Test
    void shouldShowTheSourceOfAnElementWhoseValueLooksLikeAComment() {
        String config = """
                data:
                  workflowDefaults: |
                    spec: {tolerations: [{value: "a  # b", key: x}]}
                """;
        String workflow = Given.workflow("- {name: main, container: {image: busybox, command: [sh]}}");

        assertThat(PodYaml.render(Given.pods("4.0.5", config, workflow).pods()))
                .contains("- value: \"a  # b\"  # workflowDefaults of the controller: ");
    }

    @Test
    void shouldShowConditionsAsInTheWorkflow() {
        String workflow = Given.workflow("""
                - name: main
                  dag:
                    tasks:
                    - {name: a, template: a}
                    - {name: b, template: b, depends: a, when: "{{tasks.a.outputs.result}} == 'only if only'"}
                    - {name: c, template: c, depends: a.Failed}
                - {name: a, script: {image: a, command: [sh], source: echo}}
                - {name: b, container: {image: b, command: [sh]}}
                - {name: c, container: {image: c, command: [sh]}}
                """);

        assertThat(PodYaml.render(Given.pods("4.0.5", workflow).pods()))
                .contains("\n# only if when: {{tasks.a.outputs.result}} == 'only if only'\n")
                .contains("\n# only on failure: depends: a.Failed\n");
    }
}
