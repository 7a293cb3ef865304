package io.jenkins.plugins.argopreflight.engine.submit;

import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.kubernetes.LiveCluster.LogListener;
import io.jenkins.plugins.argopreflight.engine.kubernetes.LiveCluster.LogQuery;
import io.jenkins.plugins.argopreflight.engine.kubernetes.LiveCluster.Subscription;
import io.jenkins.plugins.argopreflight.engine.submit.RunRecord.LogName;
import java.util.Optional;

/**
 * The log of one container, which is read while the container writes it. When the connection breaks, reading goes on
 * from the last line. After the workflow's node has ended, the log is read once more, so that nothing is missing.
 */
final class ContainerLog implements LogListener {

    private static final long PAUSE_MILLIS = 1000;
    private static final int ATTEMPTS = 30;

    /**
     * The number of refusals after which a refused credential is reported. After the first refusal, a new credential is
     * requested.
     */
    private static final int REFUSALS = 3;

    private static final long LIMIT_BYTES = 20L << 20;

    private final ContainerLogs logs;
    private final String namespace;
    private final String pod;
    private final String container;
    private final String prefix;
    private final LogCursor cursor;
    private Subscription stream = () -> {};
    private boolean nodeEnded;
    /** True if the current reading began after the end of the node, so that it gets the whole log. */
    private boolean isFinalReading;

    private boolean waiting;
    private boolean read;
    /** True if the server, not an error, ended the last reading. */
    private boolean endedRegularly;

    private int failures;
    private int waits;

    /**
     * Creates the log of a container, which is not read yet.
     *
     * @param node the label of the node in the log, which no other node of the workflow has
     */
    ContainerLog(ContainerLogs logs, String namespace, String pod, String container, String node) {
        this.logs = logs;
        this.namespace = namespace;
        this.pod = pod;
        this.container = container;
        this.prefix = "[" + node + (container.equals("main") ? "" : "/" + ContainerLogs.bracketed(container)) + "] ";
        this.cursor = LogCursor.of(logs.record().logs.getOrDefault(key(), ""));
    }

    private LogName key() {
        return new LogName(pod, container);
    }

    String pod() {
        return pod;
    }

    boolean isRead() {
        return read;
    }

    /**
     * Reads the log from the position of the cursor. While the node runs, the server sends lines as they are written.
     */
    void open() {
        isFinalReading = nodeEnded;
        boolean follow = !isFinalReading;
        cursor.reopened();
        try {
            stream = logs.cluster()
                    .log(new LogQuery(namespace, pod, container, cursor.since(), follow, LIMIT_BYTES), this);
        } catch (ClusterException e) {
            handleEnd(Optional.of(e));
        }
    }

    /** Records that the node has ended, so that the log grows no more. */
    void nodeEnded() {
        if (!nodeEnded) {
            nodeEnded = true;
            resume();
        }
    }

    /** Waits for a while and lets other logs be read. The wait ends early when the node ends. */
    private void pause(long millis) {
        waiting = true;
        logs.paused();
        logs.later(millis, this::resume);
    }

    /** Reads the log now, if it is paused. */
    void resume() {
        if (waiting && !read) {
            waiting = false;
            logs.enqueue(this);
        }
    }

    @Override
    public void line(String line) {
        // The thread that stores the record under its lock stores exactly what was shown.
        synchronized (logs.record()) {
            cursor.take(line).ifPresent(text -> {
                logs.sink().line(prefix, text);
                logs.tails().add(pod, container, text);
                logs.record().logs.put(key(), cursor.toString());
            });
        }
    }

    @Override
    public void ended(Optional<ClusterException> failure) {
        logs.run(() -> handleEnd(failure));
    }

    /**
     * Decides after the end of a reading whether to finish, or to read again.
     *
     * @param failure the error that ended the reading; empty if the server ended it regularly
     */
    private void handleEnd(Optional<ClusterException> failure) {
        if (read) {
            return;
        }
        if (failure.isEmpty()) {
            endedRegularly = true;
            if (isFinalReading) {
                finish();
            } else if (nodeEnded) {
                open();
            } else {
                // Either the container has ended, or the server only ended the connection: the end of the node shows
                // it.
                pause(10 * PAUSE_MILLIS);
            }
        } else if (endedRegularly && failure.get().kind() == Kind.NOT_FOUND) {
            // The pod was removed after its log had ended.
            finish();
        } else if ((failure.get().kind() == Kind.INVALID || failure.get().kind() == Kind.NOT_FOUND) && !nodeEnded) {
            // A kubelet also reports "not found" for a pod that it does not know yet. The container waits to start:
            // hundreds can do so at the same time.
            pause(PAUSE_MILLIS << Math.min(waits++ / 2, 5));
        } else if (failure.get().kind() == Kind.INVALID) {
            // The node has ended, and this container never started: it has no log.
            finish();
        } else if (isGone(failure.get().kind()) || ++failures > ATTEMPTS) {
            unread(failure.get().getMessage());
            finish();
        } else {
            endedRegularly = false;
            if (failure.get().kind() == Kind.UNAUTHORIZED && failures == REFUSALS) {
                logs.refused(failure.get());
            }
            pause(PAUSE_MILLIS * Math.min(failures, 10));
        }
    }

    private boolean isGone(Kind kind) {
        return kind == Kind.NOT_FOUND || kind == Kind.FORBIDDEN || kind == Kind.NOT_ALLOWED;
    }

    /** Reports the time from which on lines can be missing. */
    void unread(String why) {
        logs.sink()
                .say("Log of " + prefix.strip() + " from "
                        + cursor.since().map(Object::toString).orElse("its start") + " on could not be read: " + why);
    }

    private void finish() {
        read = true;
        logs.ended();
    }

    void close() {
        read = true;
        stream.close();
    }
}
