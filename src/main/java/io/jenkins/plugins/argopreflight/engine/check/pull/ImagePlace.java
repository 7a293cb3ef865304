package io.jenkins.plugins.argopreflight.engine.check.pull;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.Origin;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.location.ArgoContainers;
import io.jenkins.plugins.argopreflight.engine.check.location.ControllerPlaces;
import io.jenkins.plugins.argopreflight.engine.check.location.Literals;
import io.jenkins.plugins.argopreflight.engine.check.location.Places;
import io.jenkins.plugins.argopreflight.engine.check.location.SettingFix;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.facts.pull.PodPull;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.FieldPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the place where an image's name is written: the field, or the value of the parameter that the field uses; for
 * Argo's own containers, the setting.
 */
final class ImagePlace {

    private static final Pattern PARAMETER =
            Pattern.compile("\\{\\{\\s*(workflow|inputs)\\.parameters\\.([\\w.-]+?)\\s*}}");
    private static final Pattern TEMPLATE = Pattern.compile("(.*)\\.templates\\[(\\d+)].*");
    private static final int MAX_CALLS = 8;

    private final String image;

    private ImagePlace(String image) {
        this.image = image;
    }

    /** Returns the place where the image's name of a pull is written. */
    static Subject of(Facts facts, PodPull podPull) {
        if (ArgoContainers.runsExecutorImage(facts, podPull)) {
            return ControllerPlaces.executorImage(facts).container(podPull.container());
        }
        if (ArgoContainers.writer(facts, podPull.pod(), podPull.holder()) == ArgoContainers.Writer.ARTIFACT_DRIVER) {
            return ControllerPlaces.place(facts, SettingFix.DRIVERS).container(podPull.container());
        }
        Subject field = Places.of(podPull.workflow(), podPull.pod(), podPull.path());
        Origin origin = podPull.pod().origin(podPull.path());
        return origin.document()
                .flatMap(document -> new ImagePlace(podPull.pull().image())
                        .parameter(document, podPull.workflow().document(), origin.path(), 0, new Surroundings("", ""))
                        .map(place -> Subject.of(place.document(), field.namespace(), place.path())
                                .container(field.container())))
                .orElse(field);
    }

    private record ParameterValue(Document document, String path) {}

    /** The regular expressions for the text before and after a part of the image's name. */
    private record Surroundings(String before, String after) {

        /** Returns the expressions for a tag in the text. */
        Surroundings aroundTag(String text, Matcher tag) {
            return new Surroundings(
                    before + withWildcards(text.substring(0, tag.start())),
                    withWildcards(text.substring(tag.end())) + after);
        }

        boolean matches(String text, String image) {
            return image.matches(before + withWildcards(text) + after);
        }

        /** Returns an expression that matches the text with anything in place of its tags. */
        private static String withWildcards(String text) {
            StringBuilder pattern = new StringBuilder();
            for (String literal : Literals.of(text)) {
                pattern.append(pattern.isEmpty() ? "" : ".*").append(Pattern.quote(literal));
            }
            return pattern.toString();
        }
    }

    /** Returns the value of the parameter that a field uses, followed through the calls of templates. */
    private Optional<ParameterValue> parameter(
            Document document, Document workflow, String path, int calls, Surroundings outer) {
        String text = Json.text(FieldPath.at(document.root(), path));
        Matcher tag = PARAMETER.matcher(text);
        if (calls > MAX_CALLS || !tag.find()) {
            return Optional.empty();
        }
        Surroundings surroundings = outer.aroundTag(text, tag);
        String name = tag.group(2);
        if (tag.group(1).equals("workflow")) {
            return argument(workflow, specPath(workflow), name).or(() -> argument(document, specPath(document), name));
        }
        Matcher template = TEMPLATE.matcher(path);
        if (!template.matches()) {
            return Optional.empty();
        }
        String templatePath = FieldPath.element(template.group(1) + ".templates", Integer.parseInt(template.group(2)));
        String templateName = Json.text(FieldPath.at(document.root(), templatePath), "name");
        List<ParameterValue> values = passedValues(document, template.group(1), templateName, name);
        for (boolean literal : new boolean[] {true, false}) {
            for (ParameterValue value : values) {
                String written = Json.text(FieldPath.at(value.document().root(), value.path()));
                if (literal != written.contains("{{") && surroundings.matches(written, image)) {
                    return literal
                            ? Optional.of(value)
                            : parameter(value.document(), workflow, value.path(), calls + 1, surroundings)
                                    .or(() -> Optional.of(value));
                }
            }
        }
        boolean isEntrypoint = FieldPath.at(workflow.root(), specPath(workflow))
                .path("entrypoint")
                .asText(Json.text(FieldPath.at(document.root(), specPath(document)), "entrypoint"))
                .equals(templateName);
        Optional<ParameterValue> argument =
                isEntrypoint ? argument(workflow, specPath(workflow), name) : Optional.empty();
        return argument.or(
                () -> parameterValue(document, templatePath + ".inputs.parameters", name, List.of("value", "default")));
    }

    private static String specPath(Document document) {
        return document.kind().equals("CronWorkflow") ? "spec.workflowSpec" : "spec";
    }

    private static Optional<ParameterValue> argument(Document document, String spec, String name) {
        return parameterValue(document, spec + ".arguments.parameters", name, List.of("value"));
    }

    private static Optional<ParameterValue> parameterValue(
            Document document, String list, String name, List<String> fields) {
        JsonNode parameters = FieldPath.at(document.root(), list);
        for (int i = 0; i < parameters.size(); i++) {
            for (String field : fields) {
                JsonNode parameter = parameters.path(i);
                if (Json.text(parameter, "name").equals(name) && parameter.has(field)) {
                    return Optional.of(new ParameterValue(document, FieldPath.element(list, i) + "." + field));
                }
            }
        }
        return Optional.empty();
    }

    /** Returns the values that steps and tasks pass to a parameter of a template. */
    private static List<ParameterValue> passedValues(Document document, String spec, String template, String name) {
        List<ParameterValue> values = new ArrayList<>();
        JsonNode templates = FieldPath.at(document.root(), spec).path("templates");
        for (int i = 0; i < templates.size(); i++) {
            String templatePath = FieldPath.element(spec + ".templates", i);
            JsonNode steps = templates.path(i).path("steps");
            for (int j = 0; j < steps.size(); j++) {
                for (int k = 0; k < steps.path(j).size(); k++) {
                    String step = FieldPath.element(FieldPath.element(templatePath + ".steps", j), k);
                    add(document, step, template, name, values);
                }
            }
            JsonNode tasks = templates.path(i).path("dag").path("tasks");
            for (int j = 0; j < tasks.size(); j++) {
                add(document, FieldPath.element(templatePath + ".dag.tasks", j), template, name, values);
            }
        }
        return values;
    }

    private static void add(Document document, String call, String template, String name, List<ParameterValue> values) {
        if (Json.text(FieldPath.at(document.root(), call), "template").equals(template)) {
            parameterValue(document, call + ".arguments.parameters", name, List.of("value"))
                    .ifPresent(values::add);
        }
    }
}
