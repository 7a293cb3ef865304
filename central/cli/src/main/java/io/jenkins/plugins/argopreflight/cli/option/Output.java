package io.jenkins.plugins.argopreflight.cli.option;

import io.jenkins.plugins.argopreflight.cli.console.UsageException;
import io.jenkins.plugins.argopreflight.engine.model.fact.Label;
import io.jenkins.plugins.argopreflight.engine.util.text.SimilarNames;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * An output of a command.
 *
 * @param format the format of the output
 * @param file the file; empty for standard output
 */
public record Output(Format format, Optional<Path> file) {

    /** The formats of reports. */
    public enum Format {
        TEXT,
        JSON,
        JUNIT,
        SARIF,
        MARKDOWN,
        HTML,
        /** The format for workflow commands of GitHub Actions. */
        GITHUB;

        String label() {
            return Label.of(this);
        }
    }

    /**
     * Returns the outputs that {@code -o} requests; text on standard output if there are none.
     *
     * @param offered the formats that the command can write
     */
    static List<Output> parse(List<String> arguments, List<Format> offered) {
        List<Output> parsed = arguments.isEmpty()
                ? List.of(new Output(Format.TEXT, Optional.empty()))
                : arguments.stream().map(argument -> parse(argument, offered)).toList();
        if (parsed.stream().filter(output -> output.file().isEmpty()).count() > 1) {
            throw new UsageException("two outputs to standard output: give one of them a file (-o json=report.json)");
        }
        return parsed;
    }

    private static Output parse(String argument, List<Format> offered) {
        String[] parts = argument.split("=", 2);
        Optional<Path> file = parts.length == 2 ? Optional.of(Path.of(parts[1])) : Optional.empty();
        for (Format format : offered) {
            if (format.label().equals(parts[0])) {
                if (parts.length == 2 && parts[1].isEmpty()) {
                    throw new UsageException("-o " + argument + " names no file: write -o " + parts[0] + "=FILE");
                }
                return new Output(format, file);
            }
        }
        List<String> names = offered.stream().map(Format::label).toList();
        String lastName = names.get(names.size() - 1);
        throw new UsageException("-o " + argument + ": no such format"
                + SimilarNames.question(SimilarNames.of(parts[0], names)) + "; there are "
                + String.join(", ", names.subList(0, names.size() - 1)) + " and " + lastName);
    }
}
