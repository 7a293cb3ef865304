package io.jenkins.plugins.argopreflight.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.argopreflight.testing.server.Fault;
import io.jenkins.plugins.argopreflight.testing.server.FaultProxy;
import io.jenkins.plugins.argopreflight.testing.server.NeedsServers;
import io.jenkins.plugins.argopreflight.testing.server.RawServer;
import io.jenkins.plugins.argopreflight.testing.server.RealCluster;
import io.jenkins.plugins.argopreflight.testing.server.Server;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A test of behaviour that only a separate process shows: locale, signals, and that nothing else writes to its streams.
 */
@Timeout(60)
class ProcessTest {

    /**
     * Programs that give the process the default of Ctrl-C and then become it: a shell starts what runs in the background
     * with Ctrl-C ignored, and its children inherit that.
     */
    private static final List<String> WITH_CTRL_C = Stream.of(
                    List.of("env", "--default-signal=INT"),
                    List.of("perl", "-e", "$SIG{INT} = 'DEFAULT'; exec @ARGV or exit 1", "--"))
            .filter(ProcessTest::works)
            .findFirst()
            .orElse(List.of());

    private static boolean works(List<String> program) {
        try {
            List<String> command = new ArrayList<>(program);
            command.add("true");
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Process start(Map<String, String> env, String... args) throws IOException {
        ProcessBuilder process = builder(args);
        process.environment().putAll(env);
        return process.start();
    }

    private static ProcessBuilder builder(String... args) {
        List<String> command = new ArrayList<>(WITH_CTRL_C);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(args));
        return new ProcessBuilder(command);
    }

    private static String read(InputStream stream) throws IOException {
        return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void shouldNameTheProgramAsItWasStarted() throws IOException, InterruptedException {
        ProcessBuilder started = builder("check", "-f", "absent.yaml");
        started.command().add(WITH_CTRL_C.size() + 1, "-Dargopreflight.program=./preflight");
        Process process = started.start();
        assertThat(read(process.getErrorStream())).startsWith("./preflight check: ");
        process.waitFor();
        started = builder("completion");
        started.command().add(WITH_CTRL_C.size() + 1, "-Dargopreflight.program=./preflight");
        assertThat(read(started.start().getInputStream())).contains("completion support for the `preflight` command");
    }

    @Test
    void shouldFailWhenItsOutputCannotBeWritten() throws IOException, InterruptedException {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.isWritable(full), "needs /dev/full");
        Process process = builder("checks").redirectOutput(full.toFile()).start();
        assertThat(read(process.getErrorStream())).contains("cannot write to standard output");
        assertThat(process.waitFor()).isEqualTo(2);
    }

    @Test
    void shouldWriteUtf8WhateverTheLocale() throws IOException, InterruptedException {
        Process process = start(Map.of("LC_ALL", "C"), "login-check", "--no-registry", "-o", "text", "nginx");
        String out = read(process.getInputStream());
        String err = read(process.getErrorStream());
        assertThat(process.waitFor()).isEqualTo(3);
        assertThat(out).startsWith("? 1 image could not be checked\n").doesNotContain("\u001b");
        assertThat(err).isEmpty();
        Process demo = start(Map.of("LC_ALL", "C"), "demo");
        assertThat(read(demo.getInputStream())).contains("── 1  The problem", "  ✔ ");
        assertThat(demo.waitFor()).isZero();
    }

    @Test
    void shouldSendTheProxysOwnPasswordToIt() throws IOException, InterruptedException {
        try (RawServer proxy =
                new RawServer((request, out) -> RawServer.text(out, "HTTP/1.1 407 No\nContent-Length: 0\n\n"))) {
            String url = "http://user:p%40ss@" + proxy.url().getAuthority();
            Process process = start(Map.of("HTTPS_PROXY", url, "NO_PROXY", ""), "login-check", "a.example.com/b:1");
            assertThat(process.waitFor()).isEqualTo(3);
            assertThat(proxy.requests().get(0))
                    .startsWith("CONNECT a.example.com:443")
                    .contains("Proxy-Authorization: Basic dXNlcjpwQHNz");
            assertThat(read(process.getInputStream()))
                    .contains("a.example.com could not be reached (407", "refuses user and")
                    .doesNotContain("p@ss", "p%40ss", "sent us there");
        }
    }

    @Test
    void shouldEndWithinASecondOnCtrlC() throws IOException, InterruptedException {
        try (RawServer silent = RawServer.silent()) {
            String image = silent.url().getAuthority() + "/team/image:v1";
            Process process = start(Map.of(), "login-check", "--timeout", "30", image);
            silent.awaitSilence();
            new ProcessBuilder("kill", "-INT", String.valueOf(process.pid()))
                    .start()
                    .waitFor();
            assertThat(process.waitFor(1, TimeUnit.SECONDS))
                    .as("ended within a second")
                    .isTrue();
            assertThat(process.exitValue()).isEqualTo(130);
            assertThat(read(process.getErrorStream())).isEqualTo("argo-preflight: interrupted; nothing was changed\n");
        }
    }

    @Test
    @NeedsServers(Server.CLUSTER)
    void shouldReportOnCtrlCWhatASyncHasDone() throws IOException, InterruptedException {
        RealCluster cluster = RealCluster.get();
        String first = cluster.namespace("ctrl-c-1");
        String second = cluster.namespace("ctrl-c-2");
        try (FaultProxy proxy = FaultProxy.before(cluster)) {
            proxy.fail(FaultProxy.Request::isWrite, 2, Fault.STALL);
            String kubeconfig = proxy.kubeconfig(cluster.admin()).toString();
            Process process = start(
                    Map.of("PASSWORD", "c4n4ry"),
                    "sync",
                    "--kubeconfig",
                    kubeconfig,
                    "--name",
                    "regcred",
                    "-n",
                    first + "," + second,
                    "--concurrency",
                    "1",
                    "--registry",
                    "registry.example.com",
                    "--username",
                    "team",
                    "--password-env",
                    "PASSWORD");
            while (proxy.requests().stream().filter(FaultProxy.Request::isWrite).count() < 2) {
                Thread.sleep(50);
            }
            new ProcessBuilder("kill", "-INT", String.valueOf(process.pid()))
                    .start()
                    .waitFor();
            assertThat(process.waitFor(5, TimeUnit.SECONDS)).as("ended soon").isTrue();
            assertThat(process.exitValue()).isEqualTo(130);
            assertThat(read(process.getInputStream()).replaceAll("\\s+", " "))
                    .contains("failed " + second, "changed " + first, "interrupted while waiting for the answer")
                    .contains("whether the server carried it out is not known", "run it again")
                    .doesNotContain("c4n4ry");
        }
    }
}
