package io.jenkins.plugins.argopreflight.engine.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.check.catalog.Checks;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import io.jenkins.plugins.argopreflight.offline.memory.MemoryCluster;
import io.jenkins.plugins.argopreflight.testing.InRun;
import io.jenkins.plugins.argopreflight.testing.Mutations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Whatever stands in manifests and in the cluster, every check answers: no exception, no hang. {@code
 * -Dargopreflight.fuzz=100000} for a long run.
 */
@Tag("fuzz")
@ExtendWith(InRun.class)
class CheckFuzzTest {

    private final Mutations random = new Mutations(17);

    @Test
    @Timeout(1800)
    void shouldAnswerToAnything() throws IOException {
        List<CheckFixture> fixtures = CheckFixture.all();
        int rounds = Integer.getInteger("argopreflight.fuzz", 600);
        int findings = 0;
        for (int i = 0; i < rounds; i++) {
            CheckFixture fixture = random.one(fixtures);
            findings += answer(fixture, mutants(fixture.folder().resolve("workflow.yaml")), cluster(fixture));
        }
        assertThat(findings).isGreaterThan(rounds / 2);
    }

    private int answer(CheckFixture fixture, List<Document> given, MemoryCluster cluster) {
        try {
            List<CheckResult> results =
                    new CheckRunner(Checks.all()).run(FactsOf.collected(given, Fact.known(cluster)));
            return results.stream().mapToInt(result -> result.findings().size()).sum();
        } catch (RuntimeException e) {
            if (e.getClass() == IllegalArgumentException.class && e.getMessage().contains("nothing to check")) {
                return 0;
            }
            return fail(fixture + ": " + given.stream().map(Document::root).toList(), e);
        }
    }

    private MemoryCluster cluster(CheckFixture fixture) throws IOException {
        MemoryCluster cluster = new MemoryCluster("memory");
        if (fixture.hasCluster()) {
            for (Document document :
                    new ManifestReader().readAll(fixture.folder().resolve("cluster"))) {
                if (document.apiVersion().isEmpty() || document.kind().equals("Snapshot")) {
                    continue;
                }
                ObjectNode object = document.root().deepCopy();
                for (String field : List.of("spec", "status", "data", "secrets", "imagePullSecrets", "rules")) {
                    if (object.has(field) && random.once(4) && !document.kind().equals("Secret")) {
                        object.set(field, random.value());
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
            ObjectNode mutant = random.object(document.root(), 1);
            mutants.addAll(new ManifestReader().read("fuzz.json", mutant.toString()));
        }
        return mutants;
    }
}
