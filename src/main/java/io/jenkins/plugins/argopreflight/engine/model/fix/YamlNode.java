package io.jenkins.plugins.argopreflight.engine.model.fix;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * The nodes of YAML. A text is written without quotes only if each reader of YAML reads it as a text. The library alone
 * would quote fewer texts: <a href="https://github.com/kubernetes-sigs/yaml">kubectl's reader</a> reads {@code y} as
 * true.
 */
final class YamlNode {

    /** Matches texts such as {@code argo-workflow} and {@code /data/file.txt}, which need no quotes. */
    private static final Pattern PLAIN = Pattern.compile("([A-Za-z_/]|\\.[A-Za-z])[A-Za-z0-9_./:@+-]*(?<!:)");
    /** Matches texts such as {@code 128Mi}, which need no quotes. */
    private static final Pattern QUANTITY = Pattern.compile("[0-9]+(m|k|Ki|Mi|Gi|Ti|M|G|T)");

    private static final Set<String> NOT_TEXT_WORDS =
            Set.of("y", "n", "yes", "no", "true", "false", "on", "off", "null", "nan", ".inf", ".nan");

    private YamlNode() {}

    static ScalarNode text(String text) {
        boolean plain = PLAIN.matcher(text).matches() && !NOT_TEXT_WORDS.contains(text.toLowerCase(Locale.ROOT))
                || QUANTITY.matcher(text).matches();
        return scalar(text, plain ? ScalarStyle.PLAIN : ScalarStyle.DOUBLE_QUOTED);
    }

    /** Returns a value with the quotes that the template has around the placeholder. */
    static Node styled(Node value, ScalarStyle style) {
        boolean quoted = value instanceof ScalarNode scalar && scalar.isPlain() && style == ScalarStyle.DOUBLE_QUOTED;
        return quoted ? scalar(((ScalarNode) value).getValue(), style) : value;
    }

    /** Returns a text of several lines as a literal block. */
    static ScalarNode literal(String text) {
        return scalar(text, ScalarStyle.LITERAL);
    }

    private static ScalarNode scalar(String text, ScalarStyle style) {
        return new ScalarNode(Tag.STR, text, null, null, style);
    }

    static ScalarNode number(long number) {
        return new ScalarNode(Tag.INT, Long.toString(number), null, null, ScalarStyle.PLAIN);
    }

    static Node sequence(List<Node> items, FlowStyle style) {
        return new SequenceNode(Tag.SEQ, items, items.isEmpty() ? FlowStyle.FLOW : style);
    }

    static Node mapping(List<NodeTuple> fields, FlowStyle style) {
        return new MappingNode(Tag.MAP, fields, fields.isEmpty() ? FlowStyle.FLOW : style);
    }

    static Node field(String name, Node value) {
        return mapping(List.of(new NodeTuple(text(name), value)), FlowStyle.BLOCK);
    }

    static String name(NodeTuple field) {
        return field.getKeyNode() instanceof ScalarNode key ? key.getValue() : "";
    }

    /** Adds fields to a list. A new field takes the place of an existing field with the same name. */
    static void replace(List<NodeTuple> fields, List<NodeTuple> newFields) {
        for (NodeTuple field : newFields) {
            int index = 0;
            while (index < fields.size() && !name(fields.get(index)).equals(name(field))) {
                index++;
            }
            if (index < fields.size()) {
                fields.set(index, field);
            } else {
                fields.add(field);
            }
        }
    }

    /** Returns the node of a JSON value. Lists of scalars are written in one line. */
    static Node of(JsonNode value) {
        boolean scalarsOnly = value.valueStream().allMatch(JsonNode::isValueNode);
        if (value.isObject()) {
            List<NodeTuple> fields = new ArrayList<>();
            value.properties().forEach(field -> fields.add(new NodeTuple(text(field.getKey()), of(field.getValue()))));
            return mapping(fields, FlowStyle.BLOCK);
        }
        if (value.isArray()) {
            List<Node> items = new ArrayList<>();
            value.forEach(item -> items.add(of(item)));
            return sequence(items, scalarsOnly ? FlowStyle.FLOW : FlowStyle.BLOCK);
        }
        if (value.isTextual()) {
            String text = value.textValue();
            return text.endsWith("\n") && text.indexOf('\n') < text.length() - 1 ? literal(text) : text(text);
        }
        Tag tag = value.isBoolean()
                ? Tag.BOOL
                : value.isIntegralNumber() ? Tag.INT : value.isNumber() ? Tag.FLOAT : Tag.NULL;
        return new ScalarNode(tag, value.asText(), null, null, ScalarStyle.PLAIN);
    }
}
