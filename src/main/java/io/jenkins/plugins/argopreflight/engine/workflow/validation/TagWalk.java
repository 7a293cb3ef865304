package io.jenkins.plugins.argopreflight.engine.workflow.validation;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.manifest.FieldPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Finds the simple tags {@code {{name}}} in a tree, each with its field. Expressions ({@code {{=…}}}) are not looked
 * into. Source: argo-workflows util/template/validate.go.
 */
public final class TagWalk {

    /** The roots that Argo's validation looks at; any other tag is left alone (workflow/common/common.go). */
    private static final List<String> ROOTS =
            List.of("item.", "steps.", "inputs.", "outputs.", "pod.", "workflow.", "tasks.");

    /**
     * A tag that has to resolve.
     *
     * @param name without braces and blanks
     * @param leading whether the text begins with it
     * @param quoted whether it stands in a string of the text
     */
    public record Tag(String path, String name, boolean leading, boolean quoted) {

        /** Whether it begins an argument: what Argo refuses of those, {@link CallRules} reports. */
        public boolean isArgument() {
            return leading && ARGUMENT.matcher(path).find();
        }

        /** Whether it ends within a string. What stands in a comment is not one: such expressions are left alone. */
        boolean isOpenString() {
            if (name.contains("//") || name.contains("/*") || name.contains("#")) {
                return false;
            }
            return quote((char) 0, name, 0, name.length()) != 0;
        }

        /** Whether the text is refused when its expression stays in it: a string of a condition has any text. */
        public boolean isDecided() {
            return DECIDED.matcher(path).find() && !(quoted && path.endsWith(".when"));
        }

        /** Whether it names a step or task of which this holds. */
        boolean isEarly(String root, Predicate<String> isLate) {
            if (!name.startsWith(root)) {
                return false;
            }
            int dot = name.indexOf('.', root.length());
            return dot > root.length() && isLate.test(name.substring(root.length(), dot));
        }
    }

    /** What the validation puts a value in the place of, wherever it stands. */
    private static final Pattern REPLACED =
            Pattern.compile("\\{\\{(?=\\s*+(?:=|workflow\\.|inputs\\.|pod\\.|node\\.|steps\\.name|tasks\\.name))");

    private static final Pattern DECIDED = Pattern.compile("\\.(when|withParam|withSequence\\.\\w+)$");
    private static final Pattern ARGUMENT =
            Pattern.compile("\\.arguments\\.(parameters\\[\\d+]\\.value|artifacts\\[\\d+]\\.from)$");

    private final List<Tag> tags = new ArrayList<>();
    private final boolean expressions;

    private TagWalk(boolean expressions) {
        this.expressions = expressions;
    }

    /** @param path of the tree in its document */
    public static List<Tag> of(String path, JsonNode tree) {
        TagWalk walk = new TagWalk(false);
        walk.node(path, tree);
        return walk.tags;
    }

    /** The expressions; their names are their texts. */
    public static List<Tag> expressions(String path, JsonNode tree) {
        TagWalk walk = new TagWalk(true);
        walk.node(path, tree);
        return walk.tags;
    }

    /** Whether the validation reads a text only once it has replaced all its variables: it leaves items and outputs. */
    static boolean isReplaced(String text) {
        return text.contains("{{") && !REPLACED.matcher(text).replaceAll("").contains("{{");
    }

    private void node(String path, JsonNode node) {
        if (node.isTextual()) {
            text(path, node.textValue());
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            String at = FieldPath.field(path, field.getKey());
            text(at, field.getKey());
            node(at, field.getValue());
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            node(FieldPath.element(path, i), node.get(i));
        }
    }

    /** The quote that is open at the end of a part of a text; 0 for none. @param quote that is open at its beginning */
    private static char quote(char quote, String text, int from, int to) {
        char open = quote;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (open == 0) {
                open = c == '\'' || c == '"' || c == '`' ? c : 0;
            } else if (c == '\\' && open != '`') {
                i++;
            } else if (c == open) {
                open = 0;
            }
        }
        return open;
    }

    private void text(String path, String text) {
        int open = text.indexOf("{{");
        int from = 0;
        char quote = 0;
        while (open >= 0) {
            quote = quote(quote, text, from, open);
            int close = text.indexOf("}}", open);
            if (close < 0) {
                return;
            }
            String written = text.substring(open + 2, close);
            String name = written.strip();
            if (expressions && written.startsWith("=")) {
                tags.add(new Tag(path, written.substring(1), open == 0, quote != 0));
            } else if (!expressions
                    && !written.startsWith("=")
                    && ROOTS.stream().anyMatch(name::startsWith)) {
                tags.add(new Tag(path, name, open == 0, quote != 0));
            }
            from = close + 2;
            open = text.indexOf("{{", from);
        }
    }
}
