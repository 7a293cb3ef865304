package io.jenkins.plugins.argopreflight.engine.argo.field;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.argo.Given;
import io.jenkins.plugins.argopreflight.engine.argo.field.ArgoFields.Kind;
import io.jenkins.plugins.argopreflight.engine.argo.model.Problem;
import io.jenkins.plugins.argopreflight.testing.InRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Our data on Argo's fields against what was extracted from the schemas of all its releases. */
@ExtendWith(InRun.class)
class ArgoFieldsTest {

    private static final Path EXTRACTED =
            Path.of(System.getProperty("argopreflight.root", "."), "src/test/resources/argo/fields.txt");
    private static final String OLDEST = "v3.4.0";

    /** @param gone the first release again without it, "-" for none */
    private record Extracted(String type, String field, String first, String gone) {}

    private static List<Extracted> extracted() throws IOException {
        return Files.readAllLines(EXTRACTED).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split(" "))
                .map(words -> new Extracted(words[0], words[1], words[2], words[3]))
                .toList();
    }

    @Test
    void shouldHoldTheFieldsOfEveryType() throws IOException {
        Map<String, Set<String>> wanted = extracted().stream()
                .collect(Collectors.groupingBy(
                        Extracted::type, Collectors.mapping(Extracted::field, Collectors.toSet())));
        assertThat(wanted).hasSizeGreaterThan(200);
        Map<String, Set<String>> held = new HashMap<>();
        ArgoFields.types().stream()
                .filter(type -> !type.matches("(Workflow|Node|CronWorkflow|PersistentVolumeClaim|ModifyVolume)Status"))
                .forEach(
                        type -> held.put(type, ArgoFields.of(type).orElseThrow().keySet()));
        assertThat(held).isEqualTo(wanted);
    }

    @Test
    void shouldReportWhenEachFieldCameAndWent() throws IOException {
        Set<String> newTypes = new HashSet<>();
        extracted().stream().collect(Collectors.groupingBy(Extracted::type)).forEach((type, fields) -> {
            if (fields.stream().noneMatch(field -> field.first().equals(OLDEST))) {
                newTypes.add(type);
            }
        });
        Map<String, String> wanted = new HashMap<>();
        Map<String, String> held = new HashMap<>();
        for (Extracted each : extracted()) {
            Kind kind = ArgoFields.of(each.type()).orElseThrow().get(each.field());
            boolean withItsType = newTypes.contains(each.type()) && kind.since().isEmpty();
            String since = each.first().equals(OLDEST) || withItsType ? "" : version(each.first());
            String until = each.gone().equals("-") ? "" : version(each.gone());
            wanted.put(each.type() + "." + each.field(), since + "-" + until);
            held.put(each.type() + "." + each.field(), kind.since() + "-" + kind.until());
        }
        assertThat(held).isEqualTo(wanted);
        assertThat(held.values()).filteredOn(dates -> !dates.equals("-")).hasSizeGreaterThan(60);
    }

    private static String version(String release) {
        return release.replaceFirst("^v", "").replaceFirst("\\.0$", "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3.6.19 | retryStrategy: {backoff: {duration: 1s, cap: 2s}} |"
                        + " spec.templates[0].retryStrategy.backoff.cap: cap came with Argo 3.7; 3.6.19 does not know it",
                "3.5.15 | container: {image: a, resizePolicy: []} | -",
                "3.5.15 | container: {image: a, restartPolicy: Always} | spec.templates[0].container.restartPolicy:"
                        + " restartPolicy came with Argo 3.6; 3.5.15 does not know it",
                "3.6.5 | volumes: [{name: v, image: {reference: a, pullPolicy: Always}}] |"
                        + " spec.templates[0].volumes[0].image: image came with Argo 3.6.6; 3.6.5 does not know it",
                "3.6.6 | volumes: [{name: v, image: {reference: a}}] | -",
                "3.4.18 | outputs: {artifacts: [{name: o, path: /o, s3: {key: k, caSecret: {name: a, key: b}}}]} |"
                        + " spec.templates[0].outputs.artifacts[0].s3.caSecret: caSecret came with Argo 3.5; 3.4.18 does"
                        + " not know it",
                "3.6.19 | synchronization: {mutexes: [{name: m, database: true}]} |"
                        + " spec.templates[0].synchronization.mutexes[0].database: database came with Argo 3.7; 3.6.19"
                        + " does not know it",
                "3.7.18 | outputs: {artifacts: [{name: o, path: /o, plugin: {name: p, key: k}}]} |"
                        + " spec.templates[0].outputs.artifacts[0].plugin: plugin came with Argo 4.0; 3.7.18 does not know"
                        + " it",
                "3.7.18 | steps: [[{name: a, inline: {pendingTimeout: 1m, container: {image: a}}}]] |"
                        + " spec.templates[0].steps[0][0].inline.pendingTimeout: pendingTimeout came with Argo 4.1; 3.7.18"
                        + " does not know it; use timeout",
                "4.1.2 | pendingTimeout: 1m | -",
                "3.7.18 | memoize: {key: k, cache: {configMap: {name: c, key: d}}} | -",
                "4.0.5 | memoize: {key: k, cache: {configMap: {name: c, key: d}}} |"
                        + " spec.templates[0].memoize.cache.configMap.key: key was removed in Argo 4.0; 4.0.5 does not know"
                        + " it",
            })
    void shouldReportFieldsOfOtherVersionsWhereverTheyStand(String version, String field, String problem) {
        List<String> reported =
                Given.pods(version, Given.workflow("- name: main\n  " + field + "\n")).problems().stream()
                        .filter(each -> each.kind() == Problem.Kind.VERSION)
                        .map(each -> each.path() + ": " + each.text())
                        .toList();
        assertThat(reported).isEqualTo(problem.equals("-") ? List.of() : List.of(problem));
    }
}
