package io.jenkins.plugins.argopreflight.engine.sync.secret;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.lab.Ask;
import io.jenkins.plugins.argopreflight.engine.lab.Lab;
import io.jenkins.plugins.argopreflight.engine.lab.RealLab;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import io.jenkins.plugins.argopreflight.engine.preflight.RunResult;
import io.jenkins.plugins.argopreflight.engine.sync.scenario.SyncScenarios;
import io.jenkins.plugins.argopreflight.testing.InRun;
import io.jenkins.plugins.argopreflight.testing.server.AuditedRequest;
import io.jenkins.plugins.argopreflight.testing.server.NeedsServers;
import io.jenkins.plugins.argopreflight.testing.server.RealCluster;
import io.jenkins.plugins.argopreflight.testing.server.Server;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The number of requests of a sync, by the audit log of a real kube-apiserver. */
@NeedsServers(Server.CLUSTER)
@ExtendWith(InRun.class)
class RequestBudgetTest extends SyncScenarios {

    private static Lab lab;

    @Override
    protected Lab lab() {
        lab = lab == null ? new RealLab() : lab;
        return lab;
    }

    @Test
    void shouldReadThreeTimesANamespaceAndWriteWhatChangesOnce() {
        List<String> namespaces = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            String ci = lab().namespace("budget");
            account(ci, "argo");
            account(ci, "workflow");
            namespaces.add(ci);
        }
        RealCluster.User user = RealCluster.get()
                .userWith(Stream.of(
                                Right.of("list", "", "namespaces", ""),
                                Right.of("get", "", "secrets", ""),
                                Right.of("create", "", "secrets", ""),
                                Right.of("update", "", "secrets", ""),
                                Right.of("get", "", "serviceaccounts", ""),
                                Right.of("list", "", "serviceaccounts", ""),
                                Right.of("update", "", "serviceaccounts", ""),
                                Right.of("list", "", "pods", ""))
                        .toArray(Right[]::new));
        var gateway = RealLab.connect(RealCluster.get().kubeconfig(user));
        Ask ask = Ask.sync(namespaces.toArray(String[]::new)).accounts("default", "argo", "workflow");

        SyncReport first = run(gateway, ask);
        List<AuditedRequest> requests = RealCluster.get().requests(user);
        SyncReport second = run(gateway, ask);
        List<AuditedRequest> all = RealCluster.get().requests(user);

        assertThat(first.result()).isEqualTo(RunResult.OK);
        // The server that tests share can have more namespaces than a page.
        assertThat(requests.stream().filter(request -> !request.uri().contains("&continue=")))
                .hasSize(first.cost().apiCalls());
        for (String namespace : namespaces) {
            assertThat(requests.stream().filter(request -> request.namespace().equals(namespace)))
                    .extracting(request -> request.verb() + " " + request.resource())
                    .containsExactlyInAnyOrder(
                            "get secrets",
                            "list serviceaccounts",
                            "create secrets",
                            "update serviceaccounts",
                            "update serviceaccounts",
                            "update serviceaccounts",
                            "get secrets");
        }
        assertThat(first.cost().reads())
                .as("with one list of namespaces and one of pods")
                .isEqualTo(25 * 3 + 2);
        assertThat(first.cost().reviews())
                .as("rights are asked for all namespaces at once")
                .isLessThan(12);
        assertThat(second.cost().reads()).isEqualTo(25 * 2 + 1);
        assertThat(all.subList(requests.size(), all.size())).noneMatch(AuditedRequest::isWrite);
        assertThat(second.cost().writes()).isZero();
    }
}
