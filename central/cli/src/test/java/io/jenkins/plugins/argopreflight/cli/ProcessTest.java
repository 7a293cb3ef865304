package io.jenkins.plugins.argopreflight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What only a process of its own can show: locale, signals, and that nothing else writes to its streams. */
@Timeout(60)
class ProcessTest {

    private static Process start(Map<String, String> env, String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(args));
        ProcessBuilder process = new ProcessBuilder(command);
        process.environment().putAll(env);
        return process.start();
    }

    private static String read(InputStream stream) throws IOException {
        return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void shouldWriteUtf8WhateverTheLocale() throws IOException, InterruptedException {
        Process process = start(Map.of("LC_ALL", "C"), "login-check", "--no-registry", "-o", "text", "nginx");
        String out = read(process.getInputStream());
        String err = read(process.getErrorStream());
        assertThat(process.waitFor()).isEqualTo(3);
        assertThat(out).startsWith("? 1 image could not be looked at\n").doesNotContain("\u001b");
        assertThat(err).isEmpty();
        Process demo = start(Map.of("LC_ALL", "C"), "demo");
        assertThat(read(demo.getInputStream())).contains("── 1  The disease", "  ✔ ");
        assertThat(demo.waitFor()).isZero();
    }

    @Test
    void shouldEndWithinASecondOnCtrlC() throws IOException, InterruptedException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            String image = "127.0.0.1:" + silent.getLocalPort() + "/team/image:v1";
            Process process = start(Map.of(), "login-check", "--timeout", "30", image);
            try (Socket asked = silent.accept()) {
                assertThat(asked.isConnected()).isTrue();
                new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor();
                assertThat(process.waitFor(1, TimeUnit.SECONDS)).as("ended within a second").isTrue();
            }
            assertThat(process.exitValue()).isEqualTo(130);
            assertThat(read(process.getErrorStream())).isEqualTo("argo-preflight: interrupted; nothing was changed\n");
        }
    }
}
