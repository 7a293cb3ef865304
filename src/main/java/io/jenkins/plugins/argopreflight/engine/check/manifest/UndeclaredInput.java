package io.jenkins.plugins.argopreflight.engine.check.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.argo.field.FieldWalk;
import io.jenkins.plugins.argopreflight.engine.argo.model.Missing;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Findings;
import io.jenkins.plugins.argopreflight.engine.check.ItemCheck;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.location.Places;
import io.jenkins.plugins.argopreflight.engine.check.location.SpecPlaces;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.model.fix.ChangeField;
import io.jenkins.plugins.argopreflight.engine.model.fix.Operand;
import io.jenkins.plugins.argopreflight.engine.model.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.text.SimilarNames;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.FieldPath;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A check for templates that use an input which they do not declare. Source: argo-workflows
 * workflow/validate/validate.go (resolveAllVariables).
 */
public final class UndeclaredInput extends ItemCheck<Document> {

    private static final Pattern VARIABLE =
            Pattern.compile("\\{\\{\\s*inputs\\.(parameters|artifacts)\\.([-\\w]+)(?:\\.path)?\\s*}}");

    public UndeclaredInput() {
        super(
                CheckInfo.error(
                        "undeclared-input", "A template uses an input that it does not declare", Topic.WORKFLOW),
                Facts::documents);
    }

    @Override
    protected boolean concerns(Document document) {
        return FieldWalk.reads(document);
    }

    @Override
    protected List<Finding> check(Facts facts, Document document) {
        List<Finding> findings = new Findings();
        JsonNode templates = SpecPlaces.spec(document).path("templates");
        boolean defaults = SpecPlaces.spec(document).path("templateDefaults").has("inputs");
        for (int i = 0; !defaults && templates.isArray() && i < templates.size(); i++) {
            String path = FieldPath.element(SpecPlaces.path(document) + ".templates", i);
            walk(document, path, templates.path(i), Inputs.of(templates.path(i)), findings);
        }
        return findings;
    }

    private void walk(Document document, String path, JsonNode node, Inputs inputs, List<Finding> findings) {
        if (node.isTextual()) {
            Matcher variable = VARIABLE.matcher(Json.text(node));
            while (variable.find()) {
                Set<String> declared = inputs.names(variable.group(1));
                if (!declared.contains(variable.group(2))) {
                    findings.add(finding(document, path, inputs.template(), variable, declared));
                }
            }
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            // Argo resolves the variables in the declarations of inputs for few templates only: VariableRules checks
            // those.
            boolean isInputs = node == inputs.template() && field.getKey().equals("inputs");
            if (!field.getKey().equals("inline") && !isInputs) {
                walk(document, FieldPath.field(path, field.getKey()), field.getValue(), inputs, findings);
            }
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            walk(document, FieldPath.element(path, i), node.path(i), inputs, findings);
        }
    }

    /** The inputs that a template declares, by name. */
    private record Inputs(JsonNode template, Set<String> parameters, Set<String> artifacts) {

        static Inputs of(JsonNode template) {
            return new Inputs(template, names(template, "parameters"), names(template, "artifacts"));
        }

        private static Set<String> names(JsonNode template, String kind) {
            Set<String> names = new TreeSet<>();
            template.path("inputs").path(kind).forEach(input -> names.add(Json.text(input, "name")));
            return names;
        }

        Set<String> names(String kind) {
            return kind.equals("parameters") ? parameters : artifacts;
        }
    }

    /**
     * Returns the declaration to add. Its value is the workflow's parameter of the same name if there is one, since no
     * caller of the template supplies a value yet.
     */
    private static Yaml declaration(Document document, String kind, String name) {
        Yaml declared = Yaml.of("name: $name").with("name", name);
        String parameters = SpecPlaces.path(document) + ".arguments.parameters";
        if (!kind.equals("parameters")) {
            return declared;
        }
        boolean ofWorkflow =
                KubeObjects.names(FieldPath.at(document.root(), parameters)).contains(name);
        return declared.and(Yaml.of("value: $value")
                .with(
                        "value",
                        ofWorkflow
                                ? Operand.text("{{workflow.parameters." + name + "}}")
                                : Operand.placeholder("VALUE")));
    }

    private Finding finding(Document document, String path, JsonNode template, Matcher variable, Set<String> declared) {
        String name = variable.group(2);
        Optional<String> suggestion = SimilarNames.to(name, declared);
        return Finding.fail(
                        info(),
                        Subject.of(document, document.namespace(), path),
                        "Template " + Json.text(template, "name") + " uses " + variable.group()
                                + " and declares no such input. Argo refuses the workflow (failed to resolve), and it"
                                + " ends in Failed."
                                + suggestion
                                        .map(each -> " Did you mean " + each + "?")
                                        .orElse(""))
                .title("Template %s does not declare input %s", Json.text(template, "name"), name)
                .evidence(EvidenceLine.words("invalid spec: templates." + Json.text(template, "name")
                        + ": failed to resolve " + variable.group()))
                .fix(ChangeField.to(Yaml.list(List.of(declaration(document, variable.group(1), name)))
                                .under("inputs", variable.group(1)))
                        .in(Places.template(path))
                        .because("in the template, or give it the value where the template is called:"))
                .because(Missing.field(document, Places.template(path) + ".inputs." + variable.group(1), name));
    }
}
