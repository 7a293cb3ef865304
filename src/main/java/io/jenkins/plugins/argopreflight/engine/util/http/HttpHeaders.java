package io.jenkins.plugins.argopreflight.engine.util.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The headers of an answer. Their names are case-insensitive. */
public final class HttpHeaders {

    private final Map<String, List<String>> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    public HttpHeaders(Map<String, List<String>> headers) {
        headers.forEach((name, all) -> values.put(name, List.copyOf(all)));
    }

    public Optional<String> firstValue(String name) {
        return allValues(name).stream().findFirst();
    }

    public List<String> allValues(String name) {
        return values.getOrDefault(name, List.of());
    }
}
