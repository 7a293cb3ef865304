package io.jenkins.plugins.argopreflight.cli.option;

import io.jenkins.plugins.argopreflight.cli.console.Terminal;
import io.jenkins.plugins.argopreflight.cli.console.UsageException;
import io.jenkins.plugins.argopreflight.cli.option.Output.Format;
import io.jenkins.plugins.argopreflight.engine.render.Style;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** The outputs of a report in all requested formats. */
public record Outputs(List<Output> outputs, Terminal terminal) {

    /** Checks the folders of the files before the command does anything that could not be reported. */
    public Outputs {
        for (Output output : outputs) {
            output.file()
                    .map(Path::toAbsolutePath)
                    .filter(Outputs::isUnwritable)
                    .ifPresent(file -> {
                        throw new UsageException(
                                "-o: " + file + " cannot be written: give a file in a folder that exists");
                    });
        }
    }

    private static boolean isUnwritable(Path file) {
        Path folder = file.getParent();
        return Files.isDirectory(file) || folder == null || !Files.isDirectory(folder);
    }

    /** A renderer of a report in one format. */
    public interface Rendering {

        /** Returns the content. A text is rendered before a file is opened. */
        Written in(Style style);

        static Rendering of(Function<Style, String> text) {
            return style -> {
                String report = text.apply(style);
                return out -> out.print(report);
            };
        }
    }

    /** The content of an output, which is written to a stream. */
    public interface Written {
        void to(PrintStream out) throws IOException;
    }

    /**
     * Writes a report.
     *
     * @param text the report as text
     * @param json the report as JSON
     */
    public void write(Function<Style, String> text, Supplier<String> json) {
        write(Map.of(Format.TEXT, Rendering.of(text), Format.JSON, Rendering.of(style -> json.get())));
    }

    /**
     * Writes a report.
     *
     * @param renderings a renderer for each format that the command offers
     */
    public void write(Map<Format, Rendering> renderings) {
        for (Output output : outputs) {
            Rendering rendering = renderings.get(output.format());
            if (output.file().isPresent()) {
                write(output.file().get(), rendering.in(Style.PLAIN));
            } else {
                PrintStream out = output.format() == Format.GITHUB ? terminal.runnerCommands() : terminal.out();
                print(rendering.in(terminal.style()), out);
            }
        }
    }

    private static void print(Written written, PrintStream out) {
        try {
            written.to(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // A PrintStream stores its errors, which Main checks at the end.
        }
        out.flush();
    }

    private static void write(Path file, Written written) {
        try (PrintStream out =
                new PrintStream(new BufferedOutputStream(Files.newOutputStream(file)), false, StandardCharsets.UTF_8)) {
            written.to(out);
            if (out.checkError()) {
                throw new IOException("not written to its end");
            }
        } catch (IOException e) {
            throw new UsageException("-o: cannot write " + file + " ("
                    + e.getClass().getSimpleName() + "): give a file in a folder that exists");
        }
    }
}
