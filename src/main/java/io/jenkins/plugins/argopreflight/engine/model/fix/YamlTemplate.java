package io.jenkins.plugins.argopreflight.engine.model.fix;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.comments.CommentLine;
import org.yaml.snakeyaml.comments.CommentType;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.emitter.Emitter;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;
import org.yaml.snakeyaml.serializer.Serializer;

/** The reader of templates and the writer of YAML: replaces placeholders by values, and writes ASCII for all values. */
final class YamlTemplate {

    /** The tag of a placeholder until it is replaced. No inserted value has this tag. */
    private static final Tag PLACEHOLDER = new Tag("!hole");

    private static final Pattern PLACEHOLDER_NAME = Pattern.compile("\\$[a-z][A-Za-z]*");

    private YamlTemplate() {}

    static Node read(String template) {
        LoaderOptions options = new LoaderOptions();
        options.setProcessComments(true);
        DumperOptions dump = dumperOptions();
        Yaml yaml = new Yaml(new SafeConstructor(options), new Representer(dump), dump, options);
        return map(yaml.compose(new StringReader(template)), scalar -> {
            boolean isPlaceholder = PLACEHOLDER_NAME.matcher(scalar.getValue()).matches();
            return isPlaceholder
                    ? withCommentsOf(
                            scalar, new ScalarNode(PLACEHOLDER, scalar.getValue(), null, null, scalar.getScalarStyle()))
                    : scalar;
        });
    }

    /**
     * Returns the template with a placeholder replaced.
     *
     * @throws IllegalArgumentException if the template has no such placeholder
     */
    static Node fill(Node template, String name, Node value) {
        List<Node> filled = new ArrayList<>();
        Node result = map(template, scalar -> {
            if (!scalar.getTag().equals(PLACEHOLDER) || !scalar.getValue().equals("$" + name)) {
                return scalar;
            }
            filled.add(scalar);
            return withCommentsOf(scalar, copy(YamlNode.styled(value, scalar.getScalarStyle())));
        });
        if (filled.isEmpty()) {
            throw new IllegalArgumentException("the template has no $" + name);
        }
        return result;
    }

    /** Returns the YAML document, with a line break at its end. */
    static String write(Node node) {
        StringWriter text = new StringWriter();
        DumperOptions options = dumperOptions();
        Serializer serializer = new Serializer(new Emitter(text, options), new Resolver(), options, null);
        try {
            serializer.open();
            serializer.serialize(map(node, YamlTemplate::requireValue));
            serializer.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static Node requireValue(ScalarNode scalar) {
        if (scalar.getTag().equals(PLACEHOLDER)) {
            throw new IllegalArgumentException("the template's " + scalar.getValue() + " has no value");
        }
        return scalar;
    }

    private static DumperOptions dumperOptions() {
        DumperOptions options = new DumperOptions();
        options.setProcessComments(true);
        options.setSplitLines(false);
        options.setWidth(Integer.MAX_VALUE);
        options.setAllowUnicode(false);
        options.setMaxSimpleKeyLength(1024);
        options.setLineBreak(DumperOptions.LineBreak.UNIX);
        return options;
    }

    /** Returns a copy of a node with a comment before its first field. */
    static Node commented(Node node, String sentence) {
        Node copy = copy(node);
        Node first = copy instanceof MappingNode mapping && !mapping.getValue().isEmpty()
                ? mapping.getValue().get(0).getKeyNode()
                : copy;
        List<CommentLine> lines = new ArrayList<>();
        lines.add(new CommentLine(null, null, " " + sentence, CommentType.BLOCK));
        if (first.getBlockComments() != null) {
            lines.addAll(first.getBlockComments());
        }
        first.setBlockComments(lines);
        return copy;
    }

    private static Node copy(Node node) {
        return map(node, scalar -> scalar);
    }

    /** A change of a scalar: returns the node to write, which can be the scalar itself. */
    private interface Change {
        Node apply(ScalarNode scalar);
    }

    /**
     * Returns a copy of the tree with changed scalars. No node is in two places, since the library would write the
     * second as an alias.
     */
    private static Node map(Node node, Change change) {
        if (node instanceof MappingNode mapping) {
            List<NodeTuple> fields = new ArrayList<>();
            mapping.getValue()
                    .forEach(field -> fields.add(
                            new NodeTuple(map(field.getKeyNode(), change), map(field.getValueNode(), change))));
            return withCommentsOf(node, new MappingNode(node.getTag(), fields, mapping.getFlowStyle()));
        }
        if (node instanceof SequenceNode sequence) {
            List<Node> items = new ArrayList<>();
            sequence.getValue().forEach(item -> items.add(map(item, change)));
            return withCommentsOf(node, new SequenceNode(node.getTag(), items, sequence.getFlowStyle()));
        }
        ScalarNode scalar = (ScalarNode) node;
        Node changed = change.apply(scalar);
        return changed != scalar
                ? changed
                : withCommentsOf(
                        node, new ScalarNode(node.getTag(), scalar.getValue(), null, null, scalar.getScalarStyle()));
    }

    private static Node withCommentsOf(Node from, Node to) {
        if (from.getBlockComments() != null) {
            to.setBlockComments(from.getBlockComments());
        }
        if (from.getInLineComments() != null) {
            to.setInLineComments(from.getInLineComments());
        }
        if (from.getEndComments() != null) {
            to.setEndComments(from.getEndComments());
        }
        return to;
    }
}
