package io.jenkins.plugins.argopreflight.testing.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A server process on loopback with its own folder, stopped when the JVM ends at the latest. */
final class RealServer implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(60);
    private static final int FIRST_PORT = 20_000;
    private static final int LAST_PORT = 32_000;
    private static final int PORT_ATTEMPTS = 100;

    /** Several servers work at once, and each looks for work on all that it may use. */
    static final String PROCESSORS =
            String.valueOf(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));

    private final String name;
    private final Path log;
    private final Process process;

    RealServer(Path folder, List<String> command) {
        this(folder, command, Map.of());
    }

    RealServer(Path folder, List<String> command, Map<String, String> environment) {
        name = Path.of(command.get(0)).getFileName().toString();
        log = folder.resolve(name + ".log");
        try {
            var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
            builder.environment().put("OTEL_TRACES_EXPORTER", "none"); // or the registry looks for a collector
            builder.environment().put("GOGC", "400"); // a small heap made and dropped many times
            builder.environment().put("GOMAXPROCS", PROCESSORS);
            builder.environment().putAll(environment);
            process = builder.redirectOutput(log.toFile()).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }

    /** Below those that Linux, macOS and Windows give to outgoing connections, which could take it before the server does. */
    static int freePort() {
        for (int attempt = 0; attempt < PORT_ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST_PORT, LAST_PORT);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // Taken: another one.
            }
        }
        throw new IllegalStateException("no free port between " + FIRST_PORT + " and " + LAST_PORT);
    }

    /** A new folder that disappears with the JVM. Call it before the servers in it are made. */
    static Path temporaryFolder(String prefix) {
        try {
            Path folder = Files.createTempDirectory(prefix);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        for (int attempt = 0; attempt < 20 && Files.exists(folder); attempt++) {
            try (var paths = Files.walk(folder)) {
                paths.sorted(Comparator.reverseOrder())
                        .forEach(path -> path.toFile().delete());
            } catch (IOException | UncheckedIOException e) {
                pause(); // a server that is being stopped still wrote
            }
        }
    }

    /** Waits until the server says that it is ready; a failure carries the end of its log. */
    void await(BooleanSupplier ready) {
        Instant deadline = Instant.now().plus(START);
        while (!ready.getAsBoolean()) {
            if (!process.isAlive() || Instant.now().isAfter(deadline)) {
                boolean alive = process.isAlive();
                close();
                throw new IllegalStateException(
                        name + (alive ? " is not ready after " + START : " ended") + "; its log ends with\n" + tail());
            }
            pause();
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** The last lines that the server wrote. */
    String tail() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
        } catch (IOException e) {
            return "(no log: " + e.getMessage() + ")";
        }
    }

    private static void pause() {
        sleep(50);
    }

    static void sleep(long milliseconds) {
        try {
            TimeUnit.MILLISECONDS.sleep(milliseconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a server starts", e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
