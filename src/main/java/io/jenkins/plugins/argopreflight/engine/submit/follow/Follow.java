package io.jenkins.plugins.argopreflight.engine.submit.follow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.submit.follow.Followers.Subject;
import java.math.BigInteger;
import java.util.Optional;

/** A follower with the last state that it received. It never receives an older state, and nothing after its end. */
final class Follow {

    final RetryPolicy retryPolicy;
    private final Subject subject;
    private final Follower follower;
    private String uid;
    private String version = "";
    private volatile boolean ended;

    Follow(Subject subject, Follower follower, RetryPolicy retryPolicy) {
        this.retryPolicy = retryPolicy;
        this.subject = subject;
        this.follower = follower;
        this.uid = subject.uid();
    }

    String name() {
        return subject.name();
    }

    boolean isEnded() {
        return ended;
    }

    /**
     * Returns whether this is the followed workflow, not a later one of the same name. The first one is always
     * followed.
     */
    boolean isFollowed(ObjectNode workflow) {
        return uid.isEmpty() || uid.equals(KubeObjects.uid(workflow));
    }

    /**
     * Reports the state that a request or an event returned for the name; empty if there is no workflow of this name.
     */
    void received(Optional<ObjectNode> workflow) {
        if (ended) {
            return;
        }
        Optional<String> refusal = follower.refusal();
        if (refusal.isPresent()) {
            lost(new ClusterException(Kind.NOT_ALLOWED, refusal.get()));
        } else if (workflow.isEmpty() || !isFollowed(workflow.get())) {
            ended = true;
            follower.gone(workflow);
        } else if (isNewer(KubeObjects.resourceVersion(workflow.get()))) {
            uid = KubeObjects.uid(workflow.get());
            version = KubeObjects.resourceVersion(workflow.get());
            follower.changed(workflow.get());
        }
    }

    /**
     * Returns whether a resource version is newer. Two numbers are compared as numbers; any other version is newer if
     * it differs.
     *
     * @see <a href="https://github.com/kubernetes/enhancements/issues/5504">KEP-5504, Comparable Resource Version</a>
     */
    private boolean isNewer(String next) {
        boolean numbers = next.matches("\\d{1,40}") && version.matches("\\d{1,40}");
        return numbers ? new BigInteger(next).compareTo(new BigInteger(version)) > 0 : !next.equals(version);
    }

    void delayed(ClusterException failure) {
        if (!ended) {
            follower.delayed(failure);
        }
    }

    void lost(ClusterException failure) {
        if (!ended) {
            ended = true;
            follower.lost(failure);
        }
    }

    void close() {
        ended = true;
    }
}
