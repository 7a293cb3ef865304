package io.jenkins.plugins.argopreflight.testing;

import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.preflight.Preflight;
import io.jenkins.plugins.argopreflight.engine.preflight.Report;
import io.jenkins.plugins.argopreflight.engine.registry.RegistrySettings;
import io.jenkins.plugins.argopreflight.engine.render.Remediation;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import io.jenkins.plugins.argopreflight.offline.registry.RegistrySnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The generator of many workflows, as {@code bench/offline.sh} writes them. */
public final class ManyWorkflows {

    private static final String STEP = """
          - name: step-%2$d
            inputs: {parameters: [{name: word}]}
            container:
              image: registry-%3$d.example.com/team/image-%2$d:v1
              command: [sh, -c]
              args: ["echo {{inputs.parameters.word}} %1$d"]
              env: [{name: A, value: b}]
              resources: {requests: {cpu: 100m, memory: 64Mi}, limits: {cpu: 200m, memory: 128Mi}}
        """;

    private ManyWorkflows() {}

    /** @param templates of each: one dag, and the others are its tasks */
    public static String workflow(int number, int templates) {
        StringBuilder yaml = new StringBuilder("""
            apiVersion: argoproj.io/v1alpha1
            kind: Workflow
            metadata: {generateName: load-%d-, namespace: ci}
            spec:
              entrypoint: main
              activeDeadlineSeconds: 3600
              serviceAccountName: runner
              templates:
              - name: main
                dag:
                  tasks:
            """.formatted(number));
        for (int i = 1; i < templates; i++) {
            yaml.append(
                    "      - {name: t%1$d, template: step-%1$d, arguments: {parameters: [{name: word, value: w%1$d}]}}\n"
                            .formatted(i));
        }
        for (int i = 1; i < templates; i++) {
            yaml.append(STEP.formatted(number, i, i % 5));
        }
        return yaml.toString();
    }

    /** Writes each into a file of its own. */
    public static void write(Path folder, int workflows, int templates) throws IOException {
        for (int i = 0; i < workflows; i++) {
            Files.writeString(folder.resolve("w" + i + ".yaml"), workflow(i, templates));
        }
    }

    /** The report of a check without a cluster and registries. */
    public static Report judged(int workflows, int templates) throws IOException {
        ManifestReader reader = new ManifestReader();
        List<Document> documents = new ArrayList<>();
        for (int i = 0; i < workflows; i++) {
            documents.addAll(reader.read("w" + i + ".yaml", workflow(i, templates)));
        }
        Path none = Files.writeString(Files.createTempFile("registry", ".yaml"), "registries: []");
        try (RegistrySnapshot registry = RegistrySnapshot.read(none, RegistrySettings.defaults())) {
            return Remediation.inShell(new Preflight(Fact.unknown("no cluster was asked"), registry, 4)
                    .askingCluster(false)
                    .askingRegistries(false)
                    .run(Requests.of(documents, "ci", "argo")));
        } finally {
            Files.delete(none);
        }
    }
}
