package io.jenkins.plugins.argopreflight.engine.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterConnection;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.client.Fabric8Gateway;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.testing.InRun;
import io.jenkins.plugins.argopreflight.testing.server.Fault;
import io.jenkins.plugins.argopreflight.testing.server.FaultProxy;
import io.jenkins.plugins.argopreflight.testing.server.NeedsServers;
import io.jenkins.plugins.argopreflight.testing.server.RealCluster;
import io.jenkins.plugins.argopreflight.testing.server.Server;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Exactly once, through connections that break. */
@NeedsServers(Server.CLUSTER)
@ExtendWith(InRun.class)
class SubmitterTest {

    private final RealCluster cluster = RealCluster.get();
    private String namespace;

    @BeforeEach
    void makeNamespace() {
        namespace = cluster.namespace("submit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"before", "after", "500", "503"})
    void shouldCreateOneWorkflowWhenTheAnswerIsLost(String when) {
        Fault fault =
                switch (when) {
                    case "before" -> Fault.CUT_BEFORE;
                    case "after" -> Fault.CUT_AFTER;
                    case "500" -> Fault.internalError();
                    default -> Fault.unavailable();
                };
        try (FaultProxy proxy = FaultProxy.before(cluster).fail(FaultProxy.Request::isWrite, 1, fault);
                ClusterGateway gateway = Fabric8Gateway.connect(
                        ClusterConnection.DEFAULT.withKubeconfigs(proxy.kubeconfig(cluster.admin())))) {
            Draft draft = draft(gateway, "id-1", "{generateName: build-}");

            ObjectNode made = new Submitter(gateway, Duration.ofMillis(10)).submit(draft);

            assertThat(gateway.list(Resource.WORKFLOWS, namespace, "", ""))
                    .singleElement()
                    .satisfies(found -> assertThat(KubeObjects.uid(found)).isEqualTo(KubeObjects.uid(made)));
            assertThat(proxy.requests()).filteredOn(FaultProxy.Request::isWrite).hasSize(2);
        }
    }

    @Test
    void shouldTakeAWorkflowForItsOwnOnlyByItsId() {
        try (ClusterGateway gateway =
                Fabric8Gateway.connect(ClusterConnection.DEFAULT.withKubeconfigs(cluster.adminKubeconfig()))) {
            Submitter submitter = new Submitter(gateway);
            ObjectNode first = submitter.submit(draft(gateway, "id-1", "{name: build}"));

            assertThat(KubeObjects.uid(submitter.submit(draft(gateway, "id-1", "{name: build}"))))
                    .isEqualTo(KubeObjects.uid(first));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> submitter.submit(draft(gateway, "id-2", "{name: build}")))
                    .withMessageContaining("exists already")
                    .withMessageContaining("metadata.generateName");
        }
    }

    private Draft draft(ClusterGateway gateway, String id, String metadata) {
        String yaml = "apiVersion: argoproj.io/v1alpha1\nkind: Workflow\nmetadata: " + metadata + "\nspec: {}\n";
        return Draft.of(
                gateway,
                new Submission(DraftTest.file(yaml), "", namespace, "", "", Map.of(), Map.of(), Map.of(), namespace),
                id);
    }

    @Test
    void shouldRefuseToSubmitNothing() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new Submission(List.of(), "", namespace, "", "", Map.of(), Map.of(), Map.of(), namespace))
                .withMessageContaining("name one workflow");
    }
}
