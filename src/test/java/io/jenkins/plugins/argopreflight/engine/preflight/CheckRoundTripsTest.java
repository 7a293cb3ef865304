package io.jenkins.plugins.argopreflight.engine.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.lab.RealLab;
import io.jenkins.plugins.argopreflight.engine.registry.TokenRegistry;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import io.jenkins.plugins.argopreflight.testing.InRun;
import io.jenkins.plugins.argopreflight.testing.Lockstep;
import io.jenkins.plugins.argopreflight.testing.server.NeedsServers;
import io.jenkins.plugins.argopreflight.testing.server.RealCluster;
import io.jenkins.plugins.argopreflight.testing.server.Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The number of answers that a check waits for one after the other. It asks nothing twice. */
@NeedsServers(Server.CLUSTER)
@ExtendWith(InRun.class)
class CheckRoundTripsTest {

    @Test
    void shouldNeedFewRoundTripsWhateverTheNumberOfImages() {
        try (Lockstep network = new Lockstep();
                CheckScene scene = new CheckScene(network);
                ClusterGateway gateway =
                        RealLab.connect(scene.proxy.kubeconfig(RealCluster.get().admin()))) {
            Report report = scene.check(gateway);
            assertThat(report.pulls())
                    .hasSizeGreaterThan(CheckScene.IMAGES)
                    .allMatch(pull -> pull.verdict() == Verdict.OK);
            assertThat(report.permissions())
                    .hasSizeGreaterThanOrEqualTo(40)
                    .allMatch(row -> row.answer() == Report.PermissionRow.RightAnswer.YES);
            assertThat(scene.proxy.requests().stream()
                            .filter(request -> request.method().equals("GET")))
                    .doesNotHaveDuplicates();
            for (TokenRegistry registry : scene.registries) {
                assertThat(registry.server().seen()).doesNotHaveDuplicates();
            }
            assertThat(network.steps()).isLessThanOrEqualTo(6);
        }
    }
}
