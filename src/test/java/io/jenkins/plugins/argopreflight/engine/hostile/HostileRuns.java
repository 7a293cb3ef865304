package io.jenkins.plugins.argopreflight.engine.hostile;

import io.jenkins.plugins.argopreflight.engine.Gate;
import io.jenkins.plugins.argopreflight.engine.NoRegistry;
import io.jenkins.plugins.argopreflight.engine.Preflight;
import io.jenkins.plugins.argopreflight.engine.PreflightRequest;
import io.jenkins.plugins.argopreflight.engine.Report;
import io.jenkins.plugins.argopreflight.engine.budget.Budget;
import io.jenkins.plugins.argopreflight.engine.budget.RunLimits;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.manifest.ManifestException;
import io.jenkins.plugins.argopreflight.engine.manifest.ManifestReader;
import io.jenkins.plugins.argopreflight.engine.report.PreflightJson;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A program of its own with a small heap: it checks hostile manifests and prints how each ended. */
public final class HostileRuns {

    private HostileRuns() {}

    /** One line for each: {@code name TAB milliseconds TAB how it ended}. */
    public static void main(String[] names) {
        Map<String, String> attacks = Attacks.all();
        Pattern wanted = Pattern.compile(names.length > 0 ? names[0] : ".*");
        attacks.forEach((name, yaml) -> {
            if (wanted.matcher(name).matches()) {
                long start = System.nanoTime();
                long cpu = cpu();
                String end = end(yaml);
                System.out.println(name + "\t" + (System.nanoTime() - start) / 1_000_000 + "\t" + (cpu() - cpu) / 1_000_000 + "\t" + end);
            }
        });
    }

    private static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean) java.lang.management.ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    static String end(String yaml) {
        try {
            Report report = check(yaml);
            int length = new PreflightJson().render(report).length();
            return report.result() + " pods " + report.pods().size() + " findings "
                    + report.findings().size() + " unknown "
                    + report.unknown().stream().map(Report.UnknownRow::fact).toList() + " json " + length;
        } catch (ManifestException | IllegalArgumentException e) {
            return "refused: " + shortened(e.getMessage());
        } catch (Throwable e) {
            e.printStackTrace();
            return "THROWN " + e;
        }
    }

    private static String shortened(String text) {
        return text.substring(0, Math.min(200, text.length())).replace('\n', ' ');
    }

    static Report check(String yaml) {
        try (Budget.Scope run = Budget.open(RunLimits.DEFAULT)) {
            List<Document> documents = new ManifestReader().read("hostile.yaml", yaml);
            Fact<ClusterGateway> none = Fact.unknown("no cluster");
            Report report = new Preflight(none, new NoRegistry(), 16)
                    .asking(false, true)
                    .run(new PreflightRequest(
                            documents,
                            List.of(),
                            "ci",
                            "argo",
                            Optional.empty(),
                            Optional.empty(),
                            "",
                            List.of(),
                            Map.of(),
                            List.of(),
                            Gate.FAIL,
                            LocalDate.of(2026, 11, 26)));
            if (Boolean.getBoolean("usage")) {
                for (var limit : io.jenkins.plugins.argopreflight.engine.budget.Limit.values()) {
                    System.out.print(limit.key() + "=" + Budget.current().used(limit) + " ");
                }
                System.out.println();
            }
            return report;
        }
    }
}
