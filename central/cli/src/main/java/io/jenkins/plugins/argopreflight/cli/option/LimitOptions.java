package io.jenkins.plugins.argopreflight.cli.option;

import io.jenkins.plugins.argopreflight.cli.console.UsageException;
import io.jenkins.plugins.argopreflight.engine.util.limits.RunLimits;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The option for the limits of a run. */
public final class LimitOptions {

    @Option(
            names = "--limit",
            order = 1,
            paramLabel = "NAME=VALUE",
            description =
                    "What the run can use at most; can be given again. bytes, nodes, depth, text, value, regex, work,"
                            + " pods, images, hosts or findings, such as images=2000; docs/limits.md explains each. What is over a limit"
                            + " is UNKNOWN.")
    List<String> limits = new ArrayList<>();

    public RunLimits limits() {
        try {
            return RunLimits.parse(limits).ofCommand();
        } catch (IllegalArgumentException e) {
            throw new UsageException("--" + e.getMessage());
        }
    }
}
