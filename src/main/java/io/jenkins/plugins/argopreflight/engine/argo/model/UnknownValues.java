package io.jenkins.plugins.argopreflight.engine.argo.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.argo.expression.UnknownMarks;
import io.jenkins.plugins.argopreflight.engine.util.json.JsonTexts;
import io.jenkins.plugins.argopreflight.engine.util.text.Tags;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The values that only a running workflow has. In a text, each is a mark, which no substitution changes and which is
 * shown to the user as {@code {{…}}}.
 */
public final class UnknownValues {

    /** The reason for a value that the caller of a template supplies. */
    static final String CALLER = "the caller of the template supplies it";

    /** The variable for the ServiceAccount of a workflow. */
    public static final String ACCOUNT = "workflow.serviceAccountName";

    private final Map<String, String> reasons = new HashMap<>();
    private final Set<String> ofCaller = new HashSet<>();

    /** Returns a mark for a value, with the reason why it is not known. */
    public String mark(String tag, String reason) {
        String plain = plain(tag);
        reasons.putIfAbsent(plain, reason);
        return UnknownMarks.of(plain);
    }

    /** Returns a mark for a value that the caller of a template supplies. */
    public String markOfCaller(String tag) {
        String plain = plain(tag);
        if (reasons.putIfAbsent(plain, CALLER) == null) {
            ofCaller.add(plain);
        }
        return UnknownMarks.of(plain);
    }

    private static String plain(String tag) {
        return UnknownMarks.withBounds(tag, "", "");
    }

    /** Returns a text with a mark in place of each variable, such as {@code {{event:metadata.name}}}. */
    public String mark(String text, Set<String> variables, String reason) {
        return Tags.replace(text, variables, variable -> mark(variable.substring(2, variable.length() - 2), reason));
    }

    public String reason(String tag) {
        return reasons.getOrDefault(tag, "nothing in the workflow sets it");
    }

    /** Returns whether the caller of the template supplies a value. */
    public boolean isOfCaller(String tag) {
        return ofCaller.contains(tag);
    }

    /** Returns whether a text has variables, and the caller of the template supplies the value of each. */
    public boolean areOfCaller(String text) {
        Set<String> tags = tags(show(text));
        return !tags.isEmpty() && tags.stream().allMatch(this::isOfCaller);
    }

    /** Returns the name of the parameter to which a variable refers. */
    public static String parameter(String variable) {
        return variable.substring(variable.lastIndexOf('.') + 1);
    }

    /** Returns whether a text has a mark or a variable, so that it is not known before the workflow runs. */
    public static boolean areIn(String text) {
        return UnknownMarks.isIn(text) || text.contains("{{");
    }

    /** Returns the text as it is shown to the user. */
    public static String show(String text) {
        return UnknownMarks.isIn(text) ? UnknownMarks.withBounds(text, "{{", "}}") : text;
    }

    /** Shows the marks of a tree, in place. Returns the tree, or a new node if the tree is a single text. */
    public static JsonNode show(JsonNode node) {
        return JsonTexts.replace(node, UnknownValues::show);
    }

    /** Returns the tags in a text that {@link #show} returned, including those that Argo does not replace. */
    public static Set<String> tags(String shown) {
        Set<String> tags = new LinkedHashSet<>();
        int at = shown.indexOf("{{");
        while (at >= 0) {
            int end = shown.indexOf("}}", at);
            if (end < 0) {
                break;
            }
            tags.add(shown.substring(at + 2, end).strip());
            at = shown.indexOf("{{", end);
        }
        return tags;
    }
}
