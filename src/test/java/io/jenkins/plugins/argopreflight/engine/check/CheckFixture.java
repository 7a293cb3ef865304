package io.jenkins.plugins.argopreflight.engine.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import io.jenkins.plugins.argopreflight.offline.admission.PodAdmission;
import io.jenkins.plugins.argopreflight.testing.ProjectRoot;
import io.jenkins.plugins.argopreflight.testing.TemporaryFolder;
import io.jenkins.plugins.argopreflight.testing.Txtar;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A case of a check: {@code src/test/resources/checks/<id>/<pass|fail|unknown>-<case>.txtar} with
 * {@code workflow.yaml}, and if needed {@code cluster/} (a snapshot) and {@code registry.yaml};
 * {@code expected.json} has the findings that the check must give. A first line {@code shared: <name> ...} names files
 * in {@code checks/shared}, which cases of several checks use. Cases of one check that have the same cluster are in one
 * file with the cluster's name: the common files, and for each case {@code <case>/workflow.yaml} and
 * {@code <case>/expected.json}.
 *
 * @param archive the file of the case
 * @param folder the folder with the unpacked file, until this virtual machine ends
 */
public record CheckFixture(String check, String kind, Path archive, Path folder) {

    private static final ObjectMapper JSON =
            new ObjectMapper().setDefaultPropertyInclusion(JsonInclude.Include.NON_EMPTY);

    private static final Path CHECKS = ProjectRoot.path().resolve("src/test/resources/checks");

    private static final int SEVERAL = 4;

    private static final String SHARED = "shared:";

    /** The folder of a file that belongs to one case. */
    private static final Pattern CASE = Pattern.compile("((?:pass|fail|unknown)-[^/]+)/");

    private static List<CheckFixture> unpacked = List.of();

    /** Returns the cases of all checks. */
    public static synchronized List<CheckFixture> all() throws IOException {
        if (unpacked.isEmpty()) {
            Path folder = TemporaryFolder.create("checks");
            List<CheckFixture> fixtures = new ArrayList<>();
            try (Stream<Path> archives = Files.walk(CHECKS)) {
                for (Path archive : archives.filter(each -> each.toString().endsWith(".txtar"))
                        .toList()) {
                    fixtures.addAll(unpack(archive, folder));
                }
            }
            fixtures.sort(Comparator.comparing(CheckFixture::folder));
            assertThat(fixtures).extracting(CheckFixture::folder).doesNotHaveDuplicates();
            unpacked = List.copyOf(fixtures);
        }
        return unpacked;
    }

    private static List<CheckFixture> unpack(Path archive, Path into) throws IOException {
        Txtar files = Txtar.read(archive);
        for (String shared : files.comment().replaceFirst(SHARED, "").strip().split(" ")) {
            if (!shared.isEmpty()) {
                files = files.with(
                        shared, Files.readString(CHECKS.resolve("shared").resolve(shared)));
            }
        }
        Set<String> cases = new LinkedHashSet<>();
        for (String file : files.files().keySet()) {
            Matcher own = CASE.matcher(file);
            if (own.lookingAt()) {
                cases.add(own.group(1));
            } else {
                assertThat(file).as("a file of " + archive).matches("[\\w-]+\\.(yaml|json)|cluster/.*");
            }
        }
        if (cases.isEmpty()) {
            cases.add(alone(archive));
        }
        List<CheckFixture> fixtures = new ArrayList<>();
        String check = archive.getParent().getFileName().toString();
        for (String each : cases) {
            Path folder = into.resolve(check).resolve(each);
            of(each, files).unpack(folder);
            fixtures.add(new CheckFixture(check, each.replaceFirst("-.*", ""), archive, folder));
        }
        return fixtures;
    }

    /** Returns the name of the only case in a file. */
    private static String alone(Path archive) {
        return archive.getFileName().toString().replaceFirst("\\.txtar$", "");
    }

    /** The common files, and those of one case. */
    private static Txtar of(String wanted, Txtar all) {
        Map<String, String> files = new LinkedHashMap<>();
        Map<String, String> own = new LinkedHashMap<>();
        all.files().forEach((file, text) -> {
            Matcher folder = CASE.matcher(file);
            if (!folder.lookingAt()) {
                files.put(file, text);
            } else if (folder.group(1).equals(wanted)) {
                own.put(file.substring(folder.end()), text);
            }
        });
        files.putAll(own);
        return new Txtar("", files);
    }

    /** Such as {@code fail-wrong-tag}. */
    String name() {
        return folder.getFileName().toString();
    }

    Facts facts() throws IOException {
        return FactsOf.folder(folder, folder.resolve("cluster"), "ci");
    }

    /** The same facts, whatever is answered first. */
    Facts factsFromSeveralThreads() throws IOException {
        return factsFromSeveralThreads(SEVERAL, 0);
    }

    /** @param seed of the order in which threads give way to others */
    Facts factsFromSeveralThreads(int threads, long seed) throws IOException {
        return FactsOf.folder(
                folder,
                folder.resolve("cluster"),
                "ci",
                PodAdmission.NONE,
                gateway -> YieldingGateway.around(gateway, seed),
                threads);
    }

    boolean hasCluster() {
        return Files.isDirectory(folder.resolve("cluster"));
    }

    /** The same manifests, with nobody who could look at the cluster. */
    Facts factsWithoutCluster() throws IOException {
        return FactsOf.folder(folder, folder.resolve("absent"), "ci");
    }

    /** Empty for a fixture of which it was not written yet. */
    String expected() throws IOException {
        Path file = folder.resolve("expected.json");
        return Files.exists(file) ? Files.readString(file) : "";
    }

    void expect(String json) throws IOException {
        Txtar files = Txtar.read(archive);
        String own = alone(archive).equals(name()) ? "" : name() + "/";
        Files.writeString(archive, files.with(own + "expected.json", json).toString());
        Files.writeString(folder.resolve("expected.json"), json);
    }

    /**
     * Findings as expected.json holds them: without what the check's own description says, the reason that the detail
     * contains, and where we are; a line of evidence that is words alone as its text, any other as its data.
     */
    String json(List<Finding> findings) throws JsonProcessingException {
        ArrayNode list = JSON.valueToTree(findings);
        for (JsonNode finding : list) {
            ObjectNode object = (ObjectNode) finding;
            if (object.path("cause").equals(object.path("check"))) {
                object.remove("cause");
            }
            if (object.remove("observations") instanceof ArrayNode lines) {
                ArrayNode evidence = object.withArray("evidence").removeAll();
                lines.forEach(line -> evidence.add(line.has("text") ? line.get("text") : line));
            }
            object.remove(List.of("check", "severity", "link", "fixes", "reason"));
            ObjectNode subject = (ObjectNode) finding.get("subject");
            if (subject.path("line").asInt() == 0) {
                subject.remove("line");
            }
        }
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter().withArrayIndenter(new DefaultIndenter("  ", "\n"));
        printer.indentObjectsWith(new DefaultIndenter("  ", "\n"));
        return JSON.writer(printer).writeValueAsString(list).replace(folder + "/", "") + "\n";
    }

    /** Returns the values of the fixture's Secrets, as written and decoded. No report must contain one. */
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
        return check + "/" + name();
    }
}
