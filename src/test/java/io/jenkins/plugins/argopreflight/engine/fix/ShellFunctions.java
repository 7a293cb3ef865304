package io.jenkins.plugins.argopreflight.engine.fix;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A real {@code sh} in which each program is a function that records its arguments: many texts in one process, where
 * {@link ArgvRecorder} starts three processes a call.
 */
public final class ShellFunctions {

    private static final List<String> PROGRAMS =
            List.of("kubectl", "argo", "crane", "docker", "oc", "jq", "sed", "base64", "sudo", "tee", "canary");
    private static final String END = "\u0001";

    private final Path work;
    private final Path calls;
    private final String prelude;

    /** @param folder an empty one */
    public ShellFunctions(Path folder) throws IOException {
        work = Files.createDirectories(folder.resolve("work"));
        calls = folder.resolve("calls");
        StringBuilder functions =
                new StringBuilder("record() { printf '%s\\0' \"$@\" '" + END + "' >> " + calls + "; }\nPATH=\n"
                        + "argo_preflight() { record argo-preflight \"$@\"; }\nalias argo-preflight=argo_preflight\n");
        PROGRAMS.forEach(program ->
                functions.append(program).append("() { record ").append(program).append(" \"$@\"; }\n"));
        prelude = functions.toString();
    }

    /** Runs a text as if it was pasted; what was called, in any order. */
    public List<List<String>> paste(String text) {
        try {
            Files.writeString(calls, "");
            for (String file : List.of("password.txt", "FILE", "config.json")) {
                Files.writeString(work.resolve(file), "");
            }
            Path script = Files.writeString(work.resolveSibling("script"), prelude + text + "\n");
            ProcessBuilder shell = new ProcessBuilder("/bin/sh", script.toString())
                    .directory(work.toFile())
                    .redirectErrorStream(true);
            shell.environment().clear();
            shell.environment().put("LC_ALL", "C.UTF-8");
            Process process = shell.start();
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

    private List<List<String>> calls() throws IOException {
        List<List<String>> found = new ArrayList<>();
        List<String> call = new ArrayList<>();
        for (String word : Files.readString(calls).split("\0")) {
            if (word.equals(END)) {
                found.add(List.copyOf(call));
                call.clear();
            } else {
                call.add(word);
            }
        }
        return found;
    }
}
