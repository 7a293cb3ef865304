package io.jenkins.plugins.argopreflight.engine.kubernetes.client;

import io.jenkins.plugins.argopreflight.engine.util.concurrent.Crew;
import io.jenkins.plugins.argopreflight.engine.util.concurrent.SharedThreads;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import okhttp3.Dns;

/**
 * Look-ups of names that end by an interrupt and in time. The system's own do neither, so that shared threads make
 * them. A name has a single look-up at a time, for which all callers wait: a name that hangs blocks one thread, however
 * often and by however many callers it is requested.
 */
final class InterruptibleDns implements Dns {

    private static final SharedThreads LOOK_UPS = new SharedThreads("argo-preflight name", 64, 16);

    private final Dns names;
    private final Duration time;
    private final Crew threads = LOOK_UPS.crew(this, Integer.MAX_VALUE);
    private final Map<String, CompletableFuture<List<InetAddress>>> underWay = new ConcurrentHashMap<>();

    /**
     * Creates a resolver.
     *
     * @param time the time to wait for a look-up
     */
    InterruptibleDns(Dns names, Duration time) {
        this.names = names;
        this.time = time;
    }

    @Override
    public List<InetAddress> lookup(String name) throws UnknownHostException {
        try {
            return answer(name).get(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw late("interrupted while " + name + " was resolved");
        } catch (TimeoutException e) {
            throw late("the name " + name + " was not resolved in time");
        } catch (ExecutionException e) {
            throw failure(name, e);
        }
    }

    private CompletableFuture<List<InetAddress>> answer(String name) {
        CompletableFuture<List<InetAddress>> answer =
                underWay.computeIfAbsent(name, wanted -> CompletableFuture.supplyAsync(() -> find(wanted), threads));
        answer.whenComplete((found, failure) -> underWay.remove(name, answer));
        return answer;
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
