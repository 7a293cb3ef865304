package io.jenkins.plugins.argopreflight.engine.boundary;

import com.sun.management.OperatingSystemMXBean;
import io.jenkins.plugins.argopreflight.engine.registry.RawServer;
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

    private static final Duration SHORT = Duration.ofMillis(600);
    private static final byte[] NO_HEAD =
            "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private BoundaryRuns() {}

    /** {@code attacks}, {@code resets}, or {@code generated} with their number. */
    public static void main(String[] arguments) throws Exception {
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

    /** Runs one after the other, as each could take all of the heap; those that only wait run together. */
    private static void attacks() throws Exception {
        List<Callable<String>> slow = new ArrayList<>();
        for (Role role : Role.values()) {
            for (Attack attack : Attack.values()) {
                Duration time = attack.isOfFraming() ? LONG : SHORT;
                Callable<String> run =
                        () -> run(role, attack.name(), time, (request, out) -> attack(role, attack, request, out));
                if (attack.isSlow()) {
                    slow.add(run);
                } else {
                    run.call();
                }
            }
        }
        together(slow);
    }

    private static void attack(Role role, Attack attack, String request, OutputStream out) throws IOException {
        Optional<String> before = role.before(request);
        if (before.isPresent()) {
            text(out, before.get());
        } else if (request.startsWith("HEAD") && !attack.isOfHead()) {
            out.write(NO_HEAD);
        } else {
            attack.write(out, role.status());
        }
    }

    private static void whole(Role role, String request, OutputStream out, String answer) throws IOException {
        Optional<String> before = role.before(request);
        if (before.isEmpty() && request.startsWith("HEAD")) {
            out.write(NO_HEAD);
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
    private static String run(Role role, String attack, Duration time, RawServer.Writer writer) throws IOException {
        long began = System.nanoTime();
        long start = processor();
        try (RawServer server = new RawServer(writer)) {
            String sentence = role.ask(server.url(), time).replace("\n", "\\n");
            long passed = (System.nanoTime() - began) / 1_000_000;
            String line = role + "\t" + attack + "\t" + (processor() - start) + "\t" + passed + "\t" + sentence;
            System.out.println(line);
            return line;
        }
    }

    private static long processor() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime() / 1_000_000;
    }
}
