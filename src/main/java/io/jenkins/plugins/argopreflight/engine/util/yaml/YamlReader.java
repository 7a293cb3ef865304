package io.jenkins.plugins.argopreflight.engine.util.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.resolver.Resolver;

/** A reader of the documents of a YAML file. */
final class YamlReader {

    /** The tags of Helm templates. Argo's own tags {@code {{…}}} are always in strings. */
    private static final Pattern HELM = Pattern.compile("\\{\\{-?\\s*(\\.(Values|Release|Chart|Files|Capabilities)\\b"
            + "|include\\s|template\\s|if\\s|range\\s|with\\s|end\\b)");

    private final String file;
    private final Limits limits;
    private final ValueCount values;

    YamlReader(String file, Limits limits, ValueCount values) {
        this.file = file;
        this.limits = limits;
        this.values = values;
    }

    /** Adds the documents one after the other, so that the list contains those before an error. */
    void read(String text, List<Document> documents) {
        read(text, (node, number) -> {
            YamlNodes nodes = new YamlNodes(file, limits, values);
            JsonNode json = nodes.toJson(node);
            if (json instanceof ObjectNode object) {
                documents.add(new Document(
                        file, number, object, nodes.location(node), nodes.duplicates(), nodes.booleanWords()));
            } else if (!json.isNull()) {
                throw new ManifestException(
                        location(node.getStartMark()), "expected an object with apiVersion and kind");
            }
        });
    }

    /** Returns the first document of any type, or a NullNode if there is none. */
    JsonNode value(String text) {
        List<JsonNode> documents = new ArrayList<>();
        read(text, (node, number) -> documents.add(new YamlNodes(file, limits, values).toJson(node)));
        return documents.isEmpty() ? NullNode.getInstance() : documents.get(0);
    }

    private void read(String text, BiConsumer<Node, Integer> each) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(limits.bytes());
        options.setNestingDepthLimit(limits.nesting());
        options.setMaxAliasesForCollections(limits.aliased());
        options.setAllowDuplicateKeys(true);
        int number = 0;
        try {
            Composer composer = new Composer(
                    new CountedParser(new YamlText(text, Budget.current()::chargeRead), options, values),
                    new PlainScalars(),
                    options);
            while (composer.checkNode()) {
                number++;
                each.accept(composer.getNode(), number);
            }
        } catch (ManifestException e) {
            throw e.with(renderHint(text));
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark() != null ? e.getProblemMark() : e.getContextMark();
            String context = e.getContext() == null ? "" : e.getContext() + ": ";
            throw new ManifestException(location(mark), context + e.getProblem(), renderHint(text));
        } catch (IllegalArgumentException e) {
            throw new ManifestException(
                    new Location(file, 1, 1), "an escape stands for no character: " + e.getMessage());
        } catch (YAMLException e) {
            throw new ManifestException(new Location(file, 1, 1), String.valueOf(e.getMessage()), renderHint(text));
        }
    }

    /** Returns the fix for a Helm template that was not rendered; "" for another text. */
    private static String renderHint(String text) {
        return HELM.matcher(text).find()
                ? "; this looks like a template of Helm that was not rendered: give the output of `helm template`"
                : "";
    }

    /** A parser that charges each value to the budget before it takes memory. */
    private static final class CountedParser extends ParserImpl {

        /** Charge for an anchor, counted in values: its name and its node are kept until the end of the document. */
        private static final int ANCHOR_VALUES = 2;

        private final ValueCount values;

        CountedParser(YamlText text, LoaderOptions options, ValueCount values) {
            super(text, options);
            this.values = values;
        }

        @Override
        public Event getEvent() {
            values.charge(1);
            Event event = super.getEvent();
            if (event instanceof NodeEvent node && node.getAnchor() != null) {
                values.charge(ANCHOR_VALUES);
            }
            return event;
        }
    }

    /** A resolver that gives plain scalars the tag {@link YamlNodes#PLAIN}, except those with a written tag. */
    private static final class PlainScalars extends Resolver {
        @Override
        public Tag resolve(NodeId kind, String value, boolean implicit) {
            return kind == NodeId.scalar && implicit ? YamlNodes.PLAIN : super.resolve(kind, value, implicit);
        }
    }

    private Location location(Mark mark) {
        return mark == null ? new Location(file, 1, 1) : new Location(file, mark.getLine() + 1, mark.getColumn() + 1);
    }
}
