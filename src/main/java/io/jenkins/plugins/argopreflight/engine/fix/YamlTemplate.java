package io.jenkins.plugins.argopreflight.engine.fix;

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

/** Reads templates, fills their holes, and writes YAML: in ASCII, whatever is in the values. */
final class YamlTemplate {

    /** What a hole of a template is until it is filled; no value that is filled in becomes one. */
    private static final Tag HOLE = new Tag("!hole");

    private static final Pattern NAME = Pattern.compile("\\$[a-z][A-Za-z]*");

    private YamlTemplate() {}

    static Node read(String template) {
        LoaderOptions options = new LoaderOptions();
        options.setProcessComments(true);
        DumperOptions dump = dumperOptions();
        Yaml yaml = new Yaml(new SafeConstructor(options), new Representer(dump), dump, options);
        return map(yaml.compose(new StringReader(template)), scalar -> {
            boolean hole = NAME.matcher(scalar.getValue()).matches();
            return hole
                    ? commented(scalar, new ScalarNode(HOLE, scalar.getValue(), null, null, scalar.getScalarStyle()))
                    : scalar;
        });
    }

    /** @throws IllegalArgumentException when the template has no such hole */
    static Node fill(Node template, String name, Node value) {
        List<Node> filled = new ArrayList<>();
        Node whole = map(template, scalar -> {
            if (!scalar.getTag().equals(HOLE) || !scalar.getValue().equals("$" + name)) {
                return scalar;
            }
            filled.add(scalar);
            return commented(scalar, copy(YamlNode.styled(value, scalar.getScalarStyle())));
        });
        if (filled.isEmpty()) {
            throw new IllegalArgumentException("the template has no $" + name);
        }
        return whole;
    }

    /** As a document, with a line break at its end. */
    static String write(Node node) {
        StringWriter text = new StringWriter();
        DumperOptions options = dumperOptions();
        Serializer serializer = new Serializer(new Emitter(text, options), new Resolver(), options, null);
        try {
            serializer.open();
            serializer.serialize(map(node, YamlTemplate::complete));
            serializer.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static Node complete(ScalarNode scalar) {
        if (scalar.getTag().equals(HOLE)) {
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

    /** A copy with a comment before its first field. */
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

    private interface Change {
        Node of(ScalarNode scalar);
    }

    /** A copy of the tree with other scalars: a node that stands twice would be written as an alias. */
    private static Node map(Node node, Change change) {
        if (node instanceof MappingNode mapping) {
            List<NodeTuple> fields = new ArrayList<>();
            mapping.getValue()
                    .forEach(field -> fields.add(
                            new NodeTuple(map(field.getKeyNode(), change), map(field.getValueNode(), change))));
            return commented(node, new MappingNode(node.getTag(), fields, mapping.getFlowStyle()));
        }
        if (node instanceof SequenceNode sequence) {
            List<Node> items = new ArrayList<>();
            sequence.getValue().forEach(item -> items.add(map(item, change)));
            return commented(node, new SequenceNode(node.getTag(), items, sequence.getFlowStyle()));
        }
        ScalarNode scalar = (ScalarNode) node;
        Node changed = change.of(scalar);
        return changed != scalar
                ? changed
                : commented(
                        node, new ScalarNode(node.getTag(), scalar.getValue(), null, null, scalar.getScalarStyle()));
    }

    private static Node commented(Node from, Node to) {
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
