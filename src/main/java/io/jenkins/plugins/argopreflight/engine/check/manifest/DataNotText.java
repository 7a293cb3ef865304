package io.jenkins.plugins.argopreflight.engine.check.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Findings;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.model.fact.CauseKind;
import io.jenkins.plugins.argopreflight.engine.model.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.FieldPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Checks for a number or boolean where Kubernetes requires a map of strings: labels, annotations, and the data of
 * ConfigMaps and Secrets, in the given files and in manifests of resource templates. The API server refuses the object
 * ({@code cannot unmarshal bool into Go struct field ConfigMap.data of type string}).
 */
final class DataNotText {

    private static final Map<String, List<String>> DATA =
            Map.of("ConfigMap", List.of("data"), "Secret", List.of("stringData"));

    private record Entry(String field, String key, JsonNode value) {}

    private enum Cause implements CauseKind {
        DATA_NOT_TEXT
    }

    private DataNotText() {}

    /** Returns whether there is an object whose maps this checks. */
    static boolean applies(Facts facts) {
        return WrittenObject.all(facts).anyMatch(DataNotText::isChecked);
    }

    static List<Finding> findings(CheckInfo info, Facts facts) {
        return WrittenObject.all(facts)
                .filter(DataNotText::isChecked)
                .flatMap(written ->
                        wrongEntries(written.object()).stream().map(entry -> written.on(finding(info, written, entry))))
                .collect(Findings.collector());
    }

    /**
     * Returns whether the maps of an object are checked. Argo's own objects in files are not: {@link WrongType} knows
     * all their fields.
     */
    private static boolean isChecked(WrittenObject written) {
        return !written.isInFile() || !written.object().apiVersion().startsWith("argoproj.io/");
    }

    private static List<Entry> wrongEntries(Document document) {
        List<Entry> wrongEntries = new ArrayList<>();
        for (String field : List.of("labels", "annotations")) {
            entries("metadata." + field, document.root().path("metadata").path(field), wrongEntries);
        }
        DATA.getOrDefault(document.kind(), List.of())
                .forEach(field -> entries(field, document.root().path(field), wrongEntries));
        return wrongEntries;
    }

    private static void entries(String field, JsonNode map, List<Entry> wrongEntries) {
        map.properties().stream()
                .filter(entry ->
                        !entry.getValue().isTextual() && !entry.getValue().isNull())
                .forEach(entry -> wrongEntries.add(new Entry(field, entry.getKey(), entry.getValue())));
    }

    private static Finding finding(CheckInfo info, WrittenObject written, Entry entry) {
        Document object = written.object();
        String typeName =
                entry.value().isNumber() ? "a number" : entry.value().isBoolean() ? "true or false" : "no text";
        return Finding.fail(
                        info,
                        written.at(FieldPath.field(entry.field(), entry.key())),
                        entry.field() + "[" + entry.key() + "] of " + description(object) + " is " + typeName
                                + " and must be a string. " + written.refused())
                .cause(Cause.DATA_NOT_TEXT)
                .title("%s[%s] of %s must be a string", entry.field(), entry.key(), description(object))
                .evidence(EvidenceLine.words(entry.field() + "[" + entry.key() + "]: " + typeName))
                .fix(AskPerson.reader(
                        "write the value, or the variable that gives it, in quotes: " + entry.key() + ": \"…\""));
    }

    private static String description(Document object) {
        String generated = Json.text(object.root(), "metadata", "generateName");
        return (object.kind() + " " + (object.name().isEmpty() ? generated : object.name())).strip();
    }
}
