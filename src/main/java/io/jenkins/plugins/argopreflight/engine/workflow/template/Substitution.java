package io.jenkins.plugins.argopreflight.engine.workflow.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.argopreflight.engine.budget.Budget;
import io.jenkins.plugins.argopreflight.engine.budget.Limit;
import io.jenkins.plugins.argopreflight.engine.workflow.expression.Expression;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Unknowns;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Fills in {@code {{name}}} and {@code {{=expression}}}; what has no value stays as it is. Source: argo-workflows
 * util/template/{template,simple_template,expression_template}.go.
 */
public final class Substitution {

    private static final int CHARGED_TOGETHER = 256;

    /** The name of a variable with its parts. */
    private static final Pattern NAME = Pattern.compile("(?<!\\w)\\w++(\\.[\\w-]+)++");

    private final Unknowns unknowns;
    private final boolean json;
    private final Budget budget = Budget.current();
    private int looked;

    /** @param json whether lists and maps that an expression gives are written in JSON */
    Substitution(Unknowns unknowns, boolean json) {
        this.unknowns = unknowns;
        this.json = json;
    }

    /** The same tree with variables filled in; whatever did not change is shared, so the result must not be changed. */
    public JsonNode replace(JsonNode node, Scope scope) {
        if (++looked == CHARGED_TOGETHER) {
            budget.charge(Limit.WORK, looked);
            looked = 0;
        }
        if (node instanceof TextNode text) {
            String before = text.textValue();
            String after = replace(before, scope);
            return after.equals(before) ? node : TextNode.valueOf(after);
        }
        if (node instanceof ObjectNode object) {
            ObjectNode changed = null;
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                JsonNode value = replace(field.getValue(), scope);
                String name = replace(field.getKey(), scope);
                if (changed == null && (value != field.getValue() || !name.equals(field.getKey()))) {
                    changed = object.objectNode();
                    changed.setAll(object);
                }
                if (changed != null) {
                    if (!name.equals(field.getKey())) {
                        changed.remove(field.getKey());
                    }
                    changed.set(name, value);
                }
            }
            return changed == null ? object : changed;
        }
        if (node instanceof ArrayNode list) {
            ArrayNode changed = null;
            for (int i = 0; i < list.size(); i++) {
                JsonNode value = replace(list.get(i), scope);
                if (changed == null && value != list.get(i)) {
                    changed = list.arrayNode();
                    changed.addAll(list);
                }
                if (changed != null) {
                    changed.set(i, value);
                }
            }
            return changed == null ? list : changed;
        }
        return node;
    }

    public String replace(String text, Scope scope) {
        int open = text.indexOf("{{");
        if (text.length() > CHARGED_TOGETHER || open >= 0) {
            budget.read(text.length());
        }
        if (open < 0) {
            return text;
        }
        StringBuilder result = new StringBuilder(text.length() + 16);
        int at = 0;
        while (open >= 0) {
            int close = text.indexOf("}}", open + 2);
            if (close < 0) {
                break;
            }
            result.append(text, at, open);
            String tag = text.substring(open + 2, close);
            String value = tag.startsWith("=") ? expression(tag, scope) : simple(tag, scope);
            budget.text(value.length());
            budget.atMost(Limit.VALUE, result.length() + (long) value.length());
            result.append(value);
            at = close + 2;
            open = text.indexOf("{{", at);
        }
        return result.append(text, at, text.length()).toString();
    }

    private String simple(String tag, Scope scope) {
        Optional<String> value = scope.get(tag.strip());
        if (value.isPresent()) {
            return value.get();
        }
        int nested = tag.lastIndexOf("{{");
        if (nested > 0) {
            Optional<String> inner = scope.get(tag.substring(nested + 2));
            if (inner.isPresent()) {
                return "{{" + tag.substring(0, nested) + inner.get();
            }
        }
        return "{{" + tag + "}}";
    }

    /** Returns whether the values that an expression lacks are those that the caller of the template supplies. */
    private boolean isOfCaller(String expression, Scope scope) {
        String values = NAME.matcher(expression)
                .results()
                .flatMap(name -> scope.get(name.group()).stream())
                .filter(Unknowns::isUnknown)
                .collect(Collectors.joining());
        return unknowns.areOfCaller(values);
    }

    private String expression(String tag, Scope scope) {
        Expression.Result result = Expression.evaluate(tag.substring(1), scope);
        if (result instanceof Expression.Value value) {
            return json ? value.text() : value.goText();
        }
        if (result instanceof Expression.Later later) {
            return unknowns.mark(tag, isOfCaller(tag, scope) ? Unknowns.CALLER : later.reason());
        }
        return "{{" + tag + "}}";
    }
}
