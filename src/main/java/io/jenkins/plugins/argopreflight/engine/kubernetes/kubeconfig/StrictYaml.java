package io.jenkins.plugins.argopreflight.engine.kubernetes.kubeconfig;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.KubeconfigException;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Scalars;
import io.jenkins.plugins.argopreflight.engine.util.yaml.YamlText;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.parser.ParserImpl;

/**
 * A reader of the part of YAML that all YAML parsers read alike: one document of maps, lists and scalars, each key
 * once. Anchors, aliases, merge keys, tags and invisible characters are refused. It builds plain JSON and no other
 * object, and its errors quote nothing but a key, since a kubeconfig contains tokens.
 */
final class StrictYaml {

    private static final int MAX_DEPTH = 30;
    private static final int MAX_CHARACTERS = 1 << 20;
    private static final String LAYOUT = "\n\r\t";
    private static final String REMEDY = "; write it with: kubectl config view --raw --flatten --minify";

    private final String name;
    private final ParserImpl events;

    private StrictYaml(String name, String text) {
        this.name = name;
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MAX_CHARACTERS);
        // The characters are not charged to the budget of a preflight, since a kubeconfig is read outside one.
        // MAX_CHARACTERS limits the work.
        events = new ParserImpl(new YamlText(text, characters -> {}), options);
    }

    /**
     * Returns the one object of a text.
     *
     * @param name the name in messages, such as {@code kubeconfig of credentials "prod"}
     * @throws KubeconfigException if the text is not one object in this part of YAML; its message is one line
     */
    static ObjectNode read(String name, String text) {
        if (text.length() > MAX_CHARACTERS) {
            throw new KubeconfigException(name + " is larger than 1 MiB" + REMEDY);
        }
        // A byte order mark is allowed at the beginning.
        String content = text.startsWith("\ufeff") ? text.substring(1) : text;
        checkCharacters(name, content);
        try {
            return new StrictYaml(name, content).document();
        } catch (MarkedYAMLException e) {
            // The parser's own message quotes the text, which contains tokens.
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            throw new KubeconfigException(name + " is not valid YAML: look at line " + line);
        } catch (YAMLException e) {
            throw new KubeconfigException(name + " is not valid YAML");
        }
    }

    private static void checkCharacters(String name, String content) {
        int line = 1;
        for (int i = 0; i < content.length(); i++) {
            char c = content.charAt(i);
            if (c == '\n') {
                line++;
            } else if (isInvisible(c) && LAYOUT.indexOf(c) < 0) {
                throw new KubeconfigException(name + " has a character that a kubeconfig cannot have (" + unicode(c)
                        + ") in line " + line + ": remove it");
            }
        }
    }

    /** Returns whether a character is not displayed, or is a control character for a terminal. */
    private static boolean isInvisible(char c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            // A byte order mark, or a code point without a character.
            default -> c == '\ufeff' || c == '\ufffe' || c == '\uffff';
        };
    }

    private ObjectNode document() {
        next(Event.ID.StreamStart);
        if (events.checkEvent(Event.ID.StreamEnd)) {
            throw notAnObject();
        }
        DocumentStartEvent start = (DocumentStartEvent) next(Event.ID.DocumentStart);
        if (start.getTags() != null && !start.getTags().isEmpty()) {
            throw error(start, "has a YAML tag");
        }
        if (!events.checkEvent(Event.ID.MappingStart)) {
            checkNoAnchorOrTag(events.peekEvent());
            // If another document follows an empty one, the error is about several documents.
            if (isEmptyScalar(events.peekEvent())) {
                events.getEvent();
                next(Event.ID.DocumentEnd);
                checkEnd();
            }
            throw notAnObject();
        }
        ObjectNode root = (ObjectNode) node(events.getEvent(), 0);
        next(Event.ID.DocumentEnd);
        checkEnd();
        return root;
    }

    private static boolean isEmptyScalar(Event event) {
        return event instanceof ScalarEvent scalar && scalar.getValue().isEmpty();
    }

    private void checkEnd() {
        if (!events.checkEvent(Event.ID.StreamEnd)) {
            throw new KubeconfigException(name + " holds more than one YAML document" + REMEDY);
        }
    }

    private KubeconfigException notAnObject() {
        return new KubeconfigException(name + " is not a kubeconfig: it holds no YAML object");
    }

    private Event next(Event.ID expected) {
        Event event = events.getEvent();
        if (!event.is(expected)) {
            throw error(event, "is not valid YAML");
        }
        return event;
    }

    private JsonNode node(Event event, int depth) {
        checkNoAnchorOrTag(event);
        if (depth > MAX_DEPTH) {
            throw error(event, "is nested deeper than " + MAX_DEPTH + " levels");
        }
        return switch (event.getEventId()) {
            case MappingStart -> object(depth);
            case SequenceStart -> list(depth);
            case Scalar -> scalar((ScalarEvent) event);
            default -> throw error(event, "is not valid YAML");
        };
    }

    private ObjectNode object(int depth) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        while (!events.checkEvent(Event.ID.MappingEnd)) {
            Event event = events.getEvent();
            checkNoAnchorOrTag(event);
            if (!(event instanceof ScalarEvent scalar) || !scalar(scalar).isTextual()) {
                throw error(event, "has a key that is not text");
            }
            checkEscapes(scalar, "");
            String key = scalar.getValue();
            if (key.equals("<<") && scalar.isPlain()) {
                throw error(event, "has a merge key (<<)");
            }
            if (object.has(key)) {
                throw error(event, "has the key \"" + KubeconfigNames.shorten(key) + "\" twice");
            }
            object.set(key, node(events.getEvent(), depth + 1));
        }
        events.getEvent();
        return object;
    }

    private ArrayNode list(int depth) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        while (!events.checkEvent(Event.ID.SequenceEnd)) {
            list.add(node(events.getEvent(), depth + 1));
        }
        events.getEvent();
        return list;
    }

    private JsonNode scalar(ScalarEvent scalar) {
        String value = scalar.getValue();
        checkEscapes(scalar, LAYOUT);
        if (!scalar.isPlain()) {
            return TextNode.valueOf(value);
        }
        try {
            return value.isEmpty() ? NullNode.getInstance() : Scalars.plain(value);
        } catch (IllegalArgumentException e) {
            // The value is a number for YAML and not for JSON, such as .inf or .nan.
            throw error(scalar, "has a number that is none");
        }
    }

    /** Checks a scalar again, because escapes in quotes can produce characters that a kubeconfig cannot have. */
    private void checkEscapes(ScalarEvent scalar, String allowed) {
        for (char c : scalar.getValue().toCharArray()) {
            if (isInvisible(c) && allowed.indexOf(c) < 0) {
                throw error(scalar, "has a character that a kubeconfig cannot have (" + unicode(c) + ")");
            }
        }
    }

    private static String unicode(char c) {
        return String.format("U+%04X", (int) c);
    }

    /** Throws if a node is an alias, or has an anchor or a tag. */
    private void checkNoAnchorOrTag(Event event) {
        if (event instanceof AliasEvent || event instanceof NodeEvent node && node.getAnchor() != null) {
            throw error(event, "has anchors, aliases or merge keys");
        }
        Optional<String> tag = event instanceof ScalarEvent scalar
                ? Optional.ofNullable(scalar.getTag())
                : event instanceof CollectionStartEvent start ? Optional.ofNullable(start.getTag()) : Optional.empty();
        if (tag.isPresent()) {
            throw error(event, "has a YAML tag");
        }
    }

    /** Returns the error about an event, with its line. */
    private KubeconfigException error(Event event, String problem) {
        int line = event.getStartMark() == null ? 1 : event.getStartMark().getLine() + 1;
        return new KubeconfigException(name + " " + problem + " in line " + line + REMEDY);
    }
}
