package io.jenkins.plugins.argopreflight.engine.lint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.preflight.Preflight;
import io.jenkins.plugins.argopreflight.engine.preflight.Report;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestException;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import io.jenkins.plugins.argopreflight.testing.InRun;
import io.jenkins.plugins.argopreflight.testing.NoRegistry;
import io.jenkins.plugins.argopreflight.testing.Requests;
import io.jenkins.plugins.argopreflight.testing.server.ArgoModule;
import io.jenkins.plugins.argopreflight.testing.server.NeedsServers;
import io.jenkins.plugins.argopreflight.testing.server.Oracle;
import io.jenkins.plugins.argopreflight.testing.server.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Whatever {@code argo lint --offline} finds in a file, a check without a cluster finds too. */
@NeedsServers(Server.ORACLES)
@ExtendWith(InRun.class)
class LintParityTest {

    private static final Path ROOT = LintFiles.ROOT;
    private static final Path EXCEPTIONS = ROOT.resolve("src/test/resources/lint/exceptions.txt");
    private static final Pattern TAG = Pattern.compile("failed to resolve (\\{\\{.*?}})");

    /** The checks of images, which lint does not check. */
    private static final Set<String> UNRELATED = Set.of("unqualified-name", "mutable-tag");

    /** The version of the lint in {@code tools/argo/4.0}. */
    static final String VERSION = ArgoModule.of("4.0").version();

    @TempDir
    Path folder;

    @Test
    void shouldFindWhatArgoLintFinds() throws IOException {
        List<Path> files = LintFiles.all();
        assertThat(files.size()).isGreaterThan(500);
        compare(files, exceptions());
    }

    /** Misspells each variable of each file in turn. */
    @Test
    void shouldFindMisspeltVariables() throws IOException {
        List<Path> mutants = new ArrayList<>();
        List<Path> files = LintFiles.all();
        for (Path file : files) {
            String text = Files.readString(file);
            Matcher tag = Pattern.compile("\\{\\{\\s*(?:item|steps|inputs|pod|workflow|tasks)\\.[\\w.-]+")
                    .matcher(text);
            while (tag.find() && !isException(file)) {
                Path mutant = folder.resolve(mutants.size() + ".yaml");
                Files.writeString(mutant, text.substring(0, tag.end()) + "x" + text.substring(tag.end()));
                mutants.add(mutant);
            }
        }
        assertThat(mutants.size()).isGreaterThan(300);
        compare(mutants, Map.of());
    }

    private static boolean isException(Path file) throws IOException {
        return exceptions().containsKey(name(file));
    }

    private static String name(Path file) {
        return file.startsWith(ROOT)
                ? ROOT.relativize(file).toString()
                : file.getParent().getFileName() + "/" + file.getFileName();
    }

    private static void compare(List<Path> files, Map<String, String> exceptions) throws IOException {
        List<String> missed = new ArrayList<>();
        int refused = 0;
        try (Oracle lint = Oracle.lint()) {
            List<String> answers = lint.ask(
                    files.stream().map(file -> "{\"file\": \"" + file + "\"}").toList());
            for (int i = 0; i < files.size(); i++) {
                JsonNode errors = new ObjectMapper().readTree(answers.get(i)).path("errors");
                refused += errors.isEmpty() ? 0 : 1;
                String name = name(files.get(i));
                for (JsonNode error : errors) {
                    boolean found = isFound(error.asText(), files.get(i));
                    if (!found && !exceptions.containsKey(name)) {
                        missed.add(
                                name + ": " + error.asText().lines().findFirst().orElse(""));
                    }
                    assertThat(found && exceptions.containsKey(name))
                            .as(name + " is found: remove it from exceptions.txt")
                            .isFalse();
                }
            }
        }
        System.out.println(refused + " of " + files.size() + " files are refused by argo lint, " + missed.size()
                + " of them missed, " + exceptions.size() + " exceptions");
        assertThat(refused).isPositive();
        assertThat(missed).isEmpty();
    }

    /**
     * Returns whether that file has a FAIL or WARN; for a variable, one that names it. A template of the cluster is UNKNOWN
     * without one, and what a caller supplies is a line of its own.
     */
    private static boolean isFound(String error, Path file) throws IOException {
        Report report;
        try {
            report = new Preflight(Fact.unknown("no cluster"), new NoRegistry(), 1)
                    .run(Requests.of(new ManifestReader().readAll(file), "ci", "argo", VERSION));
        } catch (ManifestException | IllegalArgumentException refused) {
            return true;
        }
        if (error.contains("couldn't find workflow template")
                || error.contains("couldn't find cluster workflow template")) {
            // Lint looks for it in namespace default only; the file may have it.
            String template = error.replaceFirst("(?s).*workflow template \"([^\"]*)\".*", "$1");
            return Pattern.compile("name: " + Pattern.quote(template) + "\\b")
                            .matcher(Files.readString(file))
                            .find()
                    || report.all().stream().anyMatch(finding -> finding.check().equals("unresolved-reference"));
        }
        Matcher tag = TAG.matcher(error);
        String wanted = tag.find() ? tag.group(1).replaceAll("\\s", "") : "";
        if (report.subjects().stream()
                .flatMap(subject -> subject.suppliedByCaller().stream())
                .anyMatch(part -> wanted.endsWith("." + part.replaceFirst(".* ", "") + "}}"))) {
            return true;
        }
        return report.all().stream()
                .filter(finding -> finding.outcome() == Outcome.FAIL || finding.outcome() == Outcome.WARN)
                .filter(finding -> !UNRELATED.contains(finding.check()))
                .map(Finding::message)
                .anyMatch(message -> message.replaceAll("\\s", "").contains(wanted));
    }

    /** {@code FILE: reason}, a line each. */
    private static Map<String, String> exceptions() throws IOException {
        Map<String, String> exceptions = new LinkedHashMap<>();
        for (String line : Files.readAllLines(EXCEPTIONS)) {
            if (!line.isBlank() && !line.startsWith("#")) {
                String[] parts = line.split(": ", 2);
                exceptions.put(parts[0], parts[1]);
            }
        }
        return exceptions;
    }
}
