package io.jenkins.plugins.argopreflight.engine.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.cluster.memory.MemoryCluster;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.manifest.ManifestReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Whatever stands in manifests and in the cluster, every check answers: no exception, no hang. {@code
 * -Dargopreflight.fuzz=100000} for a long run.
 */
class CheckFuzzTest {

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
            "\"{{item}}\"",
            "\"{{workflow.name}}\"",
            "[\"a\",1,{}]",
            "{\"name\":\"main\"}",
            "[{\"name\":\"main\"}]",
            "1e300",
            "\"\\u0000\"",
            "\"1e999999999\"",
            "\"500Gi\"",
            "\"[1, 2]\"",
            "[[{}]]",
            "\"CAP_\"",
            "\"/\"",
            "[{\"key\":\"a\",\"operator\":\"Gt\",\"values\":[]}]",
            "{\"a\":{\"b\":[{}]}}");

    private final Random random = new Random(17);

    @Test
    @Timeout(1800)
    void shouldAnswerToAnything() throws IOException {
        List<Fixture> fixtures = Fixture.all();
        int rounds = Integer.getInteger("argopreflight.fuzz", 2000);
        int findings = 0;
        for (int i = 0; i < rounds; i++) {
            Fixture fixture = fixtures.get(random.nextInt(fixtures.size()));
            findings += answer(fixture, mutants(fixture.folder().resolve("workflow.yaml")), cluster(fixture));
        }
        assertThat(findings).isGreaterThan(rounds / 2);
    }

    private int answer(Fixture fixture, List<Document> given, MemoryCluster cluster) {
        try {
            List<CheckResult> results =
                    new CheckRunner(Checks.all()).run(FactsOf.collected(given, Fact.known(cluster)));
            return results.stream().mapToInt(result -> result.findings().size()).sum();
        } catch (RuntimeException e) {
            if (e.getClass() == IllegalArgumentException.class && e.getMessage().startsWith("nothing to judge")) {
                return 0;
            }
            return fail(fixture + ": " + given.stream().map(Document::root).toList(), e);
        }
    }

    private MemoryCluster cluster(Fixture fixture) throws IOException {
        MemoryCluster cluster = new MemoryCluster("memory");
        if (fixture.hasCluster()) {
            for (Document document :
                    new ManifestReader().readAll(fixture.folder().resolve("cluster"))) {
                if (document.apiVersion().isEmpty() || document.kind().equals("Snapshot")) {
                    continue;
                }
                ObjectNode object = document.root().deepCopy();
                for (String field : List.of("spec", "status", "data", "secrets", "imagePullSecrets", "rules")) {
                    if (object.has(field)
                            && random.nextInt(4) == 0
                            && !document.kind().equals("Secret")) {
                        object.set(field, value());
                    }
                }
                cluster.load(object.toString());
            }
        }
        return cluster;
    }

    private List<Document> mutants(Path file) throws IOException {
        List<Document> mutants = new ArrayList<>();
        for (Document document : new ManifestReader().read("workflow.yaml", Files.readString(file))) {
            ObjectNode mutant = document.root().deepCopy();
            for (int j = 0; j <= random.nextInt(4); j++) {
                mutate(mutant);
            }
            mutants.addAll(new ManifestReader().read("fuzz.json", mutant.toString()));
        }
        return mutants;
    }

    private void mutate(ObjectNode root) throws JsonProcessingException {
        List<JsonNode> containers = new ArrayList<>();
        collect(root, containers);
        JsonNode at = containers.get(random.nextInt(containers.size()));
        if (at instanceof ObjectNode object && !object.isEmpty()) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            String name = names.get(random.nextInt(names.size()));
            if (random.nextInt(6) == 0) {
                object.remove(name);
            } else {
                object.set(name, value());
            }
        } else if (at instanceof ArrayNode list) {
            list.insert(random.nextInt(list.size() + 1), value());
        }
    }

    private JsonNode value() throws JsonProcessingException {
        return JSON.readTree(VALUES.get(random.nextInt(VALUES.size())));
    }

    private static void collect(JsonNode node, List<JsonNode> to) {
        if (node.isContainerNode()) {
            to.add(node);
            node.forEach(child -> collect(child, to));
        }
    }
}
