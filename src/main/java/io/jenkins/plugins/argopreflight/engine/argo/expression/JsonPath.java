package io.jenkins.plugins.argopreflight.engine.argo.expression;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An evaluator of simple JSON paths: names, indices, and {@code [*]}. Other paths are left undecided. */
final class JsonPath {

    private static final Pattern PART = Pattern.compile("\\.([A-Za-z0-9_-]+)|\\[(\\d+|\\*)]|\\['([^']*)']");

    private JsonPath() {}

    static Object read(Object value, String path) {
        if (!path.startsWith("$")) {
            return Undecided.AT_RUN_TIME;
        }
        Matcher part = PART.matcher(path);
        List<Object> values = new ArrayList<>(Collections.singletonList(value));
        int index = 1;
        boolean hasStar = false;
        while (index < path.length()) {
            if (!part.find(index) || part.start() != index) {
                return Undecided.AT_RUN_TIME;
            }
            List<Object> next = new ArrayList<>();
            for (Object each : values) {
                if (part.group(2) != null && each instanceof List<?> list) {
                    if (part.group(2).equals("*")) {
                        next.addAll(list);
                        hasStar = true;
                    } else if (Integer.parseInt(part.group(2)) < list.size()) {
                        next.add(list.get(Integer.parseInt(part.group(2))));
                    }
                } else if (each instanceof Map<?, ?> map) {
                    String key = part.group(1) != null ? part.group(1) : part.group(3);
                    if (map.containsKey(key)) {
                        next.add(map.get(key));
                    } else if (!hasStar && key != null) {
                        return Undecided.fails("key: invalid token key '" + key + "' not found");
                    }
                }
            }
            values = next;
            index = part.end();
        }
        if (hasStar) {
            return values;
        }
        return values.isEmpty() ? Undecided.AT_RUN_TIME : values.get(0);
    }
}
