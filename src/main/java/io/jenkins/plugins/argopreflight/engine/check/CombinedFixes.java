package io.jenkins.plugins.argopreflight.engine.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.fix.FieldMerge;
import io.jenkins.plugins.argopreflight.engine.fix.FieldWrite;
import io.jenkins.plugins.argopreflight.engine.fix.FieldWrite.Target;
import io.jenkins.plugins.argopreflight.engine.fix.Fix;
import io.jenkins.plugins.argopreflight.engine.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.manifest.FieldPath;
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
 * Makes one of the fixes of several findings that write the same field, together with what the field holds: the one who
 * carries out one has carried out all. Fixes that exclude each other stay as they are and are reported as such.
 */
public final class CombinedFixes {

    private static final int MOST_LINES = 60;
    private static final Pattern SECRET = Pattern.compile("(?i)passw|token|secret|credential|api.?key|auths");

    /** One field that a fix of a finding writes. */
    private record Use(Finding finding, Fix fix, FieldWrite write) {}

    private final Map<Target, ObjectNode> given = new HashMap<>();
    private final Map<Fix, Fix> combined = new IdentityHashMap<>();
    private final Map<Finding, Set<Fix>> reported = new IdentityHashMap<>();

    private CombinedFixes(Facts facts) {
        Stream.concat(facts.given().stream(), facts.controllerSettings().ifKnown().stream())
                .forEach(document -> given.putIfAbsent(target(document), document.root()));
        facts.workflows()
                .forEach(workflow -> given.putIfAbsent(
                        new Target(
                                workflow.document().kind(),
                                workflow.namespace(),
                                workflow.document().nameOrPrefix()),
                        workflow.document().root()));
    }

    /** The same results, with fixes that do not undo each other. */
    public static List<CheckResult> of(Facts facts, List<CheckResult> results) {
        CombinedFixes fixes = new CombinedFixes(facts);
        Map<Target, Map<String, List<Use>>> uses = new LinkedHashMap<>();
        results.stream()
                .flatMap(result -> result.findings().stream())
                .filter(finding -> finding.outcome() != Outcome.UNKNOWN)
                .forEach(finding -> finding.fixes()
                        .forEach(fix -> FieldWrite.of(fix)
                                .forEach(write -> uses.computeIfAbsent(write.target(), key -> new LinkedHashMap<>())
                                        .computeIfAbsent(write.path(), key -> new ArrayList<>())
                                        .add(new Use(finding, fix, write)))));
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

    private void combine(Target target, String path, List<Use> uses) {
        String field =
                FieldPath.parts(path).stream().reduce((first, last) -> last).orElse("");
        JsonNode existing = existing(target, path);
        List<JsonNode> values =
                uses.stream().map(use -> use.write().value()).distinct().toList();
        Optional<String> contradiction = Contradiction.in(values);
        if (contradiction.isPresent()) {
            report(path, contradiction.get(), uses);
            return;
        }
        if (values.size() == 1 && !existing.isContainerNode() && !existing.isTextual()) {
            return;
        }
        JsonNode whole = existing;
        for (JsonNode value : values) {
            whole = whole.isMissingNode() ? value : FieldMerge.together(field, whole, value);
        }
        if (whole.isTextual() && values.size() == 1 && !isYaml(existing)
                || Yaml.tree(whole).text().lines().count() > MOST_LINES) {
            return;
        }
        for (Use use : uses) {
            Fix fix = combined.getOrDefault(use.fix(), use.fix());
            if (!whole.equals(use.write().value())) {
                combined.put(use.fix(), use.write().in(fix, whole, with(use, uses, existing)));
            }
        }
    }

    private static boolean isYaml(JsonNode existing) {
        return existing.asText("").contains(":");
    }

    /** What is there, unless it can hold what no report shows. */
    private JsonNode existing(Target target, String path) {
        JsonNode there = Optional.ofNullable(given.get(target))
                .or(() -> Optional.ofNullable(given.get(new Target(target.kind(), "", target.name()))))
                .map(root -> FieldPath.at(root, path))
                .orElse(MissingNode.getInstance());
        return SECRET.matcher(there.toString()).find() && !path.endsWith("imagePullSecrets")
                ? MissingNode.getInstance()
                : there;
    }

    private static String with(Use use, List<Use> uses, JsonNode existing) {
        Set<String> others = new LinkedHashSet<>();
        uses.stream()
                .filter(other -> !other.write().value().equals(use.write().value()))
                .map(other -> other.finding().check())
                .filter(check -> !check.equals(use.finding().check()))
                .forEach(others::add);
        List<String> parts = new ArrayList<>();
        if (!existing.isMissingNode()) {
            parts.add("what the field has");
        }
        if (!others.isEmpty()) {
            parts.add("the fix of " + String.join(", ", others));
        }
        return parts.isEmpty() ? "" : "with " + String.join(" and ", parts);
    }

    private void report(String path, String contradiction, List<Use> uses) {
        for (Use use : uses) {
            List<String> others = uses.stream()
                    .filter(other -> !other.write().value().equals(use.write().value()))
                    .map(other -> other.finding().check())
                    .distinct()
                    .toList();
            if (!others.isEmpty()) {
                reported.computeIfAbsent(use.finding(), key -> new LinkedHashSet<>())
                        .add(AskPerson.reader("this contradicts the fix of " + String.join(", ", others) + " at " + path
                                + ": " + contradiction + "; decide which of them the workflow needs"));
            }
        }
    }

    private Finding fixed(Finding finding) {
        boolean changed =
                reported.containsKey(finding) || finding.fixes().stream().anyMatch(combined::containsKey);
        if (!changed) {
            return finding;
        }
        List<Fix> fixes = new ArrayList<>();
        finding.fixes().forEach(fix -> fixes.add(combined.getOrDefault(fix, fix)));
        fixes.addAll(reported.getOrDefault(finding, Set.of()));
        return finding.fixed(fixes);
    }
}
