package io.jenkins.plugins.argopreflight.engine.submit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The last lines of the container logs that a run follows. They are kept in this process only, for the containers that
 * wrote last.
 */
public final class LogTails {

    private static final int MAX_LINES = 40;
    private static final int MAX_CONTAINERS = 50;

    /** The length to which a line is cut, from its beginning. */
    private static final int MAX_LINE_CHARACTERS = 4096;

    private final Map<String, Deque<String>> tails = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Deque<String>> eldest) {
            return size() > MAX_CONTAINERS;
        }
    };

    synchronized void add(String pod, String container, String line) {
        Deque<String> tail = tails.computeIfAbsent(key(pod, container), any -> new ArrayDeque<>());
        tail.add(line.length() > MAX_LINE_CHARACTERS ? line.substring(0, MAX_LINE_CHARACTERS) : line);
        if (tail.size() > MAX_LINES) {
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
