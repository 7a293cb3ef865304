package io.jenkins.plugins.argopreflight.engine.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import groovy.lang.GroovyShell;
import io.jenkins.plugins.argopreflight.engine.check.catalog.Checks;
import io.jenkins.plugins.argopreflight.engine.model.fix.ApplyManifest;
import io.jenkins.plugins.argopreflight.engine.model.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.model.fix.ChangeField;
import io.jenkins.plugins.argopreflight.engine.model.fix.Fix;
import io.jenkins.plugins.argopreflight.engine.model.fix.Groovy;
import io.jenkins.plugins.argopreflight.engine.model.fix.Hostile;
import io.jenkins.plugins.argopreflight.engine.model.fix.Operand;
import io.jenkins.plugins.argopreflight.engine.model.fix.ReadBack;
import io.jenkins.plugins.argopreflight.engine.model.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.model.fix.Shell;
import io.jenkins.plugins.argopreflight.engine.model.fix.ShellFunctions;
import io.jenkins.plugins.argopreflight.engine.model.fix.WriteCredentials;
import io.jenkins.plugins.argopreflight.engine.util.text.Visible;
import io.jenkins.plugins.argopreflight.testing.InRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The fixes of all checks as data, with each hostile value in place of each operand: a shell, YAML and Groovy read back
 * the same data.
 */
