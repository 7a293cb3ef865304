package io.jenkins.plugins.argopreflight.engine.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.lab.RealLab;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import io.jenkins.plugins.argopreflight.testing.InRun;
import io.jenkins.plugins.argopreflight.testing.ProjectRoot;
import io.jenkins.plugins.argopreflight.testing.server.NeedsServers;
import io.jenkins.plugins.argopreflight.testing.server.RealCluster;
import io.jenkins.plugins.argopreflight.testing.server.Server;
import io.jenkins.plugins.argopreflight.testing.server.ServerBinaries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A check of 20 images in 5 registries and of more than 40 rights, 50 ms a request, against a loop over kubectl and
 * crane on the same servers in the same run. Runs with {@code -Dbenchmark=true} only; bench/check.sh calls it.
 */
@Tag("benchmark")
@NeedsServers({Server.CLUSTER, Server.REGISTRY})
@EnabledIfSystemProperty(named = "benchmark", matches = "true")
@ExtendWith(InRun.class)
class CheckBenchmark {

    private static final long DELAY = 50;
    private static final int RUNS = 5;

    @TempDir
    private Path folder;

    @Test
    void shouldBeatALoopOverKubectlAndCrane() throws Exception {
        try (CheckScene scene = new CheckScene(CheckBenchmark::sleep)) {
            Path kubeconfig = scene.proxy.kubeconfig(RealCluster.get().admin());
            List<Long> walls = new ArrayList<>();
            Report report = null;
            for (int i = 0; i < RUNS; i++) {
                long start = System.nanoTime();
                try (ClusterGateway gateway = RealLab.connect(kubeconfig)) {
                    report = scene.check(gateway);
                }
                walls.add((System.nanoTime() - start) / 1_000_000);
            }
            long first = walls.get(0);
            long median = walls.stream().sorted().toList().get(RUNS / 2);
            long command = command(scene, kubeconfig);
            scene.proxy.reset();
            long loop = loop(scene, kubeconfig, report);
            System.out.printf(
                    "%ncheck: %d images in %d registries, %d rights, %d pods, %d ms a request: %d requests to the"
                            + " cluster, %d to registries%n",
                    CheckScene.IMAGES,
                    CheckScene.REGISTRIES,
                    report.permissions().size(),
                    report.pods().size(),
                    DELAY,
                    report.cost().apiCalls(),
                    report.cost().registryCalls());
            System.out.printf(
                    "in a process that runs: %d ms at first, median of %d: %d ms; as a command: %d ms%n",
                    first, RUNS, median, command);
            System.out.printf(
                    "kubectl and crane loop: %d ms, %d requests to the cluster; ratio %.0f in a process that runs (%.0f"
                            + " at first), %.0f as a command%n%n",
                    loop,
                    scene.proxy.requests().size(),
                    loop / (double) median,
                    loop / (double) first,
                    loop / (double) command);
            assertThat(report.pulls()).allMatch(pull -> pull.verdict() == Verdict.OK);
        }
    }

    private long command(CheckScene scene, Path kubeconfig) throws IOException, InterruptedException {
        Path workflow = Files.writeString(folder.resolve("w.yaml"), scene.workflow());
        return run(
                false,
                ProjectRoot.path().resolve("preflight").toString(),
                "check",
                "--filename=" + workflow,
                "--namespace=" + scene.namespace,
                "--argo-namespace=" + scene.argo,
                "--kubeconfig=" + kubeconfig,
                "--concurrency=64",
                "--fail-on=never");
    }

    private long loop(CheckScene scene, Path kubeconfig, Report report) throws IOException, InterruptedException {
        String rights = report.permissions().stream()
                .map(row -> row.verb() + " " + row.resource()
                        + (row.subresource().isEmpty() ? "" : "/" + row.subresource())
                        + (row.group().isEmpty() ? "" : "." + row.group()) + " " + row.subject() + " "
                        + (row.namespace().isEmpty() ? "-" : row.namespace()))
                .collect(Collectors.joining("\n", "", "\n"));
        Path questions = Files.writeString(folder.resolve("rights"), rights);
        return run(
                true,
                ProjectRoot.path().resolve("bench/check-loop.sh").toString(),
                ServerBinaries.require("kubectl"),
                ServerBinaries.require("crane"),
                kubeconfig.toString(),
                scene.namespace,
                String.join(" ", CheckScene.accounts()),
                String.join(" ", scene.images()),
                questions.toString());
    }

    private long run(boolean quiet, String... words) throws IOException, InterruptedException {
        long start = System.nanoTime();
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.environment().put("HOME", folder.toString());
        Process process = builder.redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(quiet ? ProcessBuilder.Redirect.INHERIT : ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor()).isZero();
        return (System.nanoTime() - start) / 1_000_000;
    }

    private static void sleep() {
        try {
            Thread.sleep(DELAY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
