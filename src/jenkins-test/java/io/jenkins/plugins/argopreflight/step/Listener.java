package io.jenkins.plugins.argopreflight.step;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An API server that allows everything, holds nothing but namespaces and ServiceAccounts, and records what it receives. */
public final class Listener implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpServer server;
    private final List<String> received = new CopyOnWriteArrayList<>();

    public Listener() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** A kubeconfig that leads here, with a login. */
    public String kubeconfig() {
        return kubeconfig("");
    }

    String kubeconfig(String namespace) {
        return "apiVersion: v1\nkind: Config\ncurrent-context: a\n"
                + "contexts: [{name: a, context: {cluster: c, user: u, namespace: \"" + namespace + "\"}}]\n"
                + "clusters: [{name: c, cluster: {server: \"" + url() + "\"}}]\n"
                + "users: [{name: u, user: {token: token-of-the-file}}]\n";
    }

    /** Returns the received requests: the line, the login and the body of each. */
    public List<String> received() {
        return List.copyOf(received);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String path = exchange.getRequestURI().getPath();
        received.add(exchange.getRequestMethod() + " " + path + " "
                + exchange.getRequestHeaders().getFirst("Authorization") + " " + body);
        ObjectNode object = body.startsWith("{") ? (ObjectNode) JSON.readTree(body) : JSON.createObjectNode();
        int status = exchange.getRequestMethod().equals("POST") ? 201 : 200;
        String name = path.substring(path.lastIndexOf('/') + 1);
        if (path.contains("reviews")) {
            object.putObject("status").put("allowed", true);
        } else if (exchange.getRequestMethod().equals("GET")) {
            if (path.matches(".*/(namespaces|serviceaccounts)/[^/]+")) {
                object.put("apiVersion", "v1")
                        .put("kind", path.contains("serviceaccounts") ? "ServiceAccount" : "Namespace");
                object.putObject("metadata").put("name", name).put("uid", "1").put("resourceVersion", "1");
            } else if (path.matches(".*/(secrets|serviceaccounts|pods|namespaces)")) {
                object.put("apiVersion", "v1").put("kind", "List").putArray("items");
                object.putObject("metadata").put("resourceVersion", "1");
            } else if (path.equals("/version")) {
                object.put("gitVersion", "v1.34.4");
            } else {
                status = 404;
                object.put("apiVersion", "v1").put("kind", "Status").put("status", "Failure");
                object.put("message", name + " not found")
                        .put("reason", "NotFound")
                        .put("code", 404);
                object.putObject("details").put("name", name);
            }
        }
        byte[] answer = JSON.writeValueAsBytes(object);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
