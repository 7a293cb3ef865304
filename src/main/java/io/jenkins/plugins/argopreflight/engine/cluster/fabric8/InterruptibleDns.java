package io.jenkins.plugins.argopreflight.engine.cluster.fabric8;

import io.jenkins.plugins.argopreflight.engine.concurrent.Crew;
import io.jenkins.plugins.argopreflight.engine.concurrent.SharedThreads;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import okhttp3.Dns;

/** Look-ups of names that end by an interrupt and in time: the system's own do neither, so that shared threads make them. */
final class InterruptibleDns implements Dns {

    private static final SharedThreads LOOK_UPS = new SharedThreads("argo-preflight name", 64, 16);

    private final Dns names;
    private final Duration time;
    private final Crew threads = LOOK_UPS.crew(this, Integer.MAX_VALUE);

    /** @param time for one look-up */
    InterruptibleDns(Dns names, Duration time) {
        this.names = names;
        this.time = time;
    }

    @Override
    public List<InetAddress> lookup(String name) throws UnknownHostException {
        try {
            return CompletableFuture.supplyAsync(() -> find(name), threads).get(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw late("interrupted while " + name + " was resolved");
        } catch (TimeoutException e) {
            throw late("the name " + name + " was not resolved in time");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownHostException unknown) {
                throw unknown;
            }
            throw failure(name, e);
        }
    }

    private List<InetAddress> find(String name) {
        try {
            return names.lookup(name);
        } catch (UnknownHostException e) {
            throw new CompletionException(e);
        }
    }

    private static UnknownHostException late(String why) {
        return failure(why, new InterruptedIOException(why));
    }

    private static UnknownHostException failure(String why, Throwable cause) {
        UnknownHostException failure = new UnknownHostException(why);
        failure.initCause(cause);
        return failure;
    }
}
