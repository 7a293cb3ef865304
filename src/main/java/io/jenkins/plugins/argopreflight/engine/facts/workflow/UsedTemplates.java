package io.jenkins.plugins.argopreflight.engine.facts.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.PodRequest;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The calls between the templates of (Cluster)WorkflowTemplates. A template that another object calls is checked with
 * that object. A template that no call reaches, such as two that only call each other, is checked separately.
 */
final class UsedTemplates {

    /**
     * A template of an object.
     *
     * @param holder the kind and name of the object
     */
    private record Template(String holder, String name) {}

    private final Map<Document, Set<String>> used = new HashMap<>();
    private final Map<Template, Set<Template>> calls = new LinkedHashMap<>();
    private final Set<Template> reached = new HashSet<>();

    private UsedTemplates() {}

    /** Returns the calls among objects that are checked separately. */
    static UsedTemplates collect(List<Document> documents) {
        UsedTemplates templates = new UsedTemplates();
        documents.forEach(templates::addCalls);
        Set<Template> byOthers = templates.calls.entrySet().stream()
                .flatMap(entry -> entry.getValue().stream()
                        .filter(called -> !called.holder().equals(entry.getKey().holder())))
                .collect(Collectors.toSet());
        documents.forEach(document -> roots(document).stream()
                .filter(root -> hasEntrypoint(document) || !byOthers.contains(root))
                .forEach(templates::reach));
        documents.forEach(document -> templates.used.put(
                document,
                roots(document).stream()
                        .filter(root -> byOthers.contains(root) && templates.reached.contains(root))
                        .map(Template::name)
                        .collect(Collectors.toSet())));
        return templates;
    }

    /** Returns the templates of the object that others call; empty for an object that is not checked separately. */
    Optional<PodRequest.Library> library(Document document) {
        return Optional.ofNullable(used.get(document)).map(PodRequest.Library::new);
    }

    private void reach(Template root) {
        Deque<Template> pending = new ArrayDeque<>(List.of(root));
        while (!pending.isEmpty()) {
            Template next = pending.pop();
            if (reached.add(next)) {
                pending.addAll(calls.getOrDefault(next, Set.of()));
            }
        }
    }

    /** Returns the templates from which an object is expanded: its entrypoint, or each template if it has none. */
    private static List<Template> roots(Document document) {
        JsonNode spec = document.root().path("spec");
        return hasEntrypoint(document)
                ? List.of(template(document, spec.path("entrypoint")))
                : spec.path("templates")
                        .valueStream()
                        .map(template -> template(document, template.path("name")))
                        .toList();
    }

    private static boolean hasEntrypoint(Document document) {
        return !Json.text(document.root(), "spec", "entrypoint").isEmpty();
    }

    private static Template template(Document document, JsonNode name) {
        return new Template(document.kind() + "/" + document.name(), Json.text(name));
    }

    private void addCalls(Document document) {
        for (JsonNode template : document.root().path("spec").path("templates")) {
            addCalls(
                    document,
                    template,
                    calls.computeIfAbsent(template(document, template.path("name")), any -> new LinkedHashSet<>()));
        }
    }

    private static void addCalls(Document document, JsonNode node, Set<Template> called) {
        JsonNode reference = node.path("templateRef");
        if (reference.isObject()) {
            String kind = reference.path("clusterScope").asBoolean() ? "ClusterWorkflowTemplate" : "WorkflowTemplate";
            called.add(new Template(kind + "/" + Json.text(reference, "name"), Json.text(reference, "template")));
        } else if (node.path("template").isTextual()) {
            called.add(template(document, node.path("template")));
        }
        node.forEach(each -> addCalls(document, each, called));
    }
}
