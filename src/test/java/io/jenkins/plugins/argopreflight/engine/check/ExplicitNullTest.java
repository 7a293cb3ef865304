package io.jenkins.plugins.argopreflight.engine.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.field.ArgoFields;
import io.jenkins.plugins.argopreflight.engine.argo.field.ArgoFields.Kind;
import io.jenkins.plugins.argopreflight.engine.check.catalog.Checks;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import io.jenkins.plugins.argopreflight.offline.memory.MemoryCluster;
import io.jenkins.plugins.argopreflight.testing.InRun;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A field that is null means what an absent field means: the API server drops it. A manifest from a template often has
 * {@code namespace:} without a value.
 */
@ExtendWith(InRun.class)
class ExplicitNullTest {

    @ParameterizedTest
    @MethodSource("io.jenkins.plugins.argopreflight.engine.check.CheckContractTest#fixtures")
    void shouldMeanWhatAnAbsentFieldMeans(CheckFixture fixture) throws IOException {
        List<Document> plain = new ArrayList<>();
        List<Document> nulls = new ArrayList<>();
        for (Document document : documents(fixture)) {
            ObjectNode more = document.root().deepCopy();
            ArgoFields.of(document.kind()).ifPresent(fields -> addNulls(more, fields));
            plain.addAll(
                    new ManifestReader().read("workflow.json", document.root().toString()));
            nulls.addAll(new ManifestReader().read("workflow.json", more.toString()));
        }
        assertThat(findings(nulls)).isEqualTo(findings(plain));
    }

    /** Adds each field of a type that the object leaves out, with the value null. */
    private static void addNulls(ObjectNode object, Map<String, Kind> fields) {
        fields.forEach((name, kind) -> {
            if (!object.has(name)) {
                object.putNull(name);
            } else {
                addNulls(object.get(name), kind);
            }
        });
    }

    private static void addNulls(JsonNode value, Kind kind) {
        if (kind.isList() || kind.isMap()) {
            value.forEach(element -> addNulls(element, kind.element()));
        } else if (value instanceof ObjectNode object) {
            ArgoFields.of(kind.text()).ifPresent(fields -> addNulls(object, fields));
        }
    }

    private static List<Document> documents(CheckFixture fixture) throws IOException {
        return new ManifestReader()
                .read("workflow.yaml", Files.readString(fixture.folder().resolve("workflow.yaml")));
    }

    private static List<String> findings(List<Document> given) throws IOException {
        return new CheckRunner(Checks.all())
                .run(FactsOf.collected(given, Fact.known(new MemoryCluster("memory")))).stream()
                        .flatMap(result -> result.findings().stream())
                        .map(finding -> finding.check() + " " + finding.outcome() + " " + finding.detail())
                        .map(text -> text.replaceAll("workflow\\.json(:\\d+)+", "workflow.json"))
                        .toList();
    }
}
