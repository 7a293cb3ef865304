package io.jenkins.plugins.argopreflight.cli.option;

import io.jenkins.plugins.argopreflight.cli.console.UsageException;
import io.jenkins.plugins.argopreflight.engine.fact.Label;
import io.jenkins.plugins.argopreflight.engine.manifest.Nearest;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One output of a command.
 *
 * @param format what it looks like
 * @param file where it goes; empty for standard output
 */
public record Output(Format format, Optional<Path> file) {

    /** The formats that there are. */
    public enum Format {
        TEXT,
        JSON,
        JUNIT,
        SARIF,
        MARKDOWN,
        HTML,
        /** Workflow commands of GitHub Actions. */
        GITHUB;

        String label() {
            return Label.of(this);
        }
    }

    /**
     * The outputs as asked for with {@code -o}; text to standard output when nothing was.
     *
     * @param offered the formats that the command can write
     */
    static List<Output> parse(List<String> written, List<Format> offered) {
        List<Output> parsed = written.isEmpty()
                ? List.of(new Output(Format.TEXT, Optional.empty()))
                : written.stream().map(one -> parse(one, offered)).toList();
        if (parsed.stream().filter(output -> output.file().isEmpty()).count() > 1) {
            throw new UsageException("two outputs to standard output: give one of them a file (-o json=report.json)");
        }
        return parsed;
    }

    private static Output parse(String written, List<Format> offered) {
        String[] parts = written.split("=", 2);
        Optional<Path> file = parts.length == 2 ? Optional.of(Path.of(parts[1])) : Optional.empty();
        for (Format format : offered) {
            if (format.label().equals(parts[0])) {
                if (parts.length == 2 && parts[1].isEmpty()) {
                    throw new UsageException("-o " + written + " names no file: write -o " + parts[0] + "=FILE");
                }
                return new Output(format, file);
            }
        }
        List<String> names = offered.stream().map(Format::label).toList();
        String last = names.get(names.size() - 1);
        throw new UsageException("-o " + written + ": no such format"
                + Nearest.of(parts[0], names)
                        .map("; did you mean %s?"::formatted)
                        .orElse("") + "; there are "
                + String.join(", ", names.subList(0, names.size() - 1)) + " and " + last);
    }
}
