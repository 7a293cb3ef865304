package io.jenkins.plugins.argopreflight.engine.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.jenkins.plugins.argopreflight.engine.check.catalog.Checks;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.model.fix.Command;
import io.jenkins.plugins.argopreflight.engine.model.fix.Fix;
import io.jenkins.plugins.argopreflight.engine.model.fix.Hostile;
import io.jenkins.plugins.argopreflight.engine.model.fix.ReadBack;
import io.jenkins.plugins.argopreflight.engine.render.Remediation;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestException;
import io.jenkins.plugins.argopreflight.offline.snapshot.SnapshotException;
import io.jenkins.plugins.argopreflight.testing.InRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The fixes of all checks, with hostile values in place of the values that they take from manifests and the cluster.
 */
@Tag("fuzz")
@ExtendWith(InRun.class)
class HostileFixturesTest {

    private static final YAMLMapper YAML = new YAMLMapper();

    /** The hostile values that cannot be the name of an object and that a YAML file can hold. */
    private static final List<String> VALUES = Stream.concat(Hostile.VISIBLE.stream(), Hostile.HIDDEN.stream())
            .filter(value -> !value.matches("[A-Za-z0-9.-]*"))
            .filter(value -> value.length() < 1000 && !value.contains("\ud800") && !value.contains("\u0000"))
            .toList();

    /**
     * The checks whose values are not names of objects and can be any text: a file, a user, the value of a setting, a
     * path.
     */
    private static final Set<String> FREE = Set.of("instance-id", "fs-group-on-host-path", "host-path-ownership");

    @TempDir
    private Path folder;

    /** Commands that hold a name which Kubernetes refuses. */
    private final List<String> given = new ArrayList<>();

    private int next;

    @Test
    void shouldReadBackAsTheDataSays() throws IOException {
        ReadBack read = new ReadBack(Files.createDirectories(folder.resolve("shell")));
        Map<String, Integer> hostile = new TreeMap<>();
        Set<String> withFixes = new TreeSet<>();
        for (CheckFixture fixture : CheckFixture.all()) {
            List<Finding> findings = findings(fixture, fixture.folder());
            Map<Path, List<JsonNode>> files = files(fixture.folder());
            if (findings.stream().anyMatch(finding -> !finding.fixes().isEmpty())) {
                withFixes.add(fixture.check());
            }
            for (String value : values(files, findings)) {
                String evil = VALUES.get(next++ % VALUES.size());
                for (Finding finding : findings(fixture, mutated(files, value, value + evil))) {
                    check(read, fixture, finding, evil);
                    boolean shown = finding.toString().contains(evil)
                            || finding.remediation().toString().contains("no command is shown");
                    hostile.merge(fixture.check(), shown ? 1 : 0, Integer::sum);
                }
            }
        }
        assertThat(given).isEmpty();
        assertThat(withFixes).hasSizeGreaterThan(80);
        assertThat(hostile.values().stream().filter(count -> count > 0))
                .as(hostile.toString())
                .hasSizeGreaterThan(50);
    }

    private void check(ReadBack read, CheckFixture fixture, Finding finding, String evil) {
        for (Fix fix : finding.fixes()) {
            read.check(fix);
            ReadBack.commands(fix).stream()
                    .flatMap(command -> command.stages().stream())
                    .filter(stage -> stage.program().equals("kubectl") && isOfNames(fixture, stage))
                    .filter(stage -> stage.arguments().stream()
                            .anyMatch(operand ->
                                    evil.length() > 3 && operand.text().contains(evil)))
                    .forEach(stage -> given.add(fixture + ": " + stage));
        }
    }

    /** Roles and bindings may have nearly any name. */
    private static boolean isOfNames(CheckFixture fixture, Command.Stage stage) {
        return !FREE.contains(fixture.check())
                && stage.arguments().stream()
                        .noneMatch(operand -> operand.text().matches("(cluster)?role(binding)?"));
    }

