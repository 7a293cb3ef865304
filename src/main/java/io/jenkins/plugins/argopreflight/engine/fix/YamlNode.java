package io.jenkins.plugins.argopreflight.engine.fix;

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
 * Nodes of YAML; a text is without quotes only where every reader takes it for a text. That is less than the library
 * takes for one: <a href="https://github.com/kubernetes-sigs/yaml">kubectl's reader</a> reads {@code y} as true.
 */
final class YamlNode {

    private static final Pattern PLAIN = Pattern.compile("([A-Za-z_/]|\\.[A-Za-z])[A-Za-z0-9_./:@+-]*(?<!:)");
    private static final Pattern AMOUNT = Pattern.compile("[0-9]+(m|k|Ki|Mi|Gi|Ti|M|G|T)");
    private static final Set<String> WORDS =
            Set.of("y", "n", "yes", "no", "true", "false", "on", "off", "null", "nan", ".inf", ".nan");

    private YamlNode() {}

    static ScalarNode text(String text) {
        boolean plain = PLAIN.matcher(text).matches() && !WORDS.contains(text.toLowerCase(Locale.ROOT))
                || AMOUNT.matcher(text).matches();
        return scalar(text, plain ? ScalarStyle.PLAIN : ScalarStyle.DOUBLE_QUOTED);
    }

    /** Keeps the quotes that a template has around it. */
    static Node styled(Node value, ScalarStyle style) {
        boolean quoted = value instanceof ScalarNode scalar && scalar.isPlain() && style == ScalarStyle.DOUBLE_QUOTED;
        return quoted ? scalar(((ScalarNode) value).getValue(), style) : value;
    }

    /** A text of several lines, as it stands. */
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

    /** Adds fields to others, in the place of those of the same name. */
    static void replace(List<NodeTuple> fields, List<NodeTuple> more) {
        for (NodeTuple field : more) {
            int there = 0;
            while (there < fields.size() && !name(fields.get(there)).equals(name(field))) {
                there++;
            }
            if (there < fields.size()) {
                fields.set(there, field);
            } else {
                fields.add(field);
            }
        }
    }

    /** Lists and objects of scalars alone are written in one line. */
    static Node of(JsonNode value) {
        boolean flat = value.valueStream().allMatch(JsonNode::isValueNode);
        if (value.isObject()) {
            List<NodeTuple> fields = new ArrayList<>();
            value.properties().forEach(field -> fields.add(new NodeTuple(text(field.getKey()), of(field.getValue()))));
            return mapping(fields, FlowStyle.BLOCK);
        }
        if (value.isArray()) {
            List<Node> items = new ArrayList<>();
            value.forEach(item -> items.add(of(item)));
            return sequence(items, flat ? FlowStyle.FLOW : FlowStyle.BLOCK);
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
