package io.jenkins.plugins.argopreflight.cli.option;

import io.jenkins.plugins.argopreflight.cli.console.UsageException;
import io.jenkins.plugins.argopreflight.engine.preflight.Gate;
import io.jenkins.plugins.argopreflight.engine.preflight.GateOptions;
import io.jenkins.plugins.argopreflight.engine.preflight.Report;
import io.jenkins.plugins.argopreflight.engine.render.Style;
import io.jenkins.plugins.argopreflight.engine.render.text.PreflightText;
import io.jenkins.plugins.argopreflight.engine.render.text.PreflightText.Detail;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The options for checks and their result: versions, Pod Security, suppressions and the baseline. */
public final class CheckOptions {

    @Option(
            names = "--fail-on",
            order = 1,
            paramLabel = "OUTCOME",
            description =
                    "Exit with 1 from this outcome on: fail, conditional (also what fails only on a condition of the"
                            + " workflow), warn, unknown (exit code 3 where only an image could not be checked), or never."
                            + " Default: fail.")
    String failOn = "fail";

    @Option(
            names = "--ignore",
            order = 2,
            paramLabel = "ID[=REASON][@DAY]",
            description = "Do not count what this check finds, until a day (YYYY-MM-DD, then it counts again and a note"
                    + " reports it). What other checks find because of it still counts. Can be given again:"
                    + " --ignore 'docker-socket=build pool@2027-01-31'.")
    List<String> ignores = new ArrayList<>();

    @Option(
            names = "--ignore-file",
            order = 3,
            paramLabel = "FILE",
            description = "The same from a YAML list of {id, reason, until}; can be given again.")
    List<Path> ignoreFiles = new ArrayList<>();

    @Option(
            names = "--kubernetes-version",
            order = 4,
            paramLabel = "VERSION",
            description = "Check for this version of Kubernetes, such as v1.34.4. Default: the server's.")
    String kubernetes = "";

    @Option(
            names = "--pod-security",
            order = 5,
            paramLabel = "LEVEL[:VERSION]",
            description = "Check pods against this Pod Security level (privileged, baseline, restricted) instead of the"
                    + " namespace's labels.")
    String podSecurity = "";

    @Option(
            names = {"-v", "--verbose"},
            order = 6,
            description = "Also list each check that could not be made because the cluster or the registries were not"
                    + " asked.")
    boolean verbose;

    @Option(
            names = {"-q", "--quiet"},
            order = 7,
            description = "Print only the verdict as text.")
    boolean quiet;

    @Option(
            names = "--severity",
            order = 8,
            paramLabel = "OUTCOME",
            description = "List findings as text from this outcome on: fail, warn or unknown. Default: unknown.")
    String severity = "unknown";

    @Option(
            names = "--baseline",
            order = 9,
            paramLabel = "FILE",
            description = "A report of an earlier check (-o json=FILE): findings that are in it do not count, and are"
                    + " listed as ignored.")
    Path baseline;

    /** Returns a renderer for the part of the report that is printed as text. */
    public PreflightText text(Style style) {
        Gate shown = gate("--severity", severity);
        if (shown == Gate.NEVER) {
            throw new UsageException("--severity never: one of fail, warn, unknown is needed");
        }
        return new PreflightText(style, quiet ? Detail.VERDICT : verbose ? Detail.ALL : Detail.NORMAL, shown);
    }

    /** Returns the options that decide about the result. With a baseline, only findings count that it does not have. */
    public GateOptions gateOptions() {
        return new GateOptions(
                Optional.of(gate("--fail-on", failOn)),
                Optional.empty(),
                baseline != null,
                Stream.concat(
                                ignores.stream().map(Ignores::parse),
                                ignoreFiles.stream().flatMap(file -> Ignores.read(file).stream()))
                        .toList());
    }

    /** Returns the report without the findings of the baseline, if there is one. */
    public Report compared(Report report) {
        return baseline == null ? report : Baseline.read(baseline).without(report, gate("--fail-on", failOn));
    }

    private static Gate gate(String option, String value) {
        return Gate.of(value)
                .orElseThrow(() -> new UsageException(
                        option + " " + value + ": one of fail, conditional, warn, unknown, never is needed"));
    }

    /** Returns the version of Kubernetes; empty for that of the server. */
    public Optional<String> kubernetes() {
        if (kubernetes.isEmpty()) {
            return Optional.empty();
        }
        if (!kubernetes.matches("v?1\\.\\d{1,3}(\\.\\d{1,4})?([-+].*)?")) {
            throw new UsageException("--kubernetes-version " + kubernetes + ": no version; give one such as v1.34.4");
        }
        return Optional.of(kubernetes.startsWith("v") ? kubernetes : "v" + kubernetes);
    }

    /** Returns the Pod Security level; "" for the labels of the namespace. */
    public String podSecurity() {
        if (!podSecurity.isEmpty()
                && !podSecurity.matches("(privileged|baseline|restricted)(:(latest|v1\\.\\d{1,3}))?")) {
            throw new UsageException(
                    "--pod-security " + podSecurity
                            + ": privileged, baseline or restricted is needed, and a version if at all such as :v1.34 or :latest");
        }
        return podSecurity;
    }
}