    private static List<Finding> findings(CheckFixture fixture, Path folder) throws IOException {
        Facts facts;
        try {
            facts = FactsOf.folder(folder, folder.resolve("cluster"), "ci");
        } catch (IllegalArgumentException | ManifestException | SnapshotException refused) {
            // A value that decides what the file is: nothing is read, and nothing is shown.
            return List.of();
        }
        Check check = Checks.all().stream()
                .filter(each -> each.info().id().equals(fixture.check()))
                .findFirst()
                .orElseThrow();
        return new CheckRunner(List.of(check))
                .run(facts).get(0).findings().stream().map(Remediation::inShell).toList();
    }

    /**
     * Returns the values that fixes take from the fixture's files: the words of operands that are a scalar or a key
     * there.
     */
    private static Set<String> values(Map<Path, List<JsonNode>> files, List<Finding> findings) {
        Set<String> scalars = new TreeSet<>();
        files.values().forEach(documents -> documents.forEach(document -> scalars(document, scalars)));
        Set<String> values = new LinkedHashSet<>();
        for (Finding finding : findings) {
            String text = String.join("\n", finding.remediation());
            scalars.stream()
                    .filter(scalar -> scalar.length() > 1 && text.contains(scalar))
                    .filter(scalar -> Pattern.compile("(?<![\\w.-])" + Pattern.quote(scalar) + "(?![\\w.-])")
                            .matcher(text)
                            .find())
                    .forEach(values::add);
        }
        return values;
    }

    private static void scalars(JsonNode node, Set<String> into) {
        if (node.isTextual()) {
            into.add(node.textValue());
        }
        node.fieldNames().forEachRemaining(into::add);
        node.forEach(child -> scalars(child, into));
    }

    /** A copy of the fixture in which one value is another one, wherever it is. */
    private Path mutated(Map<Path, List<JsonNode>> files, String value, String other) throws IOException {
        Path copy = Files.createTempDirectory(folder, "fixture");
        for (Map.Entry<Path, List<JsonNode>> file : files.entrySet()) {
            boolean sentences = file.getKey().endsWith("admissions.yaml");
            Path target = copy.resolve(file.getKey().toString().replaceFirst("\\.json$", ".yaml"));
            Files.createDirectories(target.getParent());
            List<String> texts = new ArrayList<>();
            for (JsonNode document : file.getValue()) {
                texts.add(YAML.writeValueAsString(replaced(document, value, other, sentences)));
            }
            Files.writeString(target, String.join("", texts));
        }
        return copy;
    }

    private static JsonNode replaced(JsonNode node, String value, String other, boolean sentences) {
        if (node.isTextual()) {
            String text = node.textValue();
            return TextNode.valueOf(
                    sentences
                            ? text.replaceAll(
                                    "(?<![\\w.-])" + Pattern.quote(value) + "(?![\\w.-])",
                                    Matcher.quoteReplacement(other))
                            : text.equals(value) ? other : text);
        }
        if (node instanceof ArrayNode list) {
            ArrayNode copy = list.arrayNode();
            list.forEach(each -> copy.add(replaced(each, value, other, sentences)));
            return copy;
        }
        if (node instanceof ObjectNode object) {
            ObjectNode copy = object.objectNode();
            object.properties()
                    .forEach(field -> copy.set(
                            field.getKey().equals(value) ? other : field.getKey(),
                            replaced(field.getValue(), value, other, sentences)));
            return copy;
        }
        return node;
    }

    /** The documents of each file, by its path in the folder. */
    private static Map<Path, List<JsonNode>> files(Path folder) throws IOException {
        Map<Path, List<JsonNode>> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            all.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith("expected.json"))
                    .forEach(file -> files.put(folder.relativize(file), documents(file)));
        }
        return files;
    }

    private static List<JsonNode> documents(Path file) {
        try (var all = YAML.readerFor(JsonNode.class).<JsonNode>readValues(file.toFile())) {
            return all.readAll();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
