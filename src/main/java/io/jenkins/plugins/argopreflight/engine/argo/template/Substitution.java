package io.jenkins.plugins.argopreflight.engine.argo.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.argopreflight.engine.argo.expression.Expression;
import io.jenkins.plugins.argopreflight.engine.argo.expression.UnknownMarks;
import io.jenkins.plugins.argopreflight.engine.argo.model.UnknownValues;
import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import io.jenkins.plugins.argopreflight.engine.util.limits.Limit;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A substitution of {@code {{name}}} and {@code {{=expression}}} by their values. A tag without a value stays as it is.
 * Source: argo-workflows util/template/{template,simple_template,expression_template}.go.
 */
public final class Substitution {

    private static final int MIN_CHARGE = 256;

    private final UnknownValues unknowns;
    private final boolean writesJson;
    private final Budget budget = Budget.current();
    private int unchargedNodes;

    /**
     * Creates a substitution for one run.
     *
     * @param writesJson whether lists and maps as results of expressions are written in JSON
     */
    Substitution(UnknownValues unknowns, boolean writesJson) {
        this.unknowns = unknowns;
        this.writesJson = writesJson;
    }

    /**
     * Returns the tree with values in place of variables. Unchanged parts are shared, so the result must not be
     * changed.
     */
    public JsonNode replace(JsonNode node, Scope scope) {
        if (++unchargedNodes == MIN_CHARGE) {
            budget.charge(Limit.WORK_UNITS, unchargedNodes);
            unchargedNodes = 0;
        }
        if (node instanceof TextNode text) {
            String original = text.textValue();
            String substituted = replace(original, scope);
            return substituted.equals(original) ? node : TextNode.valueOf(substituted);
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
        if (text.length() > MIN_CHARGE || open >= 0) {
            budget.chargeRead(text.length());
        }
        if (open < 0) {
            return text;
        }
        StringBuilder result = new StringBuilder(text.length() + 16);
        int copied = 0;
        while (open >= 0) {
            int close = text.indexOf("}}", open + 2);
            if (close < 0) {
                break;
            }
            result.append(text, copied, open);
            String tag = text.substring(open + 2, close);
            String value = tag.startsWith("=") ? expression(tag, scope) : simple(tag, scope);
            budget.chargeText(value.length());
            budget.atMost(Limit.VALUE_CHARACTERS, result.length() + (long) value.length());
            result.append(value);
            copied = close + 2;
            open = text.indexOf("{{", copied);
        }
        return result.append(text, copied, text.length()).toString();
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

    /** Returns whether the caller of the template supplies the values that an expression lacks. */
    private boolean isOfCaller(Expression expression, Scope scope) {
        String values = expression.uses().stream()
                .flatMap(use -> scope.get(use.name()).stream())
                .filter(UnknownMarks::isIn)
                .collect(Collectors.joining());
        return unknowns.areOfCaller(values);
    }

    private String expression(String tag, Scope scope) {
        Expression expression = Expression.parse(tag.substring(1));
        Expression.Result result = expression.evaluate(scope);
        if (result instanceof Expression.Value value) {
            return writesJson ? value.text() : value.goText();
        }
        if (result instanceof Expression.Later later) {
            return isOfCaller(expression, scope) ? unknowns.markOfCaller(tag) : unknowns.mark(tag, later.reason());
        }
        return "{{" + tag + "}}";
    }
}
