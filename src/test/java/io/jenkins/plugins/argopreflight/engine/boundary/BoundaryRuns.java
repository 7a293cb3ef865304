package io.jenkins.plugins.argopreflight.engine.boundary;

import com.sun.management.OperatingSystemMXBean;
import io.jenkins.plugins.argopreflight.testing.server.RawServer;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/** A program of its own, with a small heap: it asks hostile servers and prints a line for each. */
public final class BoundaryRuns {

    /** The time of a run that ends by itself. */
    private static final Duration LONG = Duration.ofSeconds(20);

    static final Duration SLOW = Duration.ofSeconds(3);
    private static final Duration SHORT = Duration.ofMillis(400);

    private BoundaryRuns() {}

    /** {@code attacks}, {@code resets}, or {@code generated} with their number. */
    public static void main(String[] arguments) throws Exception {
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            failure.printStackTrace();
            Runtime.getRuntime().halt(1);
        });
        for (Role role : Role.values()) {
            run(role, "WARM_UP", LONG, (request, out) -> whole(role, request, out, role.answer()));
        }
        switch (arguments[0]) {
            case "attacks" -> attacks();
            case "resets" -> resets();
            case "generated" -> generated(Integer.parseInt(arguments[1]));
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    /** Runs one after the other, as each could take all of the heap; those that wait or are small run together. */
    private static void attacks() throws Exception {
        List<Callable<String>> small = new ArrayList<>();
        for (Role role : Role.values()) {
            for (Attack attack : Attack.values()) {
                Duration time = time(role, attack);
                Callable<String> run =
                        () -> run(role, attack.name(), time, (request, out) -> attack(role, attack, request, out));
                if (attack.isSlow() || attack.isWhole()) {
                    small.add(run);
                } else {
                    run.call();
                }
            }
        }
        together(small);
    }

    /** Returns the time of a run. Reading a body without end to its limit can take long: its time ends first. */
    private static Duration time(Role role, Attack attack) {
        if (attack.isSlow()) {
            return SLOW;
        }
        boolean event = role == Role.WATCH && attack == Attack.EVENT;
        return attack.isWhole() || attack.isOfFraming() || role.readsLittle() || event ? LONG : SHORT;
    }

    private static void attack(Role role, Attack attack, String request, OutputStream out) throws IOException {
        Optional<String> before = role.before(request);
        if (before.isPresent()) {
            text(out, before.get());
        } else {
            attack.write(request, out, role.status());
        }
    }

    private static void whole(Role role, String request, OutputStream out, String answer) throws IOException {
        Optional<String> before = role.before(request);
        if (before.isEmpty() && request.startsWith("HEAD")) {
            text(out, Attack.NO_HEAD);
        } else {
            text(out, before.orElse(answer));
        }
    }

    /** Resets the first connection after so many bytes of the answer, for each number of bytes. */
    private static void resets() throws Exception {
        List<Callable<String>> all = new ArrayList<>();
        for (Role role : Role.values()) {
            for (int i = 0; i <= role.answer().length(); i++) {
                String begin = role.answer().substring(0, i);
                AtomicBoolean reset = new AtomicBoolean();
                all.add(() -> run(role, "RESET_" + begin.length(), LONG, (request, out) -> {
                    if (role.before(request).isPresent() || request.startsWith("HEAD") || reset.getAndSet(true)) {
                        whole(role, request, out, role.answer());
                    } else {
                        text(out, begin);
                        throw new RawServer.Reset();
                    }
                }));
            }
        }
        together(all);
    }

    private static void generated(int count) throws Exception {
        AnswerVariants variants = new AnswerVariants(20261201);
        for (int i = 0; i < count; i++) {
            Role role = Role.values()[i % Role.values().length];
            byte[] answer = variants.next(role.answer());
            run(role, "GENERATED_" + i, SHORT, (request, out) -> {
                if (role.before(request).isPresent() || request.startsWith("HEAD")) {
                    whole(role, request, out, role.answer());
                } else {
                    out.write(answer);
                }
            });
        }
    }

    private static void together(List<Callable<String>> runs) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(32);
        for (Future<String> each : threads.invokeAll(runs)) {
            each.get();
        }
        threads.shutdown();
    }

    private static void text(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    /** Prints {@code role TAB attack TAB milliseconds of processor TAB milliseconds TAB sentence}. */
    private static String run(Role role, String attack, Duration time, RawServer.Writer writer) throws Exception {
        long began = System.nanoTime();
        long start = processor();
        try (RawServer server = new RawServer(writer)) {
            String sentence = role.ask(server.url(), time).replace("\n", "\\n");
            long passed = (System.nanoTime() - began) / 1_000_000;
            server.awaitEndOfConnections();
            server.requests().stream()
                    .filter(request -> !role.sendsPassword(request))
                    .forEach(Role::checkThatNoPasswordIsIn);
            String line = role + "\t" + attack + "\t" + (processor() - start) + "\t" + passed + "\t" + sentence;
            System.out.println(line);
            return line;
        }
    }

    private static long processor() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime() / 1_000_000;
    }
}
