package io.jenkins.plugins.argopreflight.engine.argo.validation;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.util.yaml.FieldPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A finder of the simple tags {@code {{name}}} in a tree, or of its expressions {@code {{=…}}}, each with its field.
 * Source: argo-workflows util/template/validate.go.
 */
public final class TagFinder {

    /** Prefixes of the tags that Argo's validation checks; it ignores other tags (workflow/common/common.go). */
    private static final List<String> ROOTS =
            List.of("item.", "steps.", "inputs.", "outputs.", "pod.", "workflow.", "tasks.");

    /**
     * A tag that must resolve.
     *
     * @param name text without braces and blanks
     * @param leading whether the tag is at the beginning of the text
     * @param quoted whether the tag is inside a string of the text
     */
    public record Tag(String path, String name, boolean leading, boolean quoted) {

        /**
         * Returns whether the tag is at the beginning of an argument. {@link CallRules} reports tags there that Argo
         * refuses.
         */
        public boolean isArgument() {
            return leading && ARGUMENT.matcher(path).find();
        }

        /** Returns whether the text ends within a string. An expression with a comment is not checked. */
        boolean isOpenString() {
            if (name.contains("//") || name.contains("/*") || name.contains("#")) {
                return false;
            }
            return quote((char) 0, name, 0, name.length()) != 0;
        }

        /**
         * Returns whether Argo refuses the field if the tag stays in the text. A string in a condition can have any
         * text.
         */
        public boolean isDecided() {
            return DECIDED.matcher(path).find() && !(quoted && path.endsWith(".when"));
        }

        /** Returns whether the tag refers to a step or task that {@code isLate} accepts. */
        boolean isEarly(String root, Predicate<String> isLate) {
            if (!name.startsWith(root)) {
                return false;
            }
            int dot = name.indexOf('.', root.length());
            return dot > root.length() && isLate.test(name.substring(root.length(), dot));
        }
    }

    /** Pattern of the tags that the validation replaces by a value in any field. */
    private static final Pattern REPLACED =
            Pattern.compile("\\{\\{(?=\\s*+(?:=|workflow\\.|inputs\\.|pod\\.|node\\.|steps\\.name|tasks\\.name))");

    /** Pattern of the fields that decide whether, and how often, a step or task runs. */
    private static final Pattern DECIDED = Pattern.compile("\\.(when|withParam|withSequence\\.\\w+)$");
    /** Pattern of the fields with the value of an argument. */
    private static final Pattern ARGUMENT =
            Pattern.compile("\\.arguments\\.(parameters\\[\\d+]\\.value|artifacts\\[\\d+]\\.from)$");

    private final List<Tag> tags = new ArrayList<>();
    private final Function<String, Optional<String>> nameOf;

    /**
     * Creates a finder of some tags.
     *
     * @param nameOf returns the name of a tag from the text between its braces; empty for another tag
     */
    private TagFinder(Function<String, Optional<String>> nameOf) {
        this.nameOf = nameOf;
    }

    /**
     * Returns the simple tags in a tree.
     *
     * @param path path of the tree in its document
     */
    public static List<Tag> of(String path, JsonNode tree) {
        TagFinder traversal = new TagFinder(TagFinder::simpleName);
        traversal.visit(path, tree);
        return traversal.tags;
    }

    /** Returns the expressions in a tree. The name of a tag is the text of its expression. */
    public static List<Tag> expressions(String path, JsonNode tree) {
        TagFinder traversal = new TagFinder(TagFinder::expression);
        traversal.visit(path, tree);
        return traversal.tags;
    }

    private static Optional<String> simpleName(String content) {
        return Optional.of(content.strip()).filter(name -> ROOTS.stream().anyMatch(name::startsWith));
    }

    private static Optional<String> expression(String content) {
        return content.startsWith("=") ? Optional.of(content.substring(1)) : Optional.empty();
    }

    /**
     * Returns whether the validation replaces all variables of a text before it checks the text. Items and outputs are
     * not replaced.
     */
    static boolean isReplaced(String text) {
        return text.contains("{{") && !REPLACED.matcher(text).replaceAll("").contains("{{");
    }

    private void visit(String path, JsonNode node) {
        if (node.isTextual()) {
            addTags(path, node.textValue());
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            String fieldPath = FieldPath.field(path, field.getKey());
            addTags(fieldPath, field.getKey());
            visit(fieldPath, field.getValue());
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            visit(FieldPath.element(path, i), node.get(i));
        }
    }

    /**
     * Returns the quote that is open at the end of a part of a text; 0 for none.
     *
     * @param quote the quote that is open at the beginning of the part; 0 for none
     */
    private static char quote(char quote, String text, int from, int to) {
        char current = quote;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (current == 0) {
                current = c == '\'' || c == '"' || c == '`' ? c : 0;
            } else if (c == '\\' && current != '`') {
                i++;
            } else if (c == current) {
                current = 0;
            }
        }
        return current;
    }

    private void addTags(String path, String text) {
        int start = text.indexOf("{{");
        int from = 0;
        char quote = 0;
        while (start >= 0) {
            quote = quote(quote, text, from, start);
            int end = text.indexOf("}}", start);
            if (end < 0) {
                return;
            }
            Optional<String> name = nameOf.apply(text.substring(start + 2, end));
            if (name.isPresent()) {
                tags.add(new Tag(path, name.get(), start == 0, quote != 0));
            }
            from = end + 2;
            start = text.indexOf("{{", from);
        }
    }
}
