package io.jenkins.plugins.argopreflight.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Changes objects and texts at random, always the same for the same seed. */
public final class Mutations {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> VALUES = List.of(
            "null",
            "{}",
            "[]",
            "\"\"",
            "\"x\"",
            "0",
            "-1",
            "true",
            "1e300",
            "[[]]",
            "[null]",
            "{\"a\":null}",
            "\"{{\"",
            "\"{{item}}\"",
            "\"{{inputs.parameters.image}}\"",
            "\"{{workflow.name}}\"",
            "[\"a\",1,{}]",
            "[{\"name\":\"main\"}]",
            "\"\\u0000\"",
            "\"registry.example.com/team/image@sha256:0\"",
            "\"500Gi\"",
            "\"/\"",
            "[{\"name\":\"regcred\"},{\"name\":\"other\"}]",
            "{\"a\":{\"b\":[{}]}}",
            "{\"name\":\"main\"}",
            "\"1e999999999\"",
            "\"[1, 2]\"",
            "[[{}]]",
            "\"CAP_\"",
            "[{\"key\":\"a\",\"operator\":\"Gt\",\"values\":[]}]",
            "\"}}\"",
            "\"{{=}}\"",
            "\"{{=a.b[c](}}\"",
            "\"{{inputs.parameters.{{item}}}}\"",
            "\"main\"");
    private static final List<String> WORDS =
            List.of("null", "[]", "{}", "\"\"", "-1", "1e999", "true", "\"\\u0000\"", "\"../..\"", "[[[[[[", ": : -");

    private final Random random;

    public Mutations(long seed) {
        random = new Random(seed);
    }

    public <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    /** Returns whether an event happens this time: once in that many calls. */
    public boolean once(int in) {
        return random.nextInt(in) == 0;
    }

    /** Fields set to something else or taken out, elements put in: at least so many of them, and up to three more. */
    public ObjectNode object(ObjectNode original, int least) {
        ObjectNode mutant = original.deepCopy();
        for (int i = least + random.nextInt(4); i > 0; i--) {
            List<JsonNode> containers = new ArrayList<>();
            collect(mutant, containers);
            change(one(containers));
        }
        return mutant;
    }

    private void change(JsonNode at) {
        if (at instanceof ObjectNode object && !object.isEmpty()) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            String name = one(names);
            if (once(6)) {
                object.remove(name);
            } else {
                object.set(name, value());
            }
        } else if (at instanceof ArrayNode list) {
            list.insert(random.nextInt(list.size() + 1), value());
        }
    }

    /** Returns a value that is not valid in any place. */
    public JsonNode value() {
        try {
            return JSON.readTree(one(VALUES));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void collect(JsonNode node, List<JsonNode> to) {
        if (node.isContainerNode()) {
            to.add(node);
            node.forEach(child -> collect(child, to));
        }
    }

    /** Characters changed, dropped, doubled; a word in another's place; the end cut off: none to three of them. */
    public String text(String original) {
        StringBuilder mutant = new StringBuilder(original);
        for (int i = random.nextInt(4); i > 0 && mutant.length() > 1; i--) {
            int at = random.nextInt(mutant.length());
            switch (random.nextInt(5)) {
                case 0 -> mutant.setCharAt(at, (char) random.nextInt(256));
                case 1 -> mutant.deleteCharAt(at);
                case 2 -> mutant.insert(at, mutant.substring(at, Math.min(mutant.length(), at + random.nextInt(40))));
                case 3 -> mutant.replace(at, Math.min(mutant.length(), at + random.nextInt(12)), one(WORDS));
                default -> mutant.setLength(once(3) ? at : mutant.length());
            }
        }
        return mutant.toString();
    }
}
