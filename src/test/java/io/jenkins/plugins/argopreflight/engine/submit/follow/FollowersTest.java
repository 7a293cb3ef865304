package io.jenkins.plugins.argopreflight.engine.submit.follow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.AccessLimits;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway.WriteMode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.LiveCluster;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import io.jenkins.plugins.argopreflight.engine.submit.follow.Followers.Following;
import io.jenkins.plugins.argopreflight.engine.submit.follow.Followers.Subject;
import io.jenkins.plugins.argopreflight.offline.memory.MemoryCluster;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FollowersTest {

    private final ExecutorService workers = Executors.newFixedThreadPool(2);
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
    private final Followers followers = new Followers(workers, timer, 1);
    private final MemoryCluster cluster = new MemoryCluster("https://one.example.com");

    @BeforeEach
    void makeNamespace() {
        cluster.load("{kind: Namespace, apiVersion: v1, metadata: {name: ci}}");
    }

    @AfterEach
    void stop() {
        workers.shutdownNow();
        timer.shutdownNow();
    }

    @Test
    void shouldReportTheStateThenEachChange() {
        create("build");
        RecordingFollower follower = new RecordingFollower();

        try (Following following = follow(cluster, "build", "", follower)) {
            assertThat(follower.next()).isEqualTo("phase ");
            setPhase("build", "Running");
            assertThat(follower.next()).isEqualTo("phase Running");
        }
    }

    @Test
    void shouldReportTheEndOfAWorkflowThatLeavesTheWatch() {
        create("build");
        RecordingFollower follower = new RecordingFollower();

        try (Following following = follow(cluster, "build", "", follower)) {
            follower.await("phase ");
            complete("build", "Failed");

            assertThat(follower.next()).isEqualTo("phase Failed");
        }
    }

    @Test
    void shouldReportAWorkflowThatHadEndedBefore() {
        create("build");
        complete("build", "Succeeded");
        RecordingFollower follower = new RecordingFollower();

        try (Following following = follow(cluster, "build", "", follower)) {
            assertThat(follower.next()).isEqualTo("phase Succeeded");
        }
    }

    @Test
    void shouldEndWhenTheWorkflowIsDeleted() {
        create("build");
        RecordingFollower follower = new RecordingFollower();
        follow(cluster, "build", "", follower);
        follower.await("phase ");

        delete("build");

        assertThat(follower.next()).isEqualTo("gone");
        create("build");
        RecordingFollower next = new RecordingFollower();
        follow(cluster, "build", "", next);
        next.await("phase ");
        assertThat(follower.heardNothing()).isTrue();
    }

    @Test
    void shouldNotTakeAnotherWorkflowOfTheSameNameForIt() {
        String uid = KubeObjects.uid(create("build"));
        delete("build");
        create("build");
        RecordingFollower follower = new RecordingFollower();

        follow(cluster, "build", uid, follower);

        assertThat(follower.next()).isEqualTo("another has its name");
    }

    @Test
    void shouldShareOneWatchAmongFiftyFollowers() {
        List<RecordingFollower> all = new ArrayList<>();
        List<Following> followings = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            create("build-" + i);
            all.add(new RecordingFollower());
            followings.add(follow(cluster, "build-" + i, "", all.get(i)));
        }

        all.forEach(follower -> follower.await("phase "));
        complete("build-7", "Failed");

        assertThat(all.get(7).next()).isEqualTo("phase Failed");
        assertThat(followers.watches()).isEqualTo(1);
        assertThat(cluster.requests())
                .filteredOn(request -> request.startsWith("watch"))
                .hasSize(1);
        assertThat(all).filteredOn(follower -> !follower.heardNothing()).isEmpty();
        followings.forEach(Following::close);
        awaitNoWatch();
    }

    @Test
    void shouldNotShareAWatchAmongIdentities() {
        MemoryCluster other = new MemoryCluster("https://two.example.com");
        other.load("{kind: Workflow, apiVersion: argoproj.io/v1alpha1, metadata: {name: build, namespace: ci}}");
        create("build");
        RecordingFollower ours = new RecordingFollower();
        RecordingFollower theirs = new RecordingFollower();
        follow(cluster, "build", "", ours);
        follow(other, "build", "", theirs);
        ours.await("phase ");
        theirs.await("phase ");

        setPhase("build", "Running");

        assertThat(ours.next()).isEqualTo("phase Running");
        assertThat(followers.watches()).isEqualTo(2);
        assertThat(theirs.heardNothing()).isTrue();
    }

    @Test
    void shouldAskForTheLimitsOfEachFollowerBeforeItReceives() {
        create("build");
        RecordingFollower allowed = new RecordingFollower();
        RecordingFollower refused = new RecordingFollower();
        RecordingFollower never = new RecordingFollower();
        never.refuse("namespace ci is not allowed");
        follow(cluster, "build", "", never);
        follow(cluster, "build", "", allowed);
        follow(cluster, "build", "", refused);
        allowed.await("phase ");
        refused.await("phase ");

        refused.refuse("namespace ci is not in allowedNamespaces any more");
        setPhase("build", "Running");

        assertThat(never.next()).isEqualTo("lost NOT_ALLOWED");
        assertThat(allowed.next()).isEqualTo("phase Running");
        assertThat(refused.next()).isEqualTo("lost NOT_ALLOWED");
    }

    @Test
    void shouldStayWithinTheLimitsOfTheCluster() {
        create("build");
        AccessLimits limits = new AccessLimits("cluster \"prod\"", List.of("team-*"), "argo", true);
        RecordingFollower follower = new RecordingFollower();

        LiveCluster live = limits.around(cluster).live().orElseThrow();
        followers.follow(live, new Subject("ci", "build", ""), follower);

        assertThat(follower.next()).isEqualTo("lost NOT_ALLOWED");
        awaitNoWatch();
    }

    /** The followers that share the watch begin again, and do not wait for an event that never comes. */
    @Test
    void shouldEndForAllWhenSomethingFailsWithAnError() {
        create("build");
        create("other");
        RecordingFollower failing = new RecordingFollower();
        RecordingFollower other = new RecordingFollower();
        follow(cluster, "build", "", failing);
        follow(cluster, "other", "", other);
        failing.await("phase ");
        other.await("phase ");

        failing.fail();
        setPhase("build", "Running");

        assertThat(failing.next()).isEqualTo("lost SERVER_ERROR");
        assertThat(other.next()).isEqualTo("lost SERVER_ERROR");
        awaitNoWatch();
    }

    @Test
    void shouldEndWhenTheWorkflowCannotBeRead() {
        create("build");
        cluster.deny(new Right("get", "argoproj.io", "workflows", "", "ci", ""));
        RecordingFollower follower = new RecordingFollower();

        try (Following following = follow(cluster, "build", "", follower)) {
            assertThat(follower.next()).isEqualTo("lost FORBIDDEN");
        }
    }

    private Following follow(MemoryCluster in, String name, String uid, Follower follower) {
        return followers.follow(in.live().orElseThrow(), new Subject("ci", name, uid), follower);
    }

    private void awaitNoWatch() {
        while (followers.watches() > 0) {
            Thread.onSpinWait();
        }
    }

    private ObjectNode create(String name) {
        return cluster.create(Resource.WORKFLOWS, KubeObjects.of(Resource.WORKFLOWS, "ci", name), WriteMode.REAL);
    }

    private void setPhase(String name, String phase) {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        patch.putObject("status").put("phase", phase);
        patch(name, patch);
    }

    private void complete(String name, String phase) {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        patch.putObject("status").put("phase", phase);
        patch.putObject("metadata").putObject("labels").put("workflows.argoproj.io/completed", "true");
        patch(name, patch);
    }

    private void patch(String name, ObjectNode patch) {
        cluster.live().orElseThrow().patch(Resource.WORKFLOWS, "ci", name, patch);
    }

    private void delete(String name) {
        cluster.delete(Resource.WORKFLOWS, "ci", name, "", "", WriteMode.REAL);
    }
}
