package io.jenkins.plugins.argopreflight.engine.workflow.expression;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The simple JSON paths: names, indices, and {@code [*]}; anything else is left undecided. */
final class JsonPath {

    private static final Pattern PART = Pattern.compile("\\.([A-Za-z0-9_-]+)|\\[(\\d+|\\*)]|\\['([^']*)']");

    private JsonPath() {}

    static Object read(Object value, String path) {
        if (!path.startsWith("$")) {
            return Undecided.LATER;
        }
        Matcher part = PART.matcher(path);
        List<Object> found = new ArrayList<>(Collections.singletonList(value));
        int at = 1;
        boolean many = false;
        while (at < path.length()) {
            if (!part.find(at) || part.start() != at) {
                return Undecided.LATER;
            }
            List<Object> next = new ArrayList<>();
            for (Object each : found) {
                if (part.group(2) != null && each instanceof List<?> list) {
                    if (part.group(2).equals("*")) {
                        next.addAll(list);
                        many = true;
                    } else if (Integer.parseInt(part.group(2)) < list.size()) {
                        next.add(list.get(Integer.parseInt(part.group(2))));
                    }
                } else if (each instanceof Map<?, ?> map) {
                    String key = part.group(1) != null ? part.group(1) : part.group(3);
                    if (map.containsKey(key)) {
                        next.add(map.get(key));
                    } else if (!many && key != null) {
                        return Undecided.fails("key: invalid token key '" + key + "' not found");
                    }
                }
            }
            found = next;
            at = part.end();
        }
        if (many) {
            return found;
        }
        return found.isEmpty() ? Undecided.LATER : found.get(0);
    }
}
