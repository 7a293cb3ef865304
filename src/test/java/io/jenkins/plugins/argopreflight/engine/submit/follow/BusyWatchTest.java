package io.jenkins.plugins.argopreflight.engine.submit.follow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.LiveCluster;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.submit.follow.Followers.Following;
import io.jenkins.plugins.argopreflight.engine.submit.follow.Followers.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A server that sends changes faster than they are processed. */
class BusyWatchTest {

    private static final int CHANGES = 1_000;

    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
    private final CompletableFuture<LiveCluster.WatchListener> watch = new CompletableFuture<>();
    private final CountDownLatch free = new CountDownLatch(1);
    private final CountDownLatch last = new CountDownLatch(1);
    private final List<String> versions = new ArrayList<>();

    @AfterEach
    void stop() {
        workers.shutdownNow();
        timer.shutdownNow();
    }

    @Test
    void shouldKeepOnlyTheLastChangeOfEachFollowedWorkflow() throws Exception {
        Followers followers = new Followers(workers, timer, 1);
        try (Following following = followers.follow(new Flood(), new Subject("ci", "build", ""), new Slow())) {
            LiveCluster.WatchListener listener = watch.get(60, TimeUnit.SECONDS);
            for (int i = 2; i <= CHANGES; i++) {
                listener.changed(LiveCluster.Change.ADDED, workflow("other-" + i, i));
                listener.changed(LiveCluster.Change.MODIFIED, workflow("build", i));
            }
            free.countDown();

            assertThat(last.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(versions).startsWith("1").endsWith("" + CHANGES).hasSizeLessThan(10);
        }
    }

    private static ObjectNode workflow(String name, int version) {
        ObjectNode workflow = JsonNodeFactory.instance.objectNode();
        workflow.putObject("metadata").put("name", name).put("uid", name).put("resourceVersion", "" + version);
        return workflow;
    }

    /** Processes nothing after the first state until it is free. */
    private final class Slow implements Follower {

        @Override
        public Optional<String> refusal() {
            return Optional.empty();
        }

        @Override
        public void changed(ObjectNode workflow) {
            String version = KubeObjects.resourceVersion(workflow);
            versions.add(version);
            try {
                if (!version.equals("1")) {
                    free.await();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            if (version.equals("" + CHANGES)) {
                last.countDown();
            }
        }

        @Override
        public void gone(Optional<ObjectNode> other) {
            versions.add("gone");
        }

        @Override
        public void delayed(ClusterException why) {
            versions.add("delayed");
        }

        @Override
        public void lost(ClusterException why) {
            versions.add("lost");
        }
    }

    private final class Flood implements LiveCluster {

        @Override
        public String connectionKey() {
            return "flood";
        }

        @Override
        public Optional<ObjectNode> get(Resource resource, String namespace, String name) {
            return Optional.of(workflow(name, 1));
        }

        @Override
        public String version(Resource resource, String namespace, String labelSelector) {
            return "1";
        }

        @Override
        public ObjectNode patch(Resource resource, String namespace, String name, JsonNode mergePatch) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Subscription watch(
                Resource resource, String namespace, String selector, String version, WatchListener listener) {
            watch.complete(listener);
            return () -> {};
        }

        @Override
        public Subscription log(LogQuery query, LogListener listener) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    }
}
