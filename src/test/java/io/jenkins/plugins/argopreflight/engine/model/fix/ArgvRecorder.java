package io.jenkins.plugins.argopreflight.engine.model.fix;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A real {@code sh} in which every program only records what it is called with. */
public final class ArgvRecorder {

    private static final List<String> PROGRAMS = List.of(
            "kubectl", "argo-preflight", "argo", "crane", "docker", "oc", "jq", "sed", "base64", "sudo", "canary");

    /** A call: the program with its arguments, and its input. */
    public record Call(List<String> words, String input) {}

    private final Path folder;
    private final Path bin;

    /** @param folder an empty one */
    public ArgvRecorder(Path folder) throws IOException {
        this.folder = folder;
        this.bin = Files.createDirectories(folder.resolve("bin"));
        Files.createDirectories(folder.resolve("calls"));
        Files.createDirectories(folder.resolve("work"));
        Path script = bin.resolve("record");
        Files.writeString(script, """
                #!/bin/sh
                here=$(mktemp %s/calls/XXXXXXXXXX)
                printf '%%s\\0' "${0##*/}" "$@" > "$here"
                /bin/cat > "$here.in"
                """.formatted(folder).replace("mktemp", "/usr/bin/mktemp"));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        for (String program : PROGRAMS) {
            Files.createSymbolicLink(bin.resolve(program), script);
        }
    }

    /** Runs a text as if it was pasted, and returns what was called, in any order. */
    public List<Call> paste(String text) {
        try {
            ProcessBuilder shell = new ProcessBuilder("/bin/sh")
                    .directory(folder.resolve("work").toFile());
            shell.environment().clear();
            shell.environment().put("PATH", bin.toString());
            shell.environment().put("LC_ALL", "C.UTF-8");
            shell.redirectErrorStream(true);
            for (String file : List.of("password.txt", "FILE", "config.json")) {
                Files.writeString(folder.resolve("work").resolve(file), "");
            }
            Process process = shell.start();
            process.getOutputStream().write(text.getBytes(UTF_8));
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), UTF_8);
            assertThat(process.waitFor()).as(said + "\n" + text).isZero();
            assertThat(said).as(text).isEmpty();
            return calls();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private List<Call> calls() throws IOException {
        List<Call> calls = new ArrayList<>();
        try (var files = Files.list(folder.resolve("calls"))) {
            for (Path file : files.filter(each -> !each.toString().endsWith(".in"))
                    .sorted(Comparator.naturalOrder())
                    .toList()) {
                Path input = Path.of(file + ".in");
                String[] words = Files.readString(file).split("\0", -1);
                calls.add(new Call(List.of(words).subList(0, words.length - 1), Files.readString(input)));
                Files.delete(file);
                Files.delete(input);
            }
        }
        return calls;
    }
}
