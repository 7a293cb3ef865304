package io.jenkins.plugins.argopreflight.engine.argo.field;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import io.jenkins.plugins.argopreflight.testing.InRun;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(InRun.class)
class StrategicMergeTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "PodSpec | {a: {b: 1, c: 2}} | {a: {b: 3}} | {a: {b: 3, c: 2}}",
                "PodSpec | {a: 1, b: 2} | {a: null} | {b: 2}",
                "PodSpec | {a: [1, 2]} | {a: [3]} | {a: [3]}",
                "PodSpec | {containers: [{name: a, x: 1}, {name: b}]} | {containers: [{name: b, x: 2}]} "
                        + "| {containers: [{name: a, x: 1}, {name: b, x: 2}]}",
                "PodSpec | {containers: [{name: a, env: [{name: A}]}]} | {containers: [{name: a, env: [{name: B}]}]} "
                        + "| {containers: [{name: a, env: [{name: B}, {name: A}]}]}",
                "PodSpec | {containers: [{name: a}, {name: b}]} | {containers: [{$patch: delete, name: a}]} "
                        + "| {containers: [{name: b}]}",
                "PodSpec | {containers: [{name: a}]} | {containers: [{name: c}, {$patch: replace}]} | {containers: [{name: c}]}",
                "PodSpec | {imagePullSecrets: [{name: a}]} | {imagePullSecrets: [{name: b}]} "
                        + "| {imagePullSecrets: [{name: b}, {name: a}]}",
                "PodSpec | {tolerations: [{key: a}]} | {tolerations: [{key: b}]} | {tolerations: [{key: b}]}",
                "WorkflowSpec | {tolerations: [{key: a}]} | {tolerations: [{key: b}]} | {tolerations: [{key: b}, {key: a}]}",
                "PodSpec | {securityContext: {runAsUser: 1}} | {securityContext: {$patch: replace, fsGroup: 2}} "
                        + "| {securityContext: {fsGroup: 2}}",
                "Container | {volumeMounts: [{mountPath: /a, name: x}]} | {volumeMounts: [{mountPath: /a, name: y}]} "
                        + "| {volumeMounts: [{mountPath: /a, name: y}]}",
                "Container | {args: [a, b]} | {$deleteFromPrimitiveList/args: [a]} | {args: [b]}",
                "Template | {container: {env: [{name: A, value: '1'}]}} | {container: {env: [{name: B}]}} "
                        + "| {container: {env: [{name: B}, {name: A, value: '1'}]}}",
                "PodSpec | {volumes: [{name: v, emptyDir: {}}]} | {volumes: [{name: v, $retainKeys: [name, hostPath], hostPath: {path: /x}}]} "
                        + "| {volumes: [{name: v, hostPath: {path: /x}}]}",
                "PodSpec | {} | {a: {b: null, c: 1}} | {a: {c: 1}}"
            })
    void shouldMergeAsKubernetesDoes(String type, String original, String patch, String merged) {
        ManifestReader reader = new ManifestReader();
        assertThat(StrategicMerge.merge(reader.value("o", original), reader.value("p", patch), type))
                .isEqualTo(reader.value("m", merged));
    }
}
