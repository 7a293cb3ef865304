package io.jenkins.plugins.argopreflight.engine.model.fix;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.jenkins.plugins.argopreflight.engine.util.text.Visible;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Reads the text of a fix as its reader's programs do, and compares it with the data. */
public final class ReadBack {

    private static final YAMLMapper YAML = new YAMLMapper();

    private final ShellFunctions shell;
    private final ArgvRecorder programs;

    public ReadBack(Path folder) throws IOException {
        shell = new ShellFunctions(Files.createDirectories(folder.resolve("functions")));
        programs = new ArgvRecorder(folder);
    }

    /** The shell calls what the data says, YAML reads as the data, and nothing else is in the text. */
    public void check(Fix fix) {
        String text = Shell.text(fix);
        assertThat(text.lines())
                .as(text)
                .allSatisfy(line -> assertThat(Visible.isVisible(line)).as(line).isTrue());
        Fix sound = fix.checked();
        if (sound instanceof ChangeField change) {
            assertThat(yaml(text + "\n")).as(text).isEqualTo(yaml(change.value().text()));
            assertThat(text.lines().filter(line -> line.startsWith("#")).count())
                    .isLessThanOrEqualTo(2
                            + change.value()
                                    .text()
                                    .lines()
                                    .filter(line -> line.startsWith("#"))
                                    .count());
        } else if (sound instanceof AskPerson) {
            assertThat(text).startsWith("# ").doesNotContain("\n");
            assertThat(shell.paste(text)).isEmpty();
        } else {
            List<Command> commands = commands(sound);
            assertThat(shell.paste(text))
                    .as(text)
                    .containsExactlyInAnyOrderElementsOf(
                            commands.stream().flatMap(ReadBack::words).toList());
        }
    }

    /** Returns the calls that the shell makes for a fix. */
    public List<ArgvRecorder.Call> calls(Fix fix) {
        return programs.paste(Shell.text(fix));
    }

    /** The commands of a fix. */
    public static List<Command> commands(Fix fix) {
        if (fix instanceof RunCommands run) {
            return run.commands();
        }
        if (fix instanceof ApplyManifest apply) {
            return List.of(apply.command());
        }
        if (fix instanceof WriteCredentials write) {
            return Stream.concat(write.first().stream(), Stream.of(write.command()))
                    .toList();
        }
        return List.of();
    }

    private static Stream<List<String>> words(Command command) {
        return command.stages().stream().map(stage -> {
            List<String> words = new ArrayList<>(List.of(stage.program()));
            stage.arguments().forEach(argument -> words.add(argument.text()));
            return words;
        });
    }

    /** Reads YAML with Jackson, as the library itself does. */
    static JsonNode yaml(String text) {
        try {
            new org.yaml.snakeyaml.Yaml(new SafeConstructor(new LoaderOptions())).load(text);
            return YAML.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(text, e);
        }
    }
}
