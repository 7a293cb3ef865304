package io.jenkins.plugins.argopreflight.engine.fix;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A YAML tree that is built of templates of our own and of values of others, and written by a YAML library only. In a
 * template {@code $name} stands for a value, as a scalar of its own.
 */
public final class Yaml implements FormattedText {

    private static final YAMLMapper READER = new YAMLMapper();

    private final Node node;
    private final List<String> problems;

    /** The text, once it was written: a finding's fixes are compared, shown and stored, each by their text. */
    private @Nullable String written;

    private Yaml(Node node, List<String> problems) {
        this.node = node;
        this.problems = List.copyOf(problems);
    }

    /** @param template YAML of ours, such as {@code "metadata: {name: $name}"}; its comments and its style stay */
    public static Yaml of(String template) {
        return new Yaml(YamlTemplate.read(template), List.of());
    }

    /** A tree that was read, such as a setting of the cluster. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Yaml tree(JsonNode value) {
        return new Yaml(YamlNode.of(value), List.of());
    }

    /** The same without comments. */
    @JsonValue
    public JsonNode tree() {
        try {
            return READER.readTree(text());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was written as YAML is read as YAML", e);
        }
    }

    /** A list. */
    public static Yaml list(List<Yaml> items) {
        List<Node> nodes = items.stream().map(item -> item.node).toList();
        return new Yaml(YamlNode.sequence(nodes, FlowStyle.BLOCK), all(items));
    }

    /** A list in one line. */
    public static Yaml flow(List<Yaml> items) {
        return new Yaml(YamlNode.sequence(items.stream().map(item -> item.node).toList(), FlowStyle.FLOW), all(items));
    }

    /** The fields of all of these, in their order; a field of a later one replaces that of an earlier one. */
    public static Yaml merge(List<Yaml> mappings) {
        return merge(mappings, FlowStyle.BLOCK);
    }

    /** The same in one line. */
    public static Yaml mergeFlow(List<Yaml> mappings) {
        return merge(mappings, FlowStyle.FLOW);
    }

    private static Yaml merge(List<Yaml> mappings, FlowStyle style) {
        List<NodeTuple> fields = new ArrayList<>();
        for (Yaml each : mappings) {
            YamlNode.replace(fields, ((MappingNode) each.node).getValue());
        }
        return new Yaml(YamlNode.mapping(fields, style), all(mappings));
    }

    /** The same with the fields of another one after its own. */
    public Yaml and(Yaml more) {
        return merge(List.of(this, more));
    }

    /** The same below these fields, the outermost first. */
    public Yaml under(String... fields) {
        Node inner = node;
        for (int i = fields.length - 1; i >= 0; i--) {
            inner = YamlNode.field(fields[i], inner);
        }
        return new Yaml(inner, problems);
    }

    /** The same with another name for a field, where there is one. */
    public Yaml renamed(String field, String name) {
        List<NodeTuple> fields = ((MappingNode) node)
                .getValue().stream()
                        .map(each -> YamlNode.name(each).equals(field)
                                ? new NodeTuple(YamlNode.text(name), each.getValueNode())
                                : each)
                        .toList();
        return new Yaml(YamlNode.mapping(fields, FlowStyle.BLOCK), problems);
    }

    /** A tree that was read, with this in it. */
    public Yaml over(ObjectNode tree) {
        try {
            ObjectNode whole = tree.deepCopy();
            return new Yaml(YamlNode.of(READER.readerForUpdating(whole).<JsonNode>readValue(text())), problems);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was written as YAML is read as YAML", e);
        }
    }

    /** The same with a value, which is validated as what it is. */
    public Yaml with(String name, Operand value) {
        return filled(
                name, YamlNode.text(value.text()), value.ifProblem().stream().toList());
    }

    /** The same with any text, which stays a text. */
    public Yaml with(String name, String value) {
        return filled(name, YamlNode.text(value), List.of());
    }

    /** The same with a number. */
    public Yaml with(String name, long value) {
        return filled(name, YamlNode.number(value), List.of());
    }

    /** The same with a tree. */
    public Yaml with(String name, Yaml value) {
        return filled(name, value.node, value.problems);
    }

    /** The same with YAML inside a text, such as a patch or a setting of the controller. */
    public Yaml literal(String name, Yaml value) {
        return filled(name, YamlNode.literal(value.text()), value.problems);
    }

    private Yaml filled(String name, Node value, List<String> more) {
        return new Yaml(
                YamlTemplate.fill(node, name, value),
                Stream.concat(problems.stream(), more.stream()).toList());
    }

    private static List<String> all(List<Yaml> parts) {
        return parts.stream().flatMap(part -> part.problems.stream()).toList();
    }

    @Override
    public List<String> problems() {
        return problems;
    }

    /** The same with a comment before it; a comment that is there stays below. */
    public Yaml commented(String sentence) {
        return new Yaml(YamlTemplate.commented(node, Visible.line(sentence)), problems);
    }

    /** The name of the first field, such as {@code securityContext}; "" for none. */
    public String field() {
        return node instanceof MappingNode mapping && !mapping.getValue().isEmpty()
                ? YamlNode.name(mapping.getValue().get(0))
                : "";
    }

    /** Whether it has nothing in it. */
    public boolean isEmpty() {
        return node instanceof MappingNode mapping && mapping.getValue().isEmpty()
                || node instanceof SequenceNode sequence && sequence.getValue().isEmpty();
    }

    @Override
    public String text() {
        String text = written;
        if (text == null) {
            text = YamlTemplate.write(node);
            written = text;
        }
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Yaml yaml && yaml.text().equals(text()) && yaml.problems.equals(problems);
    }

    @Override
    public int hashCode() {
        return text().hashCode();
    }

    @Override
    public String toString() {
        return text();
    }
}
