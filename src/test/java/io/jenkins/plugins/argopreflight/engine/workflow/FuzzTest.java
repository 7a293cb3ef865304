package io.jenkins.plugins.argopreflight.engine.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.manifest.ManifestException;
import io.jenkins.plugins.argopreflight.engine.manifest.ManifestReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever stands in a manifest, there is an answer: pods and problems, never an exception, never a hang. */
class FuzzTest {

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
            "[[]]",
            "[null]",
            "{\"a\":null}",
            "\"{{\"",
            "\"}}\"",
            "\"{{item}}\"",
            "\"{{=}}\"",
            "\"{{=a.b[c](}}\"",
            "\"{{inputs.parameters.{{item}}}}\"",
            "[\"a\",1,{}]",
            "{\"name\":\"main\"}",
            "[{\"name\":\"main\"}]",
            "\"main\"",
            "1e300",
            "\"\\u0000\"",
            "\"[1, 2]\"",
            "[[{}]]");

    @Test
    @Timeout(1800)
    void shouldAnswerToAnything() throws IOException {
        Random random = new Random(7);
        List<Document> seeds = seeds();
        int rounds = Integer.getInteger("argopreflight.fuzz", 4000);
        for (int i = 0; i < rounds; i++) {
            Document seed = seeds.get(random.nextInt(seeds.size()));
            ObjectNode mutant = seed.root().deepCopy();
            for (int j = 0; j <= random.nextInt(3); j++) {
                mutate(mutant, random);
            }
            String version = List.of("3.4.0", "3.5.15", "4.0.5", "4.1.2").get(random.nextInt(4));
            answer(mutant, seeds, version);
        }
        assertThat(rounds).isPositive();
    }

    private static void answer(ObjectNode mutant, List<Document> seeds, String version) {
        try {
            Controller controller = Controller.plain(ArgoVersion.parse(version).orElseThrow());
            GivenObjects objects = new GivenObjects().add(seeds);
            ArgoPods made = ArgoPods.of(new PodRequest(Document.of("fuzz", mutant), "ci", "", objects, controller));
            made.pods().forEach(ArgoPod::origins);
            PodYaml.render(made.pods());
        } catch (RuntimeException e) {
            fail("version " + version + " of " + mutant, e);
        }
    }

    private static List<Document> seeds() throws IOException {
        Path folder = Path.of(System.getProperty("argopreflight.root", "."), "src/test/resources/pods/own");
        List<Document> seeds = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                seeds.addAll(new ManifestReader().read(file));
            }
        }
        return seeds;
    }

    private static void mutate(ObjectNode root, Random random) throws IOException {
        List<JsonNode> containers = new ArrayList<>();
        collect(root, containers);
        JsonNode at = containers.get(random.nextInt(containers.size()));
        JsonNode value = JSON.readTree(VALUES.get(random.nextInt(VALUES.size())));
        if (at instanceof ObjectNode object && !object.isEmpty()) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            String name = names.get(random.nextInt(names.size()));
            if (random.nextInt(6) == 0) {
                object.remove(name);
            } else {
                object.set(name, value);
            }
        } else if (at instanceof ArrayNode list) {
            list.insert(random.nextInt(list.size() + 1), value);
        }
    }

    private static void collect(JsonNode node, List<JsonNode> to) {
        if (node.isContainerNode()) {
            to.add(node);
            node.forEach(child -> collect(child, to));
        }
    }

    @Test
    @Timeout(60)
    void shouldReadOrRefuseAnyText() throws IOException {
        Random random = new Random(11);
        Path folder = Path.of(System.getProperty("argopreflight.root", "."), "src/test/resources/pods/own");
        String text = Files.readString(folder.resolve("inline-templates.yaml"));
        int read = 0;
        for (int i = 0; i < 5000; i++) {
            StringBuilder mutant = new StringBuilder(text);
            for (int j = 0; j <= random.nextInt(4); j++) {
                int position = random.nextInt(mutant.length());
                mutant.replace(
                        position,
                        Math.min(mutant.length(), position + random.nextInt(3)),
                        List.of(
                                        "", ":", "-", "{", "[", "\"", "'", "&a", "*a", "<<: ", "\t", "\n", "%", "!!",
                                        "|", "?", "#", "\uFFFF")
                                .get(random.nextInt(18)));
            }
            try {
                new ManifestReader().read("fuzz.yaml", mutant.toString());
                read++;
            } catch (ManifestException e) {
                assertThat(e.getMessage()).startsWith("fuzz.yaml:").doesNotContain("\n");
            }
        }
        assertThat(read).isBetween(1, 4999);
    }
}
