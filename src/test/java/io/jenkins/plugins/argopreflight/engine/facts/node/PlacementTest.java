package io.jenkins.plugins.argopreflight.engine.facts.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import io.jenkins.plugins.argopreflight.testing.InRun;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The node platforms that concern a pod's pulls. */
@ExtendWith(InRun.class)
class PlacementTest {

    private static final List<ObjectNode> NODES = new ManifestReader()
            .read("nodes.yaml", """
                    kind: Node
                    metadata: {name: amd, labels: {kubernetes.io/os: linux, kubernetes.io/arch: amd64, pool: build}}
                    ---
                    kind: Node
                    metadata: {name: arm, labels: {kubernetes.io/arch: arm64, pool: build}}
                    spec: {taints: [{key: arch, value: arm64, effect: NoSchedule}]}
                    ---
                    kind: Node
                    metadata: {name: soft, labels: {pool: soft}}
                    spec: {taints: [{key: arch, effect: PreferNoSchedule}]}
                    status: {nodeInfo: {operatingSystem: linux, architecture: s390x}}
                    ---
                    kind: Node
                    metadata: {name: win, labels: {kubernetes.io/os: windows, kubernetes.io/arch: amd64}}
                    spec: {taints: [{key: os, value: windows, effect: NoExecute}]}
                    ---
                    kind: Node
                    metadata: {name: resting, labels: {kubernetes.io/arch: ppc64le}}
                    spec: {unschedulable: true, taints: [{key: node.kubernetes.io/unschedulable, effect: NoSchedule}]}
                    ---
                    kind: Node
                    metadata: {name: night, labels: {kubernetes.io/arch: riscv64}}
                    spec: {taints: [{key: node.kubernetes.io/unschedulable-at-night, effect: NoSchedule}]}
                    ---
                    kind: Node
                    metadata: {name: nameless, labels: {pool: nameless}}
                    """).stream().map(Document::root).toList();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "{} | linux/amd64 linux/s390x",
                "{nodeSelector: {pool: build}} | linux/amd64",
                "{nodeSelector: {pool: none}} | -",
                "{nodeSelector: {pool: '{{inputs.parameters.pool}}'}} | linux/amd64 linux/s390x",
                "{tolerations: [{key: arch, value: arm64}]} | linux/amd64 linux/arm64 linux/s390x",
                "{tolerations: [{key: arch, operator: Exists, effect: NoExecute}]} | linux/amd64 linux/s390x",
                "{tolerations: [{operator: Exists}]} | linux/amd64 linux/arm64 linux/ppc64le linux/riscv64 linux/s390x"
                        + " windows/amd64",
                "{nodeName: arm} | linux/arm64",
                "{nodeSelector: {pool: nameless}} | -",
            })
    void shouldReportThePlatformsOfTheNodesThatCanTakeThePod(String spec, String platforms) {
        assertThat(new Placement(Fact.known(NODES)).platforms(yaml(spec)))
                .containsExactly(platforms == null ? new String[0] : platforms.split(" "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "{key: pool, operator: In, values: [soft, build]} | linux/amd64 linux/s390x",
                "{key: pool, operator: NotIn, values: [build]} | linux/s390x",
                "{key: pool, operator: DoesNotExist} | -",
                "{key: kubernetes.io/arch, operator: Exists} | linux/amd64",
            })
    void shouldReportThemByRequiredNodeAffinity(String expression, String platforms) {
        String affinity = "{nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms:"
                + " [{matchExpressions: [" + expression + "]}]}}}";
        assertThat(new Placement(Fact.known(NODES)).platforms(yaml("{affinity: " + affinity + "}")))
                .containsExactly(platforms == null ? new String[0] : platforms.split(" "));
    }

    @Test
    void shouldReportNoneWhereItCouldNotBeChecked() {
        assertThat(new Placement(Fact.unknown("forbidden")).platforms(yaml("{}")))
                .isEmpty();
    }

    private static JsonNode yaml(String text) {
        return new ManifestReader().value("spec", text);
    }
}
