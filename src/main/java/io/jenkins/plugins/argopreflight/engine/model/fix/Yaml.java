package io.jenkins.plugins.argopreflight.engine.model.fix;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.jenkins.plugins.argopreflight.engine.util.text.Visible;
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
 * A YAML tree that is built from fixed templates and untrusted values, and written by a YAML library only. In a
 * template, {@code $name} is the placeholder of a value. A text or number in its place becomes a single scalar.
 */
public final class Yaml implements FormattedText {

    private static final YAMLMapper READER = new YAMLMapper();

    private final Node node;
    private final List<String> problems;

    /** The text, cached at the first call: it is compared, shown and stored. */
    private @Nullable String cachedText;

    private Yaml(Node node, List<String> problems) {
        this.node = node;
        this.problems = List.copyOf(problems);
    }

    /**
     * Returns a tree with placeholders.
     *
     * @param template fixed YAML such as {@code "metadata: {name: $name}"}; its comments and style are kept
     */
    public static Yaml of(String template) {
        return new Yaml(YamlTemplate.read(template), List.of());
    }

    /** Returns a tree that was read, such as a setting of the cluster. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Yaml tree(JsonNode value) {
        return new Yaml(YamlNode.of(value), List.of());
    }

    /** Returns this tree as JSON, without comments. */
    @JsonValue
    public JsonNode tree() {
        try {
            return READER.readTree(text());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was written as YAML is read as YAML", e);
        }
    }

    /** Returns a list. */
    public static Yaml list(List<Yaml> items) {
        List<Node> nodes = items.stream().map(item -> item.node).toList();
        return new Yaml(YamlNode.sequence(nodes, FlowStyle.BLOCK), problemsOf(items));
    }

    /** Returns a list in one line. */
    public static Yaml flow(List<Yaml> items) {
        return new Yaml(
                YamlNode.sequence(items.stream().map(item -> item.node).toList(), FlowStyle.FLOW), problemsOf(items));
    }

    /** Returns the fields of the mappings in their order; a later field replaces an earlier one of the same name. */
    public static Yaml merge(List<Yaml> mappings) {
        return merge(mappings, FlowStyle.BLOCK);
    }

    /** Returns the fields of the mappings, as {@link #merge(List)}, in one line. */
    public static Yaml mergeFlow(List<Yaml> mappings) {
        return merge(mappings, FlowStyle.FLOW);
    }

    private static Yaml merge(List<Yaml> mappings, FlowStyle style) {
        List<NodeTuple> fields = new ArrayList<>();
        for (Yaml each : mappings) {
            YamlNode.replace(fields, ((MappingNode) each.node).getValue());
        }
        return new Yaml(YamlNode.mapping(fields, style), problemsOf(mappings));
    }

    /** Returns this tree with the fields of another tree at the end. */
    public Yaml and(Yaml more) {
        return merge(List.of(this, more));
    }

    /** Returns this tree below these fields, the outermost first. */
    public Yaml under(String... fields) {
        Node inner = node;
        for (int i = fields.length - 1; i >= 0; i--) {
            inner = YamlNode.field(fields[i], inner);
        }
        return new Yaml(inner, problems);
    }

    /** Returns this tree with a field renamed, if it exists. */
    public Yaml renamed(String field, String name) {
        List<NodeTuple> fields = ((MappingNode) node)
                .getValue().stream()
                        .map(each -> YamlNode.name(each).equals(field)
                                ? new NodeTuple(YamlNode.text(name), each.getValueNode())
                                : each)
                        .toList();
        return new Yaml(YamlNode.mapping(fields, FlowStyle.BLOCK), problems);
    }

    /** Returns a tree that was read, such as a setting of the cluster, updated with the fields of this tree. */
    public Yaml mergedInto(ObjectNode tree) {
        try {
            ObjectNode updated = tree.deepCopy();
            return new Yaml(YamlNode.of(READER.readerForUpdating(updated).<JsonNode>readValue(text())), problems);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was written as YAML is read as YAML", e);
        }
    }

    /** Returns this tree with the placeholder replaced by a validated value. */
    public Yaml with(String name, Operand value) {
        return filled(
                name, YamlNode.text(value.text()), value.ifProblem().stream().toList());
    }

    /** Returns this tree with the placeholder replaced by a text, which is never read as another type. */
    public Yaml with(String name, String value) {
        return filled(name, YamlNode.text(value), List.of());
    }

    /** Returns this tree with the placeholder replaced by a number. */
    public Yaml with(String name, long value) {
        return filled(name, YamlNode.number(value), List.of());
    }

    /** Returns this tree with the placeholder replaced by another tree. */
    public Yaml with(String name, Yaml value) {
        return filled(name, value.node, value.problems);
    }

    /**
     * Returns this tree with the placeholder replaced by a text that contains YAML, such as a patch or a setting of the
     * controller.
     */
    public Yaml literal(String name, Yaml value) {
        return filled(name, YamlNode.literal(value.text()), value.problems);
    }

    private Yaml filled(String name, Node value, List<String> newProblems) {
        return new Yaml(
                YamlTemplate.fill(node, name, value),
                Stream.concat(problems.stream(), newProblems.stream()).toList());
    }

    private static List<String> problemsOf(List<Yaml> parts) {
        return parts.stream().flatMap(part -> part.problems.stream()).toList();
    }

    @Override
    public List<String> problems() {
        return problems;
    }

    /** Returns this tree with a comment before its existing comment. */
    public Yaml commented(String sentence) {
        return new Yaml(YamlTemplate.commented(node, Visible.line(sentence)), problems);
    }

    /** Returns the name of the first field, such as {@code securityContext}; {@code ""} for none. */
    public String field() {
        return node instanceof MappingNode mapping && !mapping.getValue().isEmpty()
                ? YamlNode.name(mapping.getValue().get(0))
                : "";
    }

    /** Returns whether the mapping or list is empty. */
    public boolean isEmpty() {
        return node instanceof MappingNode mapping && mapping.getValue().isEmpty()
                || node instanceof SequenceNode sequence && sequence.getValue().isEmpty();
    }

    @Override
    public String text() {
        String text = cachedText;
        if (text == null) {
            text = YamlTemplate.write(node);
            cachedText = text;
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
