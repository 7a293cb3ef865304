package io.jenkins.plugins.argopreflight.engine.boundary;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterConnection;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterConnection.Timeouts;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterEndpoint;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterEndpoint.Trust;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterLogin;
import io.jenkins.plugins.argopreflight.engine.kubernetes.LiveCluster;
import io.jenkins.plugins.argopreflight.engine.kubernetes.LiveCluster.Change;
import io.jenkins.plugins.argopreflight.engine.kubernetes.LiveCluster.LogListener;
import io.jenkins.plugins.argopreflight.engine.kubernetes.LiveCluster.LogQuery;
import io.jenkins.plugins.argopreflight.engine.kubernetes.LiveCluster.Subscription;
import io.jenkins.plugins.argopreflight.engine.kubernetes.LiveCluster.WatchListener;
import io.jenkins.plugins.argopreflight.engine.kubernetes.argoserver.ArgoServer;
import io.jenkins.plugins.argopreflight.engine.kubernetes.argoserver.ArgoServer.Output;
import io.jenkins.plugins.argopreflight.engine.kubernetes.argoserver.ArgoServerAddress;
import io.jenkins.plugins.argopreflight.engine.kubernetes.client.Fabric8ArgoServer;
import io.jenkins.plugins.argopreflight.engine.kubernetes.client.Fabric8Gateway;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.registry.Answer;
import io.jenkins.plugins.argopreflight.engine.registry.Login;
import io.jenkins.plugins.argopreflight.engine.registry.TestNames;
import io.jenkins.plugins.argopreflight.engine.registry.probe.RegistryProbe;
import io.jenkins.plugins.argopreflight.engine.util.secret.Password;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A server that the product asks, what it answers first, and one request to it. */
enum Role {
    REGISTRY(Attack.BODY + "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\"}") {
        @Override
        String ask(URI server, Duration time) {
            try (RegistryProbe probe = probe(server, time)) {
                Fact<?> config = probe.configAsync(IMAGE, Optional.empty()).join();
                return config instanceof Fact.Unknown<?> unknown
                        ? unknown.reason()
                        : HOST + ": the image has a configuration";
            }
        }
    },
    REGISTRY_ERROR(Attack.BODY.replace("200 OK", "404 Not Found") + "{\"errors\":[{\"code\":\"MANIFEST_UNKNOWN\"}]}") {
        @Override
        String status() {
            return "404 Not Found";
        }

        @Override
        String ask(URI server, Duration time) {
            try (RegistryProbe probe = probe(server, time)) {
                Answer answer = probe.ask(IMAGE, Optional.of(LOGIN));
                checkThatNoPasswordIsIn(answer.toString());
                return answer.verdict() + " " + answer.explanation();
            }
        }
    },
    TOKEN_SERVER(Attack.BODY + "{\"token\":\"t0k3n\"}") {
        @Override
        String ask(URI server, Duration time) {
            return REGISTRY_ERROR.ask(server, time);
        }

        /** A token server can lead the login to another place of its own origin. */
        @Override
        boolean sendsPassword(String request) {
            return request.matches("(?s)GET /(token|v2/again).*");
        }

        @Override
        Optional<String> before(String request) {
            return request.startsWith("GET /token")
                    ? Optional.empty()
                    : Optional.of("HTTP/1.1 401 No\r\nWWW-Authenticate: Bearer realm=\"https://" + HOST + "/token\"\r\n"
                            + "Content-Length: 0\r\n\r\n");
        }
    },
    API_SERVER(Attack.BODY + "{\"gitVersion\":\"v1.34.1\"}") {
        @Override
        String ask(URI server, Duration time) {
            return cluster(server, time, Fabric8Gateway::version);
        }
    },
    LIST(Attack.BODY + "{\"items\":[{\"metadata\":{\"name\":\"a\"}}]}") {
        @Override
        String ask(URI server, Duration time) {
            return cluster(server, time, gateway -> gateway.list(Resource.PODS, "ci", "", "") + " pods");
        }
    },
    LOG_TAIL(Attack.BODY + "one\ntwo") {
        @Override
        String ask(URI server, Duration time) {
            return cluster(
                    server,
                    time,
                    gateway -> gateway.log("ci", "pod", "main", 20).size() + " lines");
        }
    },
    WATCH(Attack.BODY + "{\"type\":\"BOOKMARK\",\"object\":{\"metadata\":{\"resourceVersion\":\"8\"}}}\n") {
        @Override
        String ask(URI server, Duration time) {
            return stream(
                    server, time, (live, heard) -> live.watch(Resource.WORKFLOWS, "ci", "completed!=true", "7", heard));
        }
    },
    LOG_STREAM(Attack.BODY + "2026-01-01T00:00:00.000000001Z one\n") {
        @Override
        String ask(URI server, Duration time) {
            LogQuery query = new LogQuery("ci", "pod", "main", Optional.empty(), true, 1000);
            return stream(server, time, (live, heard) -> live.log(query, heard));
        }
    },
    ARGO_SERVER(Attack.BODY + "{\"version\":\"v3.7.1\"}") {
        @Override
        String ask(URI server, Duration time) {
            return argo(server, time, ArgoServer::version);
        }
    },
    ARGO_LOG(Attack.BODY + "one\ntwo") {
        @Override
        String ask(URI server, Duration time) {
            return argo(
                    server,
                    time,
                    argo -> argo.log(new Output("ci", "build", "", "node", "main-logs"), 20)
                                    .size() + " lines");
        }
    };

