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
 * A resolver of names whose look-ups end when the thread is interrupted, and in time. The system's look-ups do neither,
 * so shared threads run them. A name has one look-up at a time, for which all callers wait: a look-up that hangs blocks
 * one thread, however often the name is requested.
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
            return lookUpOnThread(name).get(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw notInTime("interrupted while " + name + " was resolved");
        } catch (TimeoutException e) {
            throw notInTime("the name " + name + " was not resolved in time");
        } catch (ExecutionException e) {
            throw failure(name, e);
        }
    }

    /** Returns the look-up under way, or begins one. */
    private CompletableFuture<List<InetAddress>> lookUpOnThread(String name) {
        CompletableFuture<List<InetAddress>> answer =
                underWay.computeIfAbsent(name, any -> CompletableFuture.supplyAsync(() -> find(name), threads));
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

    private static UnknownHostException notInTime(String why) {
        return failure(why, new InterruptedIOException(why));
    }

    private static UnknownHostException failure(String why, Throwable cause) {
        UnknownHostException failure = new UnknownHostException(why);
        failure.initCause(cause);
        return failure;
    }
}
