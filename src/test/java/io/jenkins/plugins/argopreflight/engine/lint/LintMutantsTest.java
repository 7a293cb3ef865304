package io.jenkins.plugins.argopreflight.engine.lint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.preflight.Preflight;
import io.jenkins.plugins.argopreflight.engine.preflight.Report;
import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import io.jenkins.plugins.argopreflight.engine.util.limits.RunLimits;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import io.jenkins.plugins.argopreflight.testing.InRun;
import io.jenkins.plugins.argopreflight.testing.NoRegistry;
import io.jenkins.plugins.argopreflight.testing.Requests;
import io.jenkins.plugins.argopreflight.testing.server.NeedsServers;
import io.jenkins.plugins.argopreflight.testing.server.Oracle;
import io.jenkins.plugins.argopreflight.testing.server.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Whatever {@code argo lint --offline} finds in a workflow with one field changed, a check without a cluster finds. */
@NeedsServers(Server.ORACLES)
@ExtendWith(InRun.class)
class LintMutantsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The share of mutants that are compared: one of this number. There are about 19,000 mutants. */
    private static final int SHARE = Integer.getInteger("lint.share", 11);

    /** The checks that report something for any workflow with these images. */
    private static final Set<String> UNRELATED = Set.of("unqualified-name", "mutable-tag");

    /** A template of the cluster, which only a cluster has: UNKNOWN. */
    private static final Pattern TEMPLATE = Pattern.compile("couldn't find (?:cluster )?workflow template");

    @TempDir
    Path folder;

    private final List<Path> mutants = new ArrayList<>();
    private int made;

    @Test
    void shouldFindWhatArgoLintFindsInMutants() throws IOException {
        for (Path file : LintFiles.examples()) {
            List<Document> documents = new ManifestReader().readAll(file);
            if (documents.size() == 1 && documents.get(0).kind().equals("Workflow")) {
                ObjectNode root = documents.get(0).root().deepCopy();
                mutate(root.path("spec"), root);
            }
        }
        List<String> missed = new ArrayList<>();
        int refused = 0;
        try (Oracle lint = Oracle.lint()) {
            List<String> answers = lint.ask(mutants.stream()
                    .map(mutant -> "{\"file\": \"" + mutant + "\"}")
                    .toList());
            for (int i = 0; i < mutants.size(); i++) {
                JsonNode errors = JSON.readTree(answers.get(i)).path("errors");
                if (!errors.isEmpty()) {
                    refused++;
                    if (!isFound(errors.get(0).asText(), mutants.get(i))) {
                        missed.add(errors.get(0).asText().lines().findFirst().orElse("") + " <- "
                                + Files.readString(mutants.get(i)));
                    }
                }
            }
        }
        System.out.println(refused + " of " + mutants.size() + " mutants are refused by argo lint, " + missed.size()
                + " of them missed");
        assertThat(refused).isGreaterThan(300);
        assertThat(missed).isEmpty();
    }

    /** Removes each field, and changes each text, one at a time. */
    private void mutate(JsonNode node, ObjectNode root) throws IOException {
        if (node instanceof ObjectNode object) {
            for (String name : List.copyOf(fields(object))) {
                JsonNode value = object.get(name);
                attempt(root, value, with -> set(object, name, with));
                mutate(value, root);
            }
        } else if (node instanceof ArrayNode list) {
            for (int i = 0; i < list.size(); i++) {
                mutate(list.get(i), root);
            }
        }
    }

    private static List<String> fields(ObjectNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static void set(ObjectNode object, String name, JsonNode value) {
        if (value == null) {
            object.remove(name);
        } else {
            object.set(name, value);
        }
    }

    private void attempt(ObjectNode root, JsonNode value, Consumer<JsonNode> change) throws IOException {
        List<JsonNode> changed = new ArrayList<>();
        changed.add(null);
        if (value.isTextual()) {
            changed.add(TextNode.valueOf(value.asText() + "x"));
            changed.add(TextNode.valueOf("-" + value.asText()));
            changed.add(TextNode.valueOf(""));
        } else {
            changed.add(TextNode.valueOf("x"));
            changed.add(
                    value instanceof ArrayNode list
                            ? JSON.createArrayNode().addAll(list).addAll(list)
                            : JSON.nullNode());
        }
        for (JsonNode each : changed) {
            made++;
            if (made % SHARE == 0) {
                change.accept(each);
                Path mutant = folder.resolve(made + ".json");
                Files.writeString(mutant, root.toString());
                mutants.add(mutant);
                change.accept(value);
            }
        }
    }

    /** A failure of the manifest itself, not of images that nobody asked for. */
    private static boolean isFound(String error, Path mutant) throws IOException {
        Report report;
        try (Budget.Scope run = Budget.open(RunLimits.DEFAULT)) {
            report = new Preflight(Fact.unknown("no cluster"), new NoRegistry(), 1)
                    .run(Requests.of(new ManifestReader().readAll(mutant), "ci", "argo"));
        } catch (IllegalArgumentException refused) {
            return true;
        }
        if (TEMPLATE.matcher(error).find()) {
            return report.all().stream().anyMatch(finding -> finding.check().equals("unresolved-reference"));
        }
        return report.all().stream()
                .filter(finding -> finding.outcome() == Outcome.FAIL || finding.outcome() == Outcome.WARN)
                .map(Finding::check)
                .anyMatch(check -> !UNRELATED.contains(check));
    }
}
