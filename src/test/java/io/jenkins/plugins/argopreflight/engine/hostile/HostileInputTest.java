package io.jenkins.plugins.argopreflight.engine.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Small hostile manifests end soon, within a heap of 256 MiB, and with a report. Time is that of the processor, so that
 * other work on the machine does not count; the runs wait for nothing.
 */
class HostileInputTest {

    private static final int SECONDS = 10;
    private static final Map<String, String> REACHED = Map.ofEntries(
            Map.entry("doubling", "value"),
            Map.entry("doubling-in-json", "value"),
            Map.entry("doubling-in-expression", "value"),
            Map.entry("long-repetition", "regex"),
            Map.entry("nested-groups", "depth"),
            Map.entry("parentheses-expression", "depth"),
            Map.entry("not-not", "depth"),
            Map.entry("repeat", "value"),
            Map.entry("images", "images"),
            Map.entry("images-in-loops", "images"),
            Map.entry("empty-lists", "nodes"),
            Map.entry("results", "text"),
            Map.entry("unknown-fields", "text"),
            Map.entry("many-documents", "findings"),
            Map.entry("containers-and-mounts", "value"));

    @ParameterizedTest
    @ValueSource(strings = {"attacks", "variants"})
    void shouldEndWithinSecondsInASmallHeap(String which) throws Exception {
        List<String[]> lines = child(which);
        assertThat(lines).hasSize(which.equals("attacks") ? Attacks.all().size() : 100);
        assertThat(lines).allSatisfy(line -> {
            assertThat(Long.parseLong(line[1])).as("ms of %s", line[0]).isLessThan(SECONDS * 1000L);
            assertThat(line[2]).as("end of %s", line[0]).isIn("OK", "FAILED", "UNCHECKED", "REFUSED");
        });
        if (which.equals("attacks")) {
            Map<String, String> ends = new LinkedHashMap<>();
            lines.forEach(line -> ends.put(line[0], line[3]));
            assertThat(REACHED)
                    .allSatisfy((name, limit) -> assertThat(ends.get(name))
                            .as("limits that %s reached", name)
                            .contains(limit));
        }
    }

    @Test
    void shouldEndWithinTwoSecondsOfAnAbort() throws Exception {
        List<String[]> lines = child("abort");
        assertThat(lines).filteredOn(line -> line[2].equals("true")).hasSizeGreaterThan(20);
        assertThat(lines)
                .allSatisfy(
                        line -> assertThat(Long.parseLong(line[1])).as(line[0]).isLessThan(2_000));
    }

    @Test
    void shouldKeepNothingOfAThousandRuns() throws Exception {
        String[] heap = child("soak").get(0);
        assertThat(Double.parseDouble(heap[2])).isLessThan(1.05 * Double.parseDouble(heap[1]));
    }

    private static List<String[]> child(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                HostileRuns.class.getName()));
        command.addAll(Arrays.asList(arguments));
        Process child = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            CompletableFuture<List<String>> lines = CompletableFuture.supplyAsync(
                    () -> child.inputReader().lines().toList());
            assertThat(child.waitFor(10, TimeUnit.MINUTES))
                    .as("%s ends", List.of(arguments))
                    .isTrue();
            assertThat(child.exitValue()).isZero();
            return lines.join().stream().map(line -> line.split("\t", 4)).toList();
        } finally {
            child.destroyForcibly();
        }
    }
}
