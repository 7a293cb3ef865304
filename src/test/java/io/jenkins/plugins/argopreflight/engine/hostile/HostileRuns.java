package io.jenkins.plugins.argopreflight.engine.hostile;

import com.sun.management.OperatingSystemMXBean;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.preflight.Preflight;
import io.jenkins.plugins.argopreflight.engine.preflight.Report;
import io.jenkins.plugins.argopreflight.engine.render.Remediation;
import io.jenkins.plugins.argopreflight.engine.render.json.PreflightJson;
import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import io.jenkins.plugins.argopreflight.engine.util.limits.RunLimits;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestException;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import io.jenkins.plugins.argopreflight.testing.NoRegistry;
import io.jenkins.plugins.argopreflight.testing.Requests;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A program of its own, with a small heap: it checks hostile manifests and prints a line for each. */
public final class HostileRuns {

    private static final String NAMED = "the limit ";
    private static final Pattern LIMIT = Pattern.compile(NAMED + "([a-z]+)=\\d+ of this run");

    /** A run with the limits of a command takes as long as so many others. */
    private static final int VARIANTS_A_COMMAND = 40;

    /**
     * The time after which the first attack is interrupted, in milliseconds; it grows with each attack. An attack that
     * ends earlier is repeated and interrupted in the middle of its time.
     */
    private static final int FIRST_MOMENT = 40;

    private static final int NEXT_MOMENT = 20;
    static final RunLimits UNLIMITED = RunLimits.parse(List.of("work=1000000000000000", "text=1000000000000"));

    /** The end of a case's name for which the limits of a command apply, since a step admits fewer pods. */
    static final String IN_A_COMMAND = "-in-a-command";

    private HostileRuns() {}

    /** {@code attacks}, {@code abort}, or {@code variants} with their number. */
    public static void main(String[] arguments) throws InterruptedException {
        switch (arguments[0]) {
            case "attacks" -> Attacks.all().forEach((name, manifest) -> run(name, manifest, 1));
            case "variants" -> variants(Integer.parseInt(arguments[1]));
            case "abort" -> abort();
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    /** Runs the variants one after the other: all texts together would take a part of the heap. */
    private static void variants(int count) {
        Variants variants = new Variants(20261126);
        int commands = Math.max(1, count / VARIANTS_A_COMMAND);
        for (int i = 0; i < count; i++) {
            commands -= run("variant-" + i, variants.next(), commands);
        }
    }

    /** @return 1 where it was run as a command, too: it has more pods than a step admits, and a command is left; else 0 */
    private static int run(String name, String manifest, int commands) {
        if (run(name, manifest, RunLimits.DEFAULT).contains("pods") && commands > 0) {
            run(name + IN_A_COMMAND, manifest, RunLimits.DEFAULT.ofCommand());
            return 1;
        }
        return 0;
    }

    /** Prints {@code name TAB milliseconds of processor TAB milliseconds TAB how it ended TAB limits that were reached}. */
    private static String run(String name, String yaml, RunLimits limits) {
        long began = System.nanoTime();
        long start = processor();
        String end = end(yaml, limits);
        long worked = processor() - start;
        long passed = (System.nanoTime() - began) / 1_000_000;
        System.out.println(name + "\t" + worked + "\t" + passed + "\t" + end);
        return end;
    }

    private static long processor() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime() / 1_000_000;
    }

    /** Returns the end of a check of this manifest, TAB, and the limits that were reached. */
    static String end(String yaml, RunLimits limits) {
        try {
            Report report = check(yaml, limits);
            return report.result() + "\t" + limits(report);
        } catch (ManifestException e) {
            return "REFUSED\t" + e.getMessage().lines().findFirst().orElse("");
        } catch (Throwable e) {
            e.printStackTrace();
            return "THROWN\t" + e;
        }
    }

    /** Returns the limits that the report lists, as a command writes it. */
    private static Set<String> limits(Report report) throws IOException {
        Path json = Files.createTempFile("report", ".json");
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(json))) {
                new PreflightJson().print(report, out);
            }
            try (Stream<String> lines = Files.lines(json)) {
                return lines.filter(line -> line.contains(NAMED))
                        .flatMap(line -> LIMIT.matcher(line).results())
                        .map(found -> found.group(1))
                        .collect(Collectors.toCollection(TreeSet::new));
            }
        } finally {
            Files.delete(json);
        }
    }

    private static Report check(String yaml, RunLimits limits) {
        try (Budget.Scope run = Budget.open(limits)) {
            List<Document> documents = new ManifestReader().read("hostile.yaml", yaml);
            Fact<ClusterGateway> none = Fact.unknown("no cluster was asked");
            return Remediation.inShell(new Preflight(none, new NoRegistry(), 16)
                    .askingCluster(false)
                    .askingRegistries(false)
                    .run(Requests.of(documents, "ci", "argo")));
        }
    }

    /** {@code name TAB milliseconds from the interruption until the last thread of the run ended TAB whether it ran}. */
    private static void abort() throws InterruptedException {
        Map<String, String> attacks = Attacks.all();
        check(attacks.get("count"), RunLimits.DEFAULT);
        int after = FIRST_MOMENT;
        for (Map.Entry<String, String> attack : attacks.entrySet()) {
            long took = abort(attack.getKey(), attack.getValue(), after);
            if (took >= 0) {
                abort(attack.getKey(), attack.getValue(), took / 2);
            }
            after += NEXT_MOMENT;
        }
    }

    /** Milliseconds that the run took, where it ended before the moment; else -1. */
    private static long abort(String name, String yaml, long after) throws InterruptedException {
        long began = System.nanoTime();
        Thread run = new Thread(() -> {
            try {
                check(yaml, UNLIMITED);
            } catch (RuntimeException | OutOfMemoryError ended) {
                return;
            }
        });
        run.start();
        run.join(Math.max(after, 1));
        boolean ran = run.isAlive();
        long start = System.nanoTime();
        run.interrupt();
        run.join(30_000);
        while (working() && System.nanoTime() - start < 30_000_000_000L) {
            Thread.sleep(10);
        }
        System.out.println(name + " after " + after + " ms\t" + (System.nanoTime() - start) / 1_000_000 + "\t" + ran);
        return ran ? -1 : (start - began) / 1_000_000;
    }

    private static boolean working() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().startsWith("argo-preflight"));
    }
}
