package io.jenkins.plugins.argopreflight.engine.model.fix;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A real {@code sh} in which each program is a function that records its arguments. One process runs all texts, each in a
 * subshell of its own, where {@link ArgvRecorder} starts three processes a call. It ends when this virtual machine does,
 * which closes its standard input.
 */
public final class ShellFunctions {

    private static final List<String> PROGRAMS =
            List.of("kubectl", "argo", "crane", "docker", "oc", "jq", "sed", "base64", "sudo", "tee", "canary");

    private final Path work;
    private final Path calls;
    private final Path script;
    private final Path said;
    private final Path code;
    private final String prelude;
    private final Writer asked;
    private final BufferedReader ended;

    /** @param folder an empty one */
    public ShellFunctions(Path folder) throws IOException {
        work = Files.createDirectories(folder.resolve("work"));
        calls = Files.createDirectories(folder.resolve("calls"));
        script = folder.resolve("script");
        said = folder.resolve("said");
        code = folder.resolve("code");
        // The commands of a pipeline run at the same time, so each call has a file of its own: -C refuses an existing
        // file.
        StringBuilder functions =
                new StringBuilder("call=0\nrecord() { set -C; until { printf '%s\\0' \"$@\" > " + calls
                        + "/$call; } 2> /dev/null; do call=$((call + 1)); [ $call -lt 100000 ] || exit 9; done; set +C; }\nPATH=\n"
                        + "argo_preflight() { record argo-preflight \"$@\"; }\nalias argo-preflight=argo_preflight\n");
        PROGRAMS.forEach(program ->
                functions.append(program).append("() { record ").append(program).append(" \"$@\"; }\n"));
        prelude = functions.toString();
        ProcessBuilder shell = new ProcessBuilder("/bin/sh").directory(work.toFile());
        shell.redirectError(ProcessBuilder.Redirect.INHERIT).environment().clear();
        shell.environment().put("LC_ALL", "C.UTF-8");
        Process process = shell.start();
        asked = process.outputWriter(UTF_8);
        ended = process.inputReader(UTF_8);
    }

    /** Runs a text as if it was pasted; what was called, in any order. */
    public List<List<String>> paste(String text) {
        try {
            calls();
            for (String file : List.of("password.txt", "FILE", "config.json")) {
                Files.writeString(work.resolve(file), "");
            }
            Files.writeString(script, prelude + text + "\n");
            // cat ends with the last process that the text has started.
            asked.write("{ ( . " + script + " ) < /dev/null 2>&1; echo $? > " + code + "; } | /bin/cat > " + said
                    + "; echo ended\n");
            asked.flush();
            assertThat(ended.readLine()).as("the shell after\n" + text).isEqualTo("ended");
            String output = new String(Files.readAllBytes(said), UTF_8);
            assertThat(code).as(output + "\n" + text).hasContent("0");
            assertThat(output).as(text).isEmpty();
            return calls();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<List<String>> calls() throws IOException {
        List<List<String>> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(calls)) {
            for (Path file : files.toList()) {
                String[] words = Files.readString(file).split("\0", -1);
                found.add(List.of(words).subList(0, words.length - 1));
                Files.delete(file);
            }
        }
        return found;
    }
}
