package io.jenkins.plugins.argopreflight.engine.kubernetes.client;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.kubernetes.LiveCluster;
import io.jenkins.plugins.argopreflight.engine.kubernetes.client.ReadMeter.TooLarge;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.yaml.FrozenJson;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** A live cluster over fabric8's HTTP client: single objects, watches and logs of one server with one login. */
final class Fabric8Live implements LiveCluster {

    /**
     * The minimum time of a watch. Like client-go, a watch takes between five and ten minutes, so that not all watches
     * of a cluster begin again at once.
     */
    private static final int SHORTEST_WATCH_SECONDS = 300;

    private static final int MAX_LOG_LINE_BYTES = 1 << 16;

    private final ApiTransport transport;
    private final String server;
    private final String connectionKey;

    Fabric8Live(ApiTransport transport, String server, String connectionKey) {
        this.transport = transport;
        this.server = server;
        this.connectionKey = connectionKey;
    }

    @Override
    public String connectionKey() {
        return connectionKey;
    }

    @Override
    public Optional<ObjectNode> get(Resource resource, String namespace, String name) {
        String path = Paths.object(resource, namespace, name);
        ApiReply reply = transport.get(path);
        return reply.isAbsent(name) ? Optional.empty() : Optional.of(reply.object(server, "GET " + server + path));
    }

    /** {@inheritDoc} One object is requested, since each answer has the version of the whole list. */
    @Override
    public String version(Resource resource, String namespace, String labelSelector) {
        String path = Paths.list(resource, namespace);
        ApiReply reply = transport.get(path + "?limit=1" + Paths.query("labelSelector", labelSelector));
        String request = "GET " + server + path;
        String version = KubeObjects.resourceVersion(reply.object(server, request));
        if (version.isEmpty()) {
            throw StatusErrors.answerOfOtherService(request);
        }
        return version;
    }

    @Override
    public ObjectNode patch(Resource resource, String namespace, String name, JsonNode mergePatch) {
        String path = Paths.object(resource, namespace, name);
        return transport
                .send("PATCH", path, mergePatch, Retries.Effect.REPEATABLE)
                .object(server, "PATCH " + server + path);
    }

    @Override
    public Subscription watch(
            Resource resource, String namespace, String labelSelector, String version, WatchListener listener) {
        int seconds = SHORTEST_WATCH_SECONDS + ThreadLocalRandom.current().nextInt(SHORTEST_WATCH_SECONDS);
        String path = Paths.list(resource, namespace) + "?watch=true&allowWatchBookmarks=true&timeoutSeconds=" + seconds
                + Paths.query("resourceVersion", version) + Paths.query("labelSelector", labelSelector);
        Events events = new Events(listener);
        return events.begin(path);
    }

    @Override
    public Subscription log(LogQuery query, LogListener listener) {
        String path = Paths.object(Resource.PODS, query.namespace(), query.pod()) + "/log?timestamps=true"
                + (query.follow() ? "&follow=true" : "")
                + Paths.query("container", query.container())
                + query.since()
                        .map(since -> Paths.query("sinceTime", since.toString()))
                        .orElse("")
                + "&limitBytes=" + query.limitBytes();
        return transport.stream(path, LineStream.Limit.ofLine(MAX_LOG_LINE_BYTES), new LineStream.Receiver() {
            @Override
            public void line(byte[] text, boolean whole) {
                listener.line(new String(text, StandardCharsets.UTF_8) + (whole ? "" : " …"));
            }

            @Override
            public void ended(Optional<ClusterException> failure) {
                listener.ended(failure);
            }
        });
    }

    @Override
    public void close() {
        transport.close();
    }

    /** The lines of a watch, each an event. */
    private final class Events implements LineStream.Receiver {

        private final WatchListener listener;
        private @Nullable LineStream stream;

        Events(WatchListener listener) {
            this.listener = listener;
        }

        synchronized LineStream begin(String path) {
            LineStream begun = transport.stream(
                    path, LineStream.Limit.ofLine(transport.limits().event()), this);
            stream = begun;
            return begun;
        }

        private synchronized LineStream stream() {
            return requireNonNull(stream);
        }

        @Override
        public void line(byte[] text, boolean whole) {
            if (!whole) {
                stream()
                        .fail(
                                Kind.TOO_LARGE,
                                "an object is larger than "
                                        + ReadMeter.mib(transport.limits().event()) + " and was not read");
                return;
            }
            JsonNode event;
            try {
                event = new ReadMeter(transport.limits()).json(() -> new ByteArrayInputStream(text), text.length);
            } catch (TooLarge e) {
                stream().fail(Kind.TOO_LARGE, e.getMessage());
                return;
            }
            String type = Json.text(event, "type");
            JsonNode object = event.path("object");
            if (type.equals("ERROR")) {
                ApiReply status = new ApiReply(object.path("code").asInt(500), object, Optional.empty());
                stream().fail(StatusErrors.of(status, server, "watch " + server));
            } else if (object instanceof ObjectNode changed && change(type).isPresent()) {
                listener.changed(change(type).get(), FrozenJson.of(changed));
            } else if (text.length > 0) {
                stream().fail(StatusErrors.answerOfOtherService("watch " + server));
            }
        }

        @Override
        public void ended(Optional<ClusterException> failure) {
            listener.ended(failure);
        }
    }

    private static Optional<Change> change(String type) {
        return switch (type) {
            case "ADDED" -> Optional.of(Change.ADDED);
            case "MODIFIED" -> Optional.of(Change.MODIFIED);
            case "DELETED" -> Optional.of(Change.DELETED);
            case "BOOKMARK" -> Optional.of(Change.BOOKMARK);
            default -> Optional.empty();
        };
    }
}
