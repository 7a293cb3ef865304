package io.jenkins.plugins.argopreflight.engine.submit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The last lines of the container logs that a run follows: of the containers that wrote last, in this process only. */
public final class LogTails {

    private static final int LINES = 40;
    private static final int CONTAINERS = 50;

    /** A longer line keeps its beginning. */
    private static final int LONGEST_LINE = 4096;

    private final Map<String, Deque<String>> tails = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Deque<String>> eldest) {
            return size() > CONTAINERS;
        }
    };

    synchronized void add(String pod, String container, String line) {
        Deque<String> tail = tails.computeIfAbsent(key(pod, container), any -> new ArrayDeque<>());
        tail.add(line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) : line);
        if (tail.size() > LINES) {
            tail.remove();
        }
    }

    /** Returns the last lines of a container's log, in their order; none of a container that was not followed. */
    public synchronized List<String> of(String pod, String container) {
        return new ArrayList<>(tails.getOrDefault(key(pod, container), new ArrayDeque<>()));
    }

    private static String key(String pod, String container) {
        return pod + "/" + container;
    }
}
