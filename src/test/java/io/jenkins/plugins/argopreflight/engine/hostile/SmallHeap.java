package io.jenkins.plugins.argopreflight.engine.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A program of the tests in a virtual machine of its own, with a heap of 256 MiB. */
public final class SmallHeap {

    private SmallHeap() {}

    /** The lines that it prints, each as its first five columns; it has to end well within so many minutes. */
    public static List<String[]> run(Class<?> program, int minutes, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:+UseSerialGC",
                // Else half of the processor's time is that of the optimising compiler, and not of the check.
                "-XX:TieredStopAtLevel=1",
                // Else each answer with a body of a server in it waits for the client's delayed acknowledgement.
                "-Dsun.net.httpserver.nodelay=true",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
        command.addAll(Arrays.asList(arguments));
        Process child = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            CompletableFuture<List<String>> lines = CompletableFuture.supplyAsync(
                    () -> child.inputReader().lines().toList());
            assertThat(child.waitFor(minutes, TimeUnit.MINUTES))
                    .as("%s ends", List.of(arguments))
                    .isTrue();
            assertThat(child.exitValue()).isZero();
            return lines.join().stream().map(line -> line.split("\t", 5)).toList();
        } finally {
            child.destroyForcibly();
        }
    }
}
