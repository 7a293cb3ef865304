package io.jenkins.plugins.argopreflight.offline.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The label and field selectors in the syntax of {@code kubectl get -l} and {@code --field-selector}. */
public final class Selectors {

    private static final Pattern SET =
            Pattern.compile("(?<key>[^\\s!=,()]+)\\s+(?<not>notin|in)\\s*\\((?<values>[^)]*)\\)");
    private static final Pattern EQUALITY =
            Pattern.compile("(?<key>[^\\s!=,()]+)\\s*(?<op>==|!=|=)\\s*(?<value>[^,()]*)");
    private static final Pattern EXISTS = Pattern.compile("(?<not>!?)\\s*(?<key>[^\\s!=,()]+)");

    private Selectors() {}

    /** Returns a test whether an object's labels meet all requirements. */
    public static Predicate<ObjectNode> labels(String selector) {
        Predicate<ObjectNode> all = object -> true;
        for (String requirement : split(selector)) {
            Predicate<Map<String, String>> requirementMatch = requirement(requirement.strip());
            all = all.and(object -> requirementMatch.test(KubeObjects.labels(object)));
        }
        return all;
    }

    /** Parses a requirement, such as {@code tier in (web, api)}, {@code tier!=web} or {@code !tier}. */
    private static Predicate<Map<String, String>> requirement(String text) {
        Matcher set = SET.matcher(text);
        if (set.matches()) {
            List<String> values =
                    Stream.of(set.group("values").split(",")).map(String::strip).toList();
            String key = set.group("key");
            return set.group("not").equals("in")
                    ? labels -> labels.containsKey(key) && values.contains(labels.get(key))
                    : labels -> !values.contains(labels.get(key));
        }
        Matcher equality = EQUALITY.matcher(text);
        if (equality.matches()) {
            String key = equality.group("key");
            String value = equality.group("value").strip();
            return equality.group("op").equals("!=")
                    ? labels -> !value.equals(labels.get(key))
                    : labels -> value.equals(labels.get(key));
        }
        Matcher exists = EXISTS.matcher(text);
        if (exists.matches()) {
            boolean mustExist = exists.group("not").isEmpty();
            return labels -> labels.containsKey(exists.group("key")) == mustExist;
        }
        String found = text.contains("(") ? "found '', expected: ',' or ')'" : "found '" + text + "'";
        throw ApiErrors.badRequest("unable to parse requirement: " + found);
    }

    /**
     * Returns a test whether an object's fields, such as {@code metadata.name} or {@code status.phase}, have the
     * requested values.
     */
    public static Predicate<ObjectNode> fields(String selector) {
        Predicate<ObjectNode> all = object -> true;
        for (String requirement : split(selector)) {
            Matcher equality = EQUALITY.matcher(requirement.strip());
            if (!equality.matches()) {
                throw ApiErrors.badRequest(
                        "invalid selector: '" + selector + "'; can't understand '" + requirement + "'");
            }
            String[] path = equality.group("key").split("\\.");
            String value = equality.group("value").strip();
            boolean mustEqual = !equality.group("op").equals("!=");
            all = all.and(object -> value.equals(Json.text((JsonNode) object, path)) == mustEqual);
        }
        return all;
    }

    private static List<String> split(String selector) {
        List<String> requirements = new ArrayList<>();
        boolean inList = false;
        int start = 0;
        for (int i = 0; i < selector.length(); i++) {
            char c = selector.charAt(i);
            inList = c == '(' || inList && c != ')';
            if (c == ',' && !inList) {
                requirements.add(selector.substring(start, i));
                start = i + 1;
            }
        }
        requirements.add(selector.substring(start));
        return selector.isBlank() ? List.of() : requirements;
    }
}
