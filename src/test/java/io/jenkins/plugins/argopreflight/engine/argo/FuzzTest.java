package io.jenkins.plugins.argopreflight.engine.argo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoVersion;
import io.jenkins.plugins.argopreflight.engine.argo.model.Controller;
import io.jenkins.plugins.argopreflight.engine.argo.model.PodRequest;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestException;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import io.jenkins.plugins.argopreflight.testing.InRun;
import io.jenkins.plugins.argopreflight.testing.Mutations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whatever stands in a manifest, there is an answer: pods and problems, never an exception, never a hang. */
@Tag("fuzz")
@ExtendWith(InRun.class)
class FuzzTest {

    @Test
    @Timeout(1800)
    void shouldAnswerToAnything() throws IOException {
        Mutations random = new Mutations(7);
        List<Document> seeds = seeds();
        int rounds = Integer.getInteger("argopreflight.fuzz", 4000);
        for (int i = 0; i < rounds; i++) {
            Document seed = random.one(seeds);
            ObjectNode mutant = random.object(seed.root(), 1);
            String version = random.one(List.of("3.4.0", "3.5.15", "4.0.5", "4.1.2"));
            answer(mutant, seeds, version);
        }
        assertThat(rounds).isPositive();
    }

    private static void answer(ObjectNode mutant, List<Document> seeds, String version) {
        try {
            Controller controller = Controller.plain(ArgoVersion.parse(version).orElseThrow());
            FixedObjects objects = new FixedObjects().add(seeds);
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
