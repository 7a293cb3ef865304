package io.jenkins.plugins.argopreflight.engine.check;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.manifest.ManifestReader;
import io.jenkins.plugins.argopreflight.testing.ServerBinaries;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/**
 * One case of a check: {@code src/test/resources/checks/<id>/<pass|fail|unknown>-<case>/} with {@code workflow.yaml},
 * and when it needs them {@code cluster/} (a snapshot) and {@code registry.yaml}; {@code expected.json} is what the
 * check has to find.
 */
record CheckFixture(String check, String kind, Path folder) {

    private static final ObjectMapper JSON =
            new ObjectMapper().setDefaultPropertyInclusion(JsonInclude.Include.NON_EMPTY);

    /** All cases of all checks. */
    static List<CheckFixture> all() throws IOException {
        Path root = ServerBinaries.projectRoot().resolve("src/test/resources/checks");
        List<CheckFixture> fixtures = new ArrayList<>();
        for (Path check : children(root)) {
            for (Path each : children(check)) {
                String name = each.getFileName().toString();
                fixtures.add(new CheckFixture(check.getFileName().toString(), name.replaceFirst("-.*", ""), each));
            }
        }
        return fixtures;
    }

    private static List<Path> children(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(Files::isDirectory).sorted().toList();
        }
    }

    Facts facts() throws IOException {
        return FactsOf.folder(folder, folder.resolve("cluster"), "ci");
    }

    boolean hasCluster() {
        return Files.isDirectory(folder.resolve("cluster"));
    }

    /** The same manifests, with nobody who could look at the cluster. */
    Facts factsWithoutCluster() throws IOException {
        return FactsOf.folder(folder, folder.resolve("absent"), "ci");
    }

    Path expected() {
        return folder.resolve("expected.json");
    }

    /** Findings as expected.json holds them: without what the check's own description says, and where we are. */
    String json(List<Finding> findings) throws JsonProcessingException {
        ArrayNode list = JSON.valueToTree(findings);
        for (JsonNode finding : list) {
            ((ObjectNode) finding).remove(List.of("check", "severity", "link", "fixes"));
            ObjectNode subject = (ObjectNode) finding.get("subject");
            if (subject.path("line").asInt() == 0) {
                subject.remove("line");
            }
        }
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter().withArrayIndenter(new DefaultIndenter("  ", "\n"));
        printer.indentObjectsWith(new DefaultIndenter("  ", "\n"));
        return JSON.writer(printer).writeValueAsString(list).replace(folder + "/", "") + "\n";
    }

    /** Every value of its Secrets, as written and decoded: a report must hold none. */
    List<String> secrets() throws IOException {
        List<Document> documents = new ArrayList<>(
                new ManifestReader().read("workflow.yaml", Files.readString(folder.resolve("workflow.yaml"))));
        if (hasCluster()) {
            documents.addAll(new ManifestReader().readAll(folder.resolve("cluster")));
        }
        List<String> values = new ArrayList<>();
        for (Document document : documents) {
            if (document.kind().equals("Secret")) {
                for (String field : List.of("data", "stringData")) {
                    document.root().path(field).forEach(value -> add(value.asText(), values));
                }
            }
        }
        return values;
    }

    private static void add(String value, List<String> values) {
        values.add(value);
        try {
            values.add(new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException notBase64) {
            values.add(value.strip());
        }
    }

    @Override
    public String toString() {
        return check + "/" + folder.getFileName();
    }
}
