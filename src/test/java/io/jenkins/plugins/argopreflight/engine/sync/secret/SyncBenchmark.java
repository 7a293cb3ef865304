package io.jenkins.plugins.argopreflight.engine.sync.secret;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.lab.Ask;
import io.jenkins.plugins.argopreflight.engine.lab.RealLab;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import io.jenkins.plugins.argopreflight.engine.preflight.RunResult;
import io.jenkins.plugins.argopreflight.testing.InRun;
import io.jenkins.plugins.argopreflight.testing.ProjectRoot;
import io.jenkins.plugins.argopreflight.testing.server.AuditedRequest;
import io.jenkins.plugins.argopreflight.testing.server.NeedsServers;
import io.jenkins.plugins.argopreflight.testing.server.RealCluster;
import io.jenkins.plugins.argopreflight.testing.server.Server;
import io.jenkins.plugins.argopreflight.testing.server.ServerBinaries;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A sync against a kubectl loop on the same server in the same run; bench/sync.sh runs it, no build does. */
@Tag("bench")
@NeedsServers(Server.CLUSTER)
@ExtendWith(InRun.class)
class SyncBenchmark {

    private static final int NAMESPACES = Integer.getInteger("bench.namespaces", 100);
    private static final List<String> ACCOUNTS = IntStream.range(0, Integer.getInteger("bench.accounts", 3))
            .mapToObj(i -> "account-" + i)
            .toList();

    private final RealCluster cluster = RealCluster.get();

    @Test
    void shouldBeatAKubectlLoop() throws Exception {
        List<String> forKubectl = namespaces("kubectl");
        List<String> forCommand = namespaces("command");
        List<String> forSync = namespaces("sync");
        RealCluster.User kubectlUser = user();
        RealCluster.User commandUser = user();
        RealCluster.User syncUser = user();

        long kubectl = millis(() -> kubectlLoop(cluster.kubeconfig(kubectlUser), forKubectl));
        long command = millis(() -> command(cluster.kubeconfig(commandUser), forCommand));
        millis(() -> sync(user(), namespaces("first")));
        long first = millis(() -> sync(syncUser, forSync));
        List<AuditedRequest> byFirst = cluster.requests(syncUser);
        long second = millis(() -> sync(syncUser, forSync));
        List<AuditedRequest> all = cluster.requests(syncUser);
        List<AuditedRequest> bySecond = all.subList(byFirst.size(), all.size());

        System.out.printf("%n%d namespaces x %d ServiceAccounts%n", NAMESPACES, ACCOUNTS.size());
        System.out.printf("| %-28s | %9s | %6s | %6s | %7s |%n", "", "seconds", "reads", "writes", "reviews");
        row("kubectl loop", kubectl, cluster.requests(kubectlUser));
        row("argo-preflight sync", command, cluster.requests(commandUser));
        row("in a process that runs", first, byFirst);
        row("the same again", second, bySecond);
        System.out.printf(
                "kubectl loop / sync: %.0f x as a command, %.0f x in a process that runs, as in Jenkins%n%n",
                (double) kubectl / command, (double) kubectl / first);
        int podLists = NAMESPACES < 20 ? NAMESPACES : 1;
        assertThat(writes(byFirst)).isEqualTo(NAMESPACES * (1 + ACCOUNTS.size()));
        assertThat(reads(byFirst)).isLessThanOrEqualTo(NAMESPACES * 3 + 1 + podLists);
        assertThat(writes(bySecond)).isZero();
    }

    private static void row(String name, long millis, List<AuditedRequest> requests) {
        long reviews = requests.stream()
                .filter(request -> request.resource().endsWith("reviews"))
                .count();
        System.out.printf(
                "| %-28s | %9.2f | %6d | %6d | %7d |%n",
                name, millis / 1000.0, reads(requests), writes(requests), reviews);
    }

    private static int writes(List<AuditedRequest> requests) {
        return (int) requests.stream().filter(AuditedRequest::isWrite).count();
    }

    private static int reads(List<AuditedRequest> requests) {
        return (int) requests.stream()
                .filter(request ->
                        request.verb().equals("get") || request.verb().equals("list"))
                .count();
    }

    private List<String> namespaces(String prefix) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < NAMESPACES; i++) {
            String namespace = cluster.namespace(prefix);
            ACCOUNTS.forEach(account -> cluster.serviceAccount(namespace, account));
            names.add(namespace);
        }
        return names;
    }

    private RealCluster.User user() {
        List<Right> rights = new ArrayList<>();
        for (String verb : List.of("get", "list", "create", "update", "patch")) {
            rights.add(Right.of(verb, "", "secrets", ""));
            rights.add(Right.of(verb, "", "serviceaccounts", ""));
        }
        rights.add(Right.of("list", "", "namespaces", ""));
        rights.add(Right.of("list", "", "pods", ""));
        return cluster.userWith(rights.toArray(Right[]::new));
    }

    private static Void kubectlLoop(Path kubeconfig, List<String> namespaces) throws IOException, InterruptedException {
        var loop = new ProcessBuilder(
                ProjectRoot.path().resolve("bench/kubectl-loop.sh").toString(),
                ServerBinaries.require("kubectl"),
                kubeconfig.toString(),
                String.join(" ", namespaces),
                String.join(" ", ACCOUNTS));
        loop.environment().put("BENCH_PASSWORD", Ask.CANARY);
        loop.environment().put("HOME", kubeconfig.getParent().toString());
        assertThat(loop.inheritIO().start().waitFor()).isZero();
        return null;
    }

    private static Void command(Path kubeconfig, List<String> namespaces) throws IOException, InterruptedException {
        var command = new ProcessBuilder(
                ProjectRoot.path().resolve("preflight").toString(),
                "sync",
                "--name=regcred",
                "--namespace=" + String.join(",", namespaces),
                "--service-account=" + String.join(",", ACCOUNTS),
                "--registry=registry.example.com",
                "--username=team",
                "--password-env=BENCH_PASSWORD",
                "--kubeconfig=" + kubeconfig);
        command.environment().put("BENCH_PASSWORD", Ask.CANARY);
        command.redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.INHERIT);
        assertThat(command.start().waitFor()).isZero();
        return null;
    }

    private Void sync(RealCluster.User user, List<String> namespaces) {
        try (ClusterGateway gateway = RealLab.connect(cluster.kubeconfig(user))) {
            SyncReport report = new RegistrySecretWriter(gateway, RegistrySecretWriter.CONCURRENCY, Clock.systemUTC())
                    .run(
                            Ask.sync(namespaces.toArray(String[]::new))
                                    .accounts(ACCOUNTS.toArray(String[]::new))
                                    .request(),
                            outcome -> {});
            assertThat(report.result()).isEqualTo(RunResult.OK);
            return null;
        }
    }

    private static long millis(Callable<Void> task) throws Exception {
        long start = System.nanoTime();
        task.call();
        return (System.nanoTime() - start) / 1_000_000;
    }
}
