package io.jenkins.plugins.argopreflight.cli.option;

import io.jenkins.plugins.argopreflight.cli.console.UsageException;
import io.jenkins.plugins.argopreflight.cli.option.Output.Format;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options for outputs, concurrency and timeouts. */
public final class RunOptions {

    @Option(
            names = {"-o", "--output"},
            order = 1,
            paramLabel = "FORMAT[=FILE]",
            description =
                    "text or json (diagnose: also markdown, html; check: also junit, sarif, markdown, html, github), to"
                            + " standard output or to FILE; can be given again. Default: text.")
    List<String> outputs = new ArrayList<>();

    @Option(
            names = "--concurrency",
            order = 3,
            paramLabel = "N",
            description = "How many namespaces, workflows or questions to registries are under way at once. Default:"
                    + " 64 questions, 16 of the others.")
    Integer concurrency;

    @Option(
            names = "--timeout",
            order = 4,
            paramLabel = "SECONDS",
            description = "How long one request can take, and twice that with its retries. Default: 10 for a"
                    + " registry, 30 for the cluster.")
    Integer timeout;

    public List<Output> outputs() {
        return Output.parse(outputs, List.of(Format.TEXT, Format.JSON));
    }

    /** Returns the outputs of a command that can write these formats. */
    public List<Output> outputs(Format... offered) {
        return Output.parse(outputs, List.of(offered));
    }

    /** Returns the outputs of a command that can write all formats. */
    public List<Output> allOutputs() {
        return Output.parse(outputs, List.of(Format.values()));
    }

    /** Returns the concurrency; empty for the defaults. */
    public Optional<Integer> concurrency() {
        return positive("--concurrency", concurrency, "");
    }

    public Optional<Duration> timeout() {
        return positive("--timeout", timeout, " second").map(Duration::ofSeconds);
    }

    static Optional<Integer> positive(String option, Integer value, String unit) {
        if (value != null && value < 1) {
            throw new UsageException(option + " " + value + ": it must be 1" + unit + " or more");
        }
        return Optional.ofNullable(value);
    }
}
