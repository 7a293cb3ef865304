package io.jenkins.plugins.argopreflight.engine.follow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterException;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.follow.Followers.Subject;
import io.jenkins.plugins.argopreflight.engine.kube.Objects;
import java.math.BigInteger;
import java.util.Optional;

/** One follower and what it knows: it receives no older state after a newer one, and nothing after its end. */
final class Follow {

    final Patience patience;
    private final Subject subject;
    private final Follower follower;
    private String uid;
    private String version = "";
    private volatile boolean over;

    Follow(Subject subject, Follower follower, Patience patience) {
        this.patience = patience;
        this.subject = subject;
        this.follower = follower;
        this.uid = subject.uid();
    }

    String name() {
        return subject.name();
    }

    boolean isOver() {
        return over;
    }

    boolean isAbout(ObjectNode workflow) {
        return uid.isEmpty() || uid.equals(Objects.uid(workflow));
    }

    /** What a look or an event shows of its name. */
    void found(Optional<ObjectNode> workflow) {
        if (over) {
            return;
        }
        Optional<String> refusal = follower.refusal();
        if (refusal.isPresent()) {
            lost(new ClusterException(Kind.NOT_ALLOWED, refusal.get()));
        } else if (workflow.isEmpty() || !isAbout(workflow.get())) {
            over = true;
            follower.gone(workflow);
        } else if (isNewer(Objects.resourceVersion(workflow.get()))) {
            uid = Objects.uid(workflow.get());
            version = Objects.resourceVersion(workflow.get());
            follower.changed(workflow.get());
        }
    }

    /**
     * Versions of one object are compared as numbers.
     *
     * @see <a href="https://github.com/kubernetes/enhancements/issues/5504">KEP-5504, Comparable Resource Version</a>
     */
    private boolean isNewer(String next) {
        boolean numbers = next.matches("\\d{1,40}") && version.matches("\\d{1,40}");
        return numbers ? new BigInteger(next).compareTo(new BigInteger(version)) > 0 : !next.equals(version);
    }

    void delayed(ClusterException why) {
        if (!over) {
            follower.delayed(why);
        }
    }

    void lost(ClusterException why) {
        if (!over) {
            over = true;
            follower.lost(why);
        }
    }

    void close() {
        over = true;
    }
}
