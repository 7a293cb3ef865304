package io.jenkins.plugins.argopreflight.engine.submit.follow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterConnection;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.client.Fabric8Gateway;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import io.jenkins.plugins.argopreflight.engine.submit.follow.Followers.Following;
import io.jenkins.plugins.argopreflight.engine.submit.follow.Followers.Subject;
import io.jenkins.plugins.argopreflight.testing.server.Fault;
import io.jenkins.plugins.argopreflight.testing.server.FaultProxy;
import io.jenkins.plugins.argopreflight.testing.server.NeedsServers;
import io.jenkins.plugins.argopreflight.testing.server.RealCluster;
import io.jenkins.plugins.argopreflight.testing.server.Server;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Following on a real API server: what it sends when it restarts, forgets, and deletes. */
@NeedsServers(Server.CLUSTER)
class FollowersOnServerTest {

    private static final Predicate<FaultProxy.Request> WATCH =
            request -> request.path().contains("watch=true");

    private final RealCluster cluster = RealCluster.get();
    private final ExecutorService workers = Executors.newFixedThreadPool(2);
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
    private final Followers followers = new Followers(workers, timer);
    private String namespace;
    private String workflows;

    @BeforeEach
    void makeNamespace() {
        namespace = cluster.namespace("follow");
        workflows = "/apis/argoproj.io/v1alpha1/namespaces/" + namespace + "/workflows";
    }

    @AfterEach
    void stop() {
        workers.shutdownNow();
        timer.shutdownNow();
    }

    @Test
    void shouldGoOnAfterARestartOfTheServer() {
        create("build");
        RecordingFollower follower = new RecordingFollower();
        try (Following following = follow("build", follower)) {
            follower.await("phase ");

            cluster.stopServer();
            cluster.restartServer();
            set("build", "Running");
            follower.await("phase Running");
            complete("build");

            follower.await("phase Succeeded");
        }
    }

    @Test
    void shouldLookAgainWhenTheServerHasForgottenTheVersion() {
        create("build");
        RecordingFollower follower = new RecordingFollower();
        try (FaultProxy proxy = FaultProxy.before(cluster).fail(WATCH, 1, Fault.answer(410, "Expired", Map.of()));
                Following following = follow(proxy.kubeconfig(cluster.admin()), "build", follower)) {
            follower.await("phase ");
            while (proxy.requests().stream().filter(WATCH).count() < 2) {
                Thread.onSpinWait();
            }
            complete("build");

            follower.await("phase Succeeded");
        }
    }

    @Test
    void shouldGoOnAfterConnectionsThatBreak() {
        create("build");
        RecordingFollower follower = new RecordingFollower();
        try (FaultProxy proxy = FaultProxy.before(cluster)
                        .fail(WATCH, 1, Fault.CUT_BEFORE)
                        .fail(WATCH, 2, Fault.unavailable());
                Following following = follow(proxy.kubeconfig(cluster.admin()), "build", follower)) {
            follower.await("phase ");
            complete("build");

            follower.await("phase Succeeded");
        }
    }

    @Test
    void shouldNotFollowAnotherWorkflowOfTheSameName() {
        create("build");
        RecordingFollower follower = new RecordingFollower();
        try (Following following = follow("build", follower)) {
            follower.await("phase ");

            cluster.api().delete(workflows + "/build");
            create("build");

            assertThat(follower.next()).isIn("gone", "another has its name");
        }
    }

    @Test
    void shouldHoldOneWatchForFiftyFollowers() {
        List<RecordingFollower> all = new ArrayList<>();
        List<Following> followings = new ArrayList<>();
        try (FaultProxy proxy = FaultProxy.before(cluster)) {
            Path kubeconfig = proxy.kubeconfig(cluster.admin());
            for (int i = 0; i < 50; i++) {
                create("build-" + i);
                all.add(new RecordingFollower());
                followings.add(follow(kubeconfig, "build-" + i, all.get(i)));
            }
            all.forEach(follower -> follower.await("phase "));
            for (int i = 0; i < 50; i++) {
                complete("build-" + i);
            }
            all.forEach(follower -> follower.await("phase Succeeded"));

            assertThat(proxy.requests()).filteredOn(WATCH).hasSize(1);
            // One look at the beginning and one at the end of each, and one list.
            assertThat(proxy.requests()).hasSizeLessThanOrEqualTo(1 + 1 + 2 * 50);
            followings.forEach(Following::close);
        }
    }

    @Test
    void shouldReportTheMissingRight() {
        create("build");
        RealCluster.User user = cluster.userWith(new Right("get", "argoproj.io", "workflows", "", namespace, ""));
        RecordingFollower follower = new RecordingFollower();
        Followers quick = new Followers(workers, timer, 1);
        try (ClusterGateway gateway =
                Fabric8Gateway.connect(ClusterConnection.DEFAULT.withKubeconfigs(cluster.kubeconfig(user)))) {
            quick.follow(gateway.live().orElseThrow(), new Subject(namespace, "build", ""), follower);

            assertThat(follower.next()).isEqualTo("lost FORBIDDEN");
        }
    }

    private Following follow(String name, Follower follower) {
        return follow(cluster.adminKubeconfig(), name, follower);
    }

    private Following follow(Path kubeconfig, String name, Follower follower) {
        try (ClusterGateway gateway = Fabric8Gateway.connect(ClusterConnection.DEFAULT.withKubeconfigs(kubeconfig))) {
            return followers.follow(gateway.live().orElseThrow(), new Subject(namespace, name, ""), follower);
        }
    }

    private JsonNode create(String name) {
        return cluster.api()
                .create(
                        workflows,
                        Map.of(
                                "apiVersion", "argoproj.io/v1alpha1",
                                "kind", "Workflow",
                                "metadata", Map.of("name", name)));
    }

    private void set(String name, String phase) {
        cluster.api().mergePatch(workflows + "/" + name, Map.of("status", Map.of("phase", phase)));
    }

    private void complete(String name) {
        cluster.api()
                .mergePatch(
                        workflows + "/" + name,
                        Map.of(
                                "metadata", Map.of("labels", Map.of("workflows.argoproj.io/completed", "true")),
                                "status", Map.of("phase", "Succeeded")));
    }
}
