package io.jenkins.plugins.argopreflight.cli.option;

import io.jenkins.plugins.argopreflight.cli.console.Terminal;
import io.jenkins.plugins.argopreflight.cli.console.UsageException;
import io.jenkins.plugins.argopreflight.cli.option.Output.Format;
import io.jenkins.plugins.argopreflight.engine.render.Style;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** Writes a report in every format that was asked for. */
public record Outputs(List<Output> outputs, Terminal terminal) {

    /** Looks at the files' folders now, before anything is done that would go unreported. */
    public Outputs {
        for (Output output : outputs) {
            output.file()
                    .map(Path::toAbsolutePath)
                    .filter(Outputs::cannotBeMade)
                    .ifPresent(file -> {
                        throw new UsageException(
                                "-o: " + file + " cannot be written: give a file in a folder that exists");
                    });
        }
    }

    private static boolean cannotBeMade(Path file) {
        Path folder = file.getParent();
        return Files.isDirectory(file) || folder == null || !Files.isDirectory(folder);
    }

    /**
     * @param text the report as text
     * @param json the report as JSON
     */
    public void write(Function<Style, String> text, Supplier<String> json) {
        write(Map.of(Format.TEXT, text, Format.JSON, style -> json.get()));
    }

    /** @param renderers one for each format that the command offers */
    public void write(Map<Format, Function<Style, String>> renderers) {
        for (Output output : outputs) {
            boolean toTerminal = output.file().isEmpty();
            String report = renderers.get(output.format()).apply(toTerminal ? terminal.style() : Style.PLAIN);
            if (toTerminal) {
                PrintStream out = output.format() == Format.GITHUB ? terminal.runnerCommands() : terminal.out();
                out.print(report);
                out.flush();
                continue;
            }
            try {
                Files.writeString(output.file().get(), report);
            } catch (IOException e) {
                throw new UsageException("-o: cannot write " + output.file().get() + " ("
                        + e.getClass().getSimpleName() + "): give a file in a folder that exists");
            }
        }
    }
}
