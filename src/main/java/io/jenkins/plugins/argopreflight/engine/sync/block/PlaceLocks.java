package io.jenkins.plugins.argopreflight.engine.sync.block;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Locks for Secrets, one for each {@link SecretKey#place()}. A lock is granted in the order of arrival; several are
 * taken in the order of their names.
 */
final class PlaceLocks {

    private static final class Counted {
        final ReentrantLock lock = new ReentrantLock(true);
        int users;
    }

    private final Map<String, Counted> locks = new HashMap<>();

    /** Locks all places; locks none if interrupted. */
    Deque<String> lock(Collection<String> places) throws InterruptedException {
        Deque<String> locked = new ArrayDeque<>();
        try {
            for (String place : new TreeSet<>(places)) {
                Counted counted = use(place);
                try {
                    counted.lock.lockInterruptibly();
                } catch (InterruptedException e) {
                    release(place);
                    throw e;
                }
                locked.push(place);
            }
            return locked;
        } catch (InterruptedException e) {
            unlock(locked);
            throw e;
        }
    }

    void unlock(Deque<String> places) {
        while (!places.isEmpty()) {
            String place = places.pop();
            get(place).lock.unlock();
            release(place);
        }
    }

    private synchronized Counted use(String place) {
        Counted counted = locks.computeIfAbsent(place, any -> new Counted());
        counted.users++;
        return counted;
    }

    private synchronized Counted get(String place) {
        return Objects.requireNonNull(locks.get(place));
    }

    private synchronized void release(String place) {
        Counted counted = Objects.requireNonNull(locks.get(place));
        counted.users--;
        if (counted.users == 0) {
            locks.remove(place);
        }
    }
}