@Tag("fuzz")
@ExtendWith(InRun.class)
class EveryOperandTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final int LONGEST = 4000;
    /** The maximum number of steps that a method of a class can have. */
    private static final int STEPS = 60;

    private static final Set<String> REDIRECTS = Set.of("input", "output");
    private static final List<String> VALUES = Stream.concat(Hostile.VISIBLE.stream(), Hostile.HIDDEN.stream())
            .filter(value -> value.length() < LONGEST && !value.equals("\ud800"))
            .toList();

    /**
     * The fields of a fix that contain no value of others: kind, program, mode, and place, which no text of the fix
     * shows.
     */
    private static final Set<String> FIXED = Set.of("kind", "program", "mode", "place");

    @TempDir
    private Path folder;

    private ShellFunctions shell;

    /** A fix with one value in the place of one operand. */
    private record Case(JsonNode data, Fix fix) {}

    @Test
    void shouldReadBackEachValueInEachOperand() throws IOException {
        assertThat(VALUES).hasSizeGreaterThan(40);
        shell = new ShellFunctions(folder);
        Map<String, JsonNode> fixes = new LinkedHashMap<>();
        Set<String> checks = new TreeSet<>();
        for (CheckFixture fixture : CheckFixture.all()) {
            for (Fix fix : fixes(fixture)) {
                checks.add(fixture.check());
                JsonNode data = JSON.valueToTree(fix);
                fixes.putIfAbsent(shape(data), data);
            }
        }
        int operands = 0;
        for (JsonNode data : fixes.values()) {
            operands += check(data);
        }
        assertThat(checks).hasSizeGreaterThan(80);
        assertThat(fixes).hasSizeGreaterThan(190);
        assertThat(operands).isGreaterThan(1_400);
    }

    private static List<Fix> fixes(CheckFixture fixture) throws IOException {
        Check check = Checks.all().stream()
                .filter(each -> each.info().id().equals(fixture.check()))
                .findFirst()
                .orElseThrow();
        return new CheckRunner(List.of(check))
                .run(fixture.facts()).get(0).findings().stream()
                        .flatMap(finding -> finding.fixes().stream())
                        .filter(fix -> fix.problems().isEmpty())
                        .toList();
    }

    /** Fixes that differ only in words of their sentences are one. */
    private static String shape(JsonNode data) {
        JsonNode copy = data.deepCopy();
        ((ObjectNode) copy).remove(List.of("note", "after", "place", "who", "what"));
        return copy.toString();
    }

    private int check(JsonNode data) throws IOException {
        List<JsonPointer> operands = new ArrayList<>();
        operands(data, JsonPointer.empty(), operands);
        List<Case> cases = new ArrayList<>();
        for (JsonPointer operand : operands) {
            boolean redirect =
                    operand.last() != null && REDIRECTS.contains(operand.last().getMatchingProperty());
            for (String value : VALUES) {
                if (redirect && value.contains("/")) {
                    // A file in a folder that is not there.
                    continue;
                }
                JsonNode copy = data.deepCopy();
                set(copy, operand, value);
                cases.add(new Case(copy, JSON.treeToValue(copy, Fix.class)));
            }
        }
        readBack(cases);
        return operands.size();
    }

    private static void operands(JsonNode node, JsonPointer at, List<JsonPointer> into) {
        if (node.isTextual() || node.size() == 1 && node.has("placeholder")) {
            into.add(at);
        } else if (node instanceof ArrayNode list) {
            for (int i = 0; i < list.size(); i++) {
                operands(list.get(i), at.appendIndex(i), into);
            }
        } else {
            node.properties().stream()
                    .filter(field -> !isToml(field.getValue()))
                    .filter(field -> !FIXED.contains(field.getKey()))
                    .filter(field -> !(REDIRECTS.contains(field.getKey())
                            && field.getValue().asText().isEmpty()))
                    .forEach(field -> operands(field.getValue(), at.appendProperty(field.getKey()), into));
        }
    }

    /** A document that was written already. */
    private static boolean isToml(JsonNode documents) {
        return documents.path(0).asText().contains(" = ");
    }

    private static void set(JsonNode root, JsonPointer at, String value) {
        JsonNode parent = root.at(at.head());
        if (parent instanceof ArrayNode list) {
            list.set(at.last().getMatchingIndex(), TextNode.valueOf(value));
        } else {
            ((ObjectNode) parent).put(at.last().getMatchingProperty(), value);
        }
    }

    /** Reads the cases back, all in one shell and in one Groovy script. */
    private void readBack(List<Case> cases) throws IOException {
        StringBuilder pasted = new StringBuilder();
        List<List<String>> expected = new ArrayList<>();
        List<String> calls = new ArrayList<>();
        List<Map<String, Object>> steps = new ArrayList<>();
        for (Case each : cases) {
            Fix fix = each.fix();
            String text = Shell.text(fix);
            assertThat(text.lines()).as(text).allMatch(Visible::isVisible);
            if (fix.checked() instanceof AskPerson) {
                assertThat(text).startsWith("# ").doesNotContain("\n");
                pasted.append(text).append('\n');
            } else if (fix instanceof ChangeField) {
                assertThat(YAML.readTree(text + "\n"))
                        .as(text)
                        .isEqualTo(each.data().path("value"));
            } else {
                pasted.append(text).append('\n');
                expected.addAll(words(each));
                documents(each, text);
            }
            if (fix instanceof WriteCredentials && fix.problems().isEmpty()) {
                calls.add(Groovy.step(fix, "prod").orElseThrow());
                steps.add(step(each.data()));
            }
        }
        assertThat(counted(shell.paste(pasted.toString())))
                .as(pasted.toString())
                .isEqualTo(counted(expected));
        for (int i = 0; i < calls.size(); i += STEPS) {
            int end = Math.min(calls.size(), i + STEPS);
            String script = "calls = []\ndef argoRegistrySecret(Map all) { calls << all }\n"
                    + String.join("\n", calls.subList(i, end)) + "\ncalls";
            assertThat(new GroovyShell().evaluate(script)).as(script).isEqualTo(steps.subList(i, end));
        }
    }

    /**
     * Counts calls, so that they can be compared in any order. The time of AssertJ's own comparison grows with the
     * square of the number.
     */
    private static Map<List<String>, Integer> counted(List<List<String>> calls) {
        Map<List<String>, Integer> counted = new HashMap<>();
        calls.forEach(call -> counted.merge(call, 1, Integer::sum));
        return counted;
    }

    /**
     * Returns the calls that a case must lead to: the data of a command, or the command that a manifest or credentials
     * become.
     */
    private static List<List<String>> words(Case each) {
        List<List<String>> words = new ArrayList<>();
        if (each.fix() instanceof RunCommands) {
            each.data()
                    .path("commands")
                    .forEach(command -> command.path("stages").forEach(stage -> {
                        List<String> call =
                                new ArrayList<>(List.of(stage.path("program").asText()));
                        stage.path("arguments").forEach(argument -> call.add(text(argument)));
                        words.add(call);
                    }));
        } else {
            ReadBack.commands(each.fix()).stream()
                    .flatMap(command -> command.stages().stream())
                    .forEach(stage -> words.add(Stream.concat(
                                    Stream.of(stage.program()),
                                    stage.arguments().stream().map(Operand::text))
                            .toList()));
        }
        return words;
    }

    private static void documents(Case each, String pasted) throws IOException {
        if (each.fix() instanceof ApplyManifest manifest) {
            for (int i = 0; i < manifest.documents().size(); i++) {
                String text = manifest.documents().get(i).text();
                assertThat(pasted).contains(text.stripTrailing());
                assertThat(YAML.readTree(text))
                        .as(text)
                        .isEqualTo(each.data().path("documents").path(i));
            }
        }
    }

    private static Map<String, Object> step(JsonNode data) {
        Map<String, Object> step = new LinkedHashMap<>();
        step.put("name", text(data.path("secret")));
        step.put("namespaces", texts(data.path("namespaces")));
        if (!data.path("serviceAccounts").isEmpty()) {
            step.put("serviceAccounts", texts(data.path("serviceAccounts")));
        }
        WriteCredentials.Mode.valueOf(data.path("mode").asText()).options().forEach(option -> step.put(option, true));
        step.put("cluster", "prod");
        step.put("registries", List.of(Map.of("url", text(data.path("registry")), "credentialsId", "CREDENTIALS_ID")));
        return step;
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(each -> texts.add(text(each)));
        return texts;
    }

    private static String text(JsonNode operand) {
        return operand.isTextual()
                ? operand.textValue()
                : operand.path("placeholder").asText();
    }
}
