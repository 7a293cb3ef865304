package io.jenkins.plugins.argopreflight.engine.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.lab.RealLab;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import io.jenkins.plugins.argopreflight.testing.InRun;
import io.jenkins.plugins.argopreflight.testing.NoRegistry;
import io.jenkins.plugins.argopreflight.testing.Requests;
import io.jenkins.plugins.argopreflight.testing.server.NeedsServers;
import io.jenkins.plugins.argopreflight.testing.server.RealCluster;
import io.jenkins.plugins.argopreflight.testing.server.RealCluster.User;
import io.jenkins.plugins.argopreflight.testing.server.Server;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The rights of a Sensor's ServiceAccount and the ConfigMap of a trigger, as a real API server answers. */
@NeedsServers(Server.CLUSTER)
@ExtendWith(InRun.class)
class SensorOnServerTest {

    private static final String WORKFLOW = """
            apiVersion: argoproj.io/v1alpha1
            kind: Workflow
            metadata: {generateName: build-, namespace: NAMESPACE, labels: {LABEL: "true"}}
            spec:
              entrypoint: main
              templates:
              - name: main
                container: {image: "registry.example.com/team/image:v1.2", command: [make]}
            """;

    private final RealCluster cluster = RealCluster.get();
    private String namespace;
    private String events;
    private User account;

    @BeforeEach
    void makeNamespaces() {
        namespace = cluster.namespace("sensor-ci");
        events = cluster.namespace("sensor-events");
        cluster.serviceAccount(namespace, "default");
        cluster.serviceAccount(events, "submitter");
        account = new User("system:serviceaccount:" + events + ":submitter", "");
    }

    private String workflow() {
        return WORKFLOW.replace("NAMESPACE", namespace).replace("LABEL", "team");
    }

    private String sensor(String trigger, String source) {
        return "apiVersion: argoproj.io/v1alpha1\nkind: Sensor\nmetadata: {name: webhook, namespace: " + events
                + "}\nspec:\n  template: {serviceAccountName: submitter}\n  triggers:\n  - template:\n      name: "
                + trigger + "\n      argoWorkflow:\n        source:\n" + source.indent(10);
    }

    private Report check(User user, String sensor) {
        try (ClusterGateway gateway = RealLab.connect(cluster.kubeconfig(user))) {
            return new Preflight(Fact.known(gateway), new NoRegistry(), 4)
                    .askingRegistries(false)
                    .run(Requests.of(new ManifestReader().read("sensor.yaml", sensor), namespace, "argo", "v4.0.5"));
        }
    }

    private List<String> rights() {
        return check(cluster.admin(), sensor("build", "resource:\n" + workflow().indent(2))).findings().stream()
                .filter(finding -> finding.check().equals("may-submit"))
                .map(finding -> finding.outcome() + " " + finding.title())
                .toList();
    }

    @Test
    void shouldAskForTheRightsOfTheSensorsAccountWhereTheWorkflowIsMade() {
        cluster.grant(account, Right.of("create", Resource.WORKFLOWS, events));
        assertThat(rights()).containsExactly("FAIL ServiceAccount submitter is not allowed to create, list workflows");
        cluster.grant(account, Right.of("create", Resource.WORKFLOWS, namespace));
        assertThat(rights()).containsExactly("WARN ServiceAccount submitter is not allowed to list workflows");
        cluster.grant(account, Right.of("list", Resource.WORKFLOWS, namespace));
        assertThat(rights()).isEmpty();
    }

    @Test
    void shouldReadAConfigMapOnlyWithTheRightTo() {
        cluster.api()
                .create(
                        "/api/v1/namespaces/" + events + "/configmaps",
                        Map.of("metadata", Map.of("name", "stored"), "data", Map.of("wf", workflow())));
        String sensor = sensor("build", "configmap: {name: stored, key: wf}");
        User user = cluster.userWith();
        assertThat(check(user, sensor).unknown())
                .anySatisfy(row ->
                        assertThat(row.missingRight()).isEqualTo("get configmaps \"stored\" in namespace " + events));
        cluster.grant(user, Right.of("get", Resource.CONFIG_MAPS, events).named("stored"));
        assertThat(check(user, sensor).subjects())
                .singleElement()
                .satisfies(subject -> assertThat(subject.namespace()).isEqualTo(namespace));
    }

    @Test
    void shouldTryTheWorkflowWithTheLabelsOfArgoEvents() {
        Report report = check(
                cluster.admin(), sensor("on push", "resource:\n" + workflow().indent(2)));
        assertThat(report.findings().stream()
                        .filter(finding -> finding.outcome() == Outcome.FAIL)
                        .map(Finding::message))
                .anySatisfy(message -> assertThat(message).contains("metadata.labels: Invalid value: \"on push\""));
    }
}