    /** A stream that goes on is left after such a part of the time. */
    private static final int STREAM = 3;

    static final String HOST = "registry.example.com";
    private static final ImageReference IMAGE = ImageReference.parse(HOST + "/team/image:v1.2");
    private static final String PASSWORD = "c4n4ry-in-a-coal-mine";
    private static final String SENT = Base64.getEncoder().encodeToString(("team:" + PASSWORD).getBytes());
    private static final Login LOGIN = new Login("team", Password.of(PASSWORD));

    private final String answer;

    Role(String answer) {
        this.answer = answer;
    }

    /** A whole answer in good order. */
    String answer() {
        return answer;
    }

    /**
     * Sends requests until it is known how they end.
     *
     * @return one sentence; before it, the verdict of a registry or the kind of failure of another server
     */
    abstract String ask(URI server, Duration time);

    /** Returns whether so little of a body is read that reading ends by itself. */
    boolean readsLittle() {
        return this == REGISTRY_ERROR || this == TOKEN_SERVER;
    }

    /** Returns whether a request is allowed to have the password of the registry. */
    boolean sendsPassword(String request) {
        return false;
    }

    /** The answer to a request that only leads to the one that is attacked. */
    Optional<String> before(String request) {
        return Optional.empty();
    }

    /** Throws an exception if the password of the registry is in a text, as it is or as it is sent. */
    static void checkThatNoPasswordIsIn(String text) {
        if (text.contains(PASSWORD) || text.contains(SENT)) {
            throw new IllegalStateException("the password is in " + text);
        }
    }

    /** The status of the answer that is attacked. */
    String status() {
        return "200 OK";
    }

    private static RegistryProbe probe(URI server, Duration time) {
        return new RegistryProbe(
                TestNames.settings().timeout(time).address(HOST, server).build());
    }

    private static ClusterConnection connection(URI server, Duration time) {
        ClusterConnection to = ClusterConnection.DEFAULT.to(
                ClusterEndpoint.of("test", server.toString(), new Trust("", true, ""), ClusterLogin.anonymous()));
        return to.withTimeouts(new Timeouts(time, time, time));
    }

    private static String cluster(URI server, Duration time, Function<Fabric8Gateway, String> request) {
        try (Fabric8Gateway gateway = Fabric8Gateway.connect(connection(server, time))) {
            return server + ": " + request.apply(gateway);
        } catch (ClusterException e) {
            return e.kind() + " " + e.getMessage();
        }
    }

    private static String argo(URI server, Duration time, Function<ArgoServer, String> request) {
        ArgoServerAddress address = new ArgoServerAddress("test", server.toString(), "", true, Optional.empty());
        try (ArgoServer argo = Fabric8ArgoServer.connect(connection(server, time), address)) {
            return server + ": " + request.apply(argo);
        } catch (ClusterException e) {
            return e.kind() + " " + e.getMessage();
        }
    }

    private interface Begin {
        Subscription begin(LiveCluster live, Heard heard);
    }

    private static String stream(URI server, Duration time, Begin begin) {
        Heard heard = new Heard();
        try (Fabric8Gateway gateway = Fabric8Gateway.connect(connection(server, time));
                LiveCluster live = gateway.live().orElseThrow();
                Subscription open = begin.begin(live, heard)) {
            return heard.end
                    .get(time.toMillis() / STREAM, TimeUnit.MILLISECONDS)
                    .map(failure -> failure.kind() + " " + failure.getMessage())
                    .orElse(server + ": ended");
        } catch (TimeoutException e) {
            return server + ": still open after " + (heard.count.get() > 0 ? "many" : "no") + " lines";
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Counts what it hears. */
    private static final class Heard implements WatchListener, LogListener {

        private final AtomicInteger count = new AtomicInteger();
        private final CompletableFuture<Optional<ClusterException>> end = new CompletableFuture<>();

        @Override
        public void changed(Change change, ObjectNode object) {
            count.incrementAndGet();
        }

        @Override
        public void line(String line) {
            count.incrementAndGet();
        }

        @Override
        public void ended(Optional<ClusterException> failure) {
            end.complete(failure);
        }
    }
}
