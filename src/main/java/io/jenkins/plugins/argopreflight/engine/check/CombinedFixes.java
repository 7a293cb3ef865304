package io.jenkins.plugins.argopreflight.engine.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.model.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.model.fix.FieldMerge;
import io.jenkins.plugins.argopreflight.engine.model.fix.FieldWrite;
import io.jenkins.plugins.argopreflight.engine.model.fix.FieldWrite.Target;
import io.jenkins.plugins.argopreflight.engine.model.fix.Fix;
import io.jenkins.plugins.argopreflight.engine.model.fix.FixNote;
import io.jenkins.plugins.argopreflight.engine.model.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.FieldPath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Combines the fixes of several findings that write the same field, together with the present value of the field, so
 * that applying one applies all. Fixes that exclude each other are not combined; a finding reports the contradiction.
 */
public final class CombinedFixes {

    private static final int MAX_LINES = 60;
    private static final Pattern SECRET = Pattern.compile("(?i)passw|token|secret|credential|api.?key|auths");

    /** A field that a fix of a finding writes. */
    private record FixUse(Finding finding, Fix fix, FieldWrite write) {}

    private final Map<Target, ObjectNode> documents = new HashMap<>();
    private final Map<Fix, Fix> combined = new IdentityHashMap<>();
    private final Map<Finding, Set<Fix>> contradictions = new IdentityHashMap<>();

    private CombinedFixes(Facts facts) {
        Stream.concat(facts.documents().stream(), facts.controllerSettings().ifKnown().stream())
                .forEach(document -> documents.putIfAbsent(target(document), document.root()));
        facts.workflows()
                .forEach(workflow -> documents.putIfAbsent(
                        new Target(
                                workflow.document().kind(),
                                workflow.namespace(),
                                workflow.document().nameOrPrefix()),
                        workflow.document().root()));
    }

    /** Returns the results with fixes that do not undo each other. */
    public static List<CheckResult> of(Facts facts, List<CheckResult> results) {
        CombinedFixes fixes = new CombinedFixes(facts);
        Map<Target, Map<String, List<FixUse>>> uses = new LinkedHashMap<>();
        results.stream()
                .flatMap(result -> result.findings().stream())
                .filter(finding -> finding.outcome() != Outcome.UNKNOWN)
                .forEach(finding -> finding.fixes()
                        .forEach(fix -> FieldWrite.of(fix)
                                .forEach(write -> uses.computeIfAbsent(write.target(), key -> new LinkedHashMap<>())
                                        .computeIfAbsent(write.path(), key -> new ArrayList<>())
                                        .add(new FixUse(finding, fix, write)))));
        uses.forEach((target, fields) -> fields.forEach((path, all) -> fixes.combine(target, path, all)));
        return results.stream()
                .map(result -> new CheckResult(
                        result.info(),
                        result.outcome(),
                        result.findings().stream().map(fixes::fixed).toList()))
                .toList();
    }

    private static Target target(Document document) {
        return new Target(document.kind(), document.namespace(), document.nameOrPrefix());
    }

    private void combine(Target target, String path, List<FixUse> uses) {
        String field =
                FieldPath.parts(path).stream().reduce((first, last) -> last).orElse("");
        JsonNode existing = existing(target, path);
        List<JsonNode> values =
                uses.stream().map(use -> use.write().value()).distinct().toList();
        Optional<String> contradiction = Contradiction.in(values);
        if (contradiction.isPresent()) {
            reportContradiction(path, contradiction.get(), uses);
            return;
        }
        if (values.size() == 1 && !existing.isContainerNode() && !existing.isTextual()) {
            return;
        }
        JsonNode combinedValue = existing;
        for (JsonNode value : values) {
            combinedValue = combinedValue.isMissingNode() ? value : FieldMerge.merge(field, combinedValue, value);
        }
        if (combinedValue.isTextual() && values.size() == 1 && !isYaml(existing)
                || Yaml.tree(combinedValue).text().lines().count() > MAX_LINES) {
            return;
        }
        for (FixUse use : uses) {
            Fix fix = combined.getOrDefault(use.fix(), use.fix());
            if (!combinedValue.equals(use.write().value())) {
                combined.put(use.fix(), use.write().in(fix, combinedValue, addition(use, uses, existing)));
            }
        }
    }

    private static boolean isYaml(JsonNode existing) {
        return Json.text(existing).contains(":");
    }

    /**
     * Returns the present value of a field, or a missing node if the value can contain a secret, which no report shows.
     */
    private JsonNode existing(Target target, String path) {
        JsonNode value = Optional.ofNullable(documents.get(target))
                .or(() -> Optional.ofNullable(documents.get(new Target(target.kind(), "", target.name()))))
                .map(root -> FieldPath.at(root, path))
                .orElse(MissingNode.getInstance());
        return SECRET.matcher(value.toString()).find() && !path.endsWith("imagePullSecrets")
                ? MissingNode.getInstance()
                : value;
    }

    private static FixNote.Addition addition(FixUse use, List<FixUse> uses, JsonNode existing) {
        Set<String> otherChecks = new LinkedHashSet<>();
        uses.stream()
                .filter(other -> !other.write().value().equals(use.write().value()))
                .map(other -> other.finding().check())
                .filter(check -> !check.equals(use.finding().check()))
                .forEach(otherChecks::add);
        return new FixNote.Addition(!existing.isMissingNode(), List.copyOf(otherChecks));
    }

    private void reportContradiction(String path, String contradiction, List<FixUse> uses) {
        for (FixUse use : uses) {
            List<String> otherChecks = uses.stream()
                    .filter(other -> !other.write().value().equals(use.write().value()))
                    .map(other -> other.finding().check())
                    .distinct()
                    .toList();
            if (!otherChecks.isEmpty()) {
                contradictions
                        .computeIfAbsent(use.finding(), key -> new LinkedHashSet<>())
                        .add(AskPerson.reader("this contradicts the fix of " + String.join(", ", otherChecks) + " at "
                                + path + ": " + contradiction + "; decide which of them the workflow needs"));
            }
        }
    }

    private Finding fixed(Finding finding) {
        boolean changed =
                contradictions.containsKey(finding) || finding.fixes().stream().anyMatch(combined::containsKey);
        if (!changed) {
            return finding;
        }
        List<Fix> fixes = new ArrayList<>();
        finding.fixes().forEach(fix -> fixes.add(combined.getOrDefault(fix, fix)));
        fixes.addAll(contradictions.getOrDefault(finding, Set.of()));
        return Findings.withFixesCharged(finding.withFixes(fixes));
    }
}
