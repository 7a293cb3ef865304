package io.jenkins.plugins.argopreflight.engine.kubernetes.kubeconfig;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** A program that leaves a trace when it runs, a file whose content must go nowhere, and a server that keeps every login. */
final class Canary implements AutoCloseable {

    static final String SECRET = "canary-of-a-file";

    private final HttpServer server;
    private final Path folder;
    private final Path program;
    private final Path file;
    private final List<String> logins = new CopyOnWriteArrayList<>();

    Canary(Path folder) throws IOException {
        this.folder = folder;
        file = Files.writeString(folder.resolve("canary.txt"), SECRET);
        program = folder.resolve("canary.sh");
        Files.writeString(program, """
                #!/bin/sh
                touch %s/ran-$$
                echo '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"%s"}}'
                """.formatted(folder, SECRET));
        if (!program.toFile().setExecutable(true)) {
            throw new IOException(program + " cannot be made executable");
        }
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        logins.add(Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                .orElse("none"));
        byte[] body = "{\"gitVersion\":\"v1.34.4\"}".getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** Replaces {@code ${program}}, {@code ${file}} and {@code ${server}}. */
    String fill(String text) {
        return text.replace("${program}", program.toString())
                .replace("${file}", file.toString())
                .replace("${server}", url());
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Returns the logins that the server received since the last call. */
    List<String> logins() {
        List<String> copy = List.copyOf(logins);
        logins.clear();
        return copy;
    }

    /** The traces of the program since this was asked last. */
    List<Path> traces() throws IOException {
        List<Path> traces;
        try (Stream<Path> inside = Files.list(folder)) {
            traces = inside.filter(each -> each.getFileName().toString().startsWith("ran-"))
                    .toList();
        }
        for (Path trace : traces) {
            Files.delete(trace);
        }
        return traces;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
