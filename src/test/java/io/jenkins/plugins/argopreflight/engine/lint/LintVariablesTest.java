package io.jenkins.plugins.argopreflight.engine.lint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.preflight.Preflight;
import io.jenkins.plugins.argopreflight.engine.preflight.Report;
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
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The variables at each place of a workflow: {@code argo lint} and a check without a cluster report the same about
 * those that do not exist there.
 */
@NeedsServers(Server.ORACLES)
@ExtendWith(InRun.class)
class LintVariablesTest {

    private static final Path RESOURCES = LintFiles.ROOT.resolve("src/test/resources/lint");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final YAMLMapper YAML = new YAMLMapper();

    /** Stands for a variable in a place; no variable has a character that JSON or YAML would escape. */
    private static final String MARK = "THE-PLACE";

    /** {@code <name of the place>}, or with a value that fits there: {@code <name=value>}. */
    private static final Pattern PLACE = Pattern.compile("<([a-zA-Z ]+)(?:=([^>]*))?>");

    /** Said of a variable that is not there at all; one that is there too late is another thing. */
    private static final Pattern MISSING =
            Pattern.compile("(?:failed to resolve|uses) (\\{\\{[^}]*}})(?!.* (?:before it exists|has no outputs))");

    private final List<String> tags = new ArrayList<>();
    private final List<String> differences = new ArrayList<>();
    private int refused;

    @TempDir
    Path folder;

    @Test
    void shouldKnowTheVariablesOfEachPlace() throws IOException {
        for (String line : Files.readAllLines(RESOURCES.resolve("variables.txt"))) {
            if (!line.startsWith("#")) {
                tags.add("{{" + line + "}}");
            }
        }
        int places = 0;
        try (Oracle lint = Oracle.lint();
                Stream<Path> all = Files.list(RESOURCES.resolve("places"))) {
            for (Path skeleton : all.sorted().toList()) {
                String text = Files.readString(skeleton);
                assertThat(errors(lint, List.of(json(filled(text))))).containsExactly("[]");
                Matcher place = PLACE.matcher(text);
                for (; place.find(); places++) {
                    compare(lint, text, place);
                }
            }
        }
        System.out.println(tags.size() + " variables in " + places + " places: argo lint refuses " + refused);
        assertThat(places).isGreaterThan(80);
        assertThat(refused).isGreaterThan(5_000);
        assertThat(differences).isEmpty();
    }

    private void compare(Oracle lint, String skeleton, Matcher place) throws IOException {
        String before = filled(skeleton.substring(0, place.start()));
        String after = filled(skeleton.substring(place.end()));
        String json = json(before + MARK + after);
        List<String> answers =
                errors(lint, tags.stream().map(tag -> json.replace(MARK, tag)).toList());
        Set<String> ours = missing(before + String.join(" ", tags) + after);
        for (int i = 0; i < tags.size(); i++) {
            boolean isMissing = answers.get(i).contains("failed to resolve");
            refused += isMissing ? 1 : 0;
            if (isMissing != ours.contains(tags.get(i))) {
                differences.add(place.group(1) + ": " + tags.get(i) + " is "
                        + (isMissing ? "refused by lint only" : "refused by us only"));
            }
        }
    }

    private static String filled(String skeleton) {
        return PLACE.matcher(skeleton).replaceAll(place -> place.group(2) == null ? "x" : place.group(2));
    }

    /** Argo reads it in half of the time. */
    private static String json(String yaml) throws IOException {
        return YAML.readTree(yaml).toString();
    }

    private List<String> errors(Oracle lint, List<String> texts) throws IOException {
        List<String> questions = new ArrayList<>();
        for (String text : texts) {
            Path file = folder.resolve(questions.size() + ".json");
            Files.writeString(file, text);
            questions.add("{\"file\": \"" + file + "\"}");
        }
        List<String> errors = new ArrayList<>();
        for (String answer : lint.ask(questions)) {
            errors.add(JSON.readTree(answer).path("errors").toString());
        }
        return errors;
    }

    private Set<String> missing(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("all.yaml"), text);
        Report report = new Preflight(Fact.unknown("no cluster"), new NoRegistry(), 1)
                .run(Requests.of(new ManifestReader().readAll(file), "ci", "argo", LintParityTest.VERSION));
        return report.all().stream()
                .filter(finding -> finding.outcome() == Outcome.FAIL)
                .map(Finding::message)
                .flatMap(message -> MISSING.matcher(message).results())
                .map(tag -> tag.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
