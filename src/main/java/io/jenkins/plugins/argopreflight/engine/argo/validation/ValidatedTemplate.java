package io.jenkins.plugins.argopreflight.engine.argo.validation;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.argo.template.Simulation;
import io.jenkins.plugins.argopreflight.engine.argo.template.SubmittedWorkflow;
import io.jenkins.plugins.argopreflight.engine.argo.template.TemplateHolder;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A template that Argo's validation checks, with the context in which its names are looked up.
 *
 * @param path path of the template in its document
 * @param base holder of the templates to which it refers
 * @param scope its own variables
 * @param hasArgument returns whether the first call has an argument for an input, or its declared value is checked
 *     anyway. A template is validated once.
 * @param withArguments the template with the arguments in its inputs, as the validation reads it
 * @param values the values that the validation uses for parameters
 */
record ValidatedTemplate(
        JsonNode template,
        Document document,
        String path,
        TemplateHolder base,
        VariableScope scope,
        Predicate<String> hasArgument,
        JsonNode withArguments,
        KnownValues values) {

    /** The predicate for an argument for each input. */
    static final Predicate<String> ALL = name -> true;

    /** Returns the predicate for the arguments of a step or task. */
    static Predicate<String> hasArgument(JsonNode holder) {
        Set<String> names =
                new HashSet<>(KubeObjects.names(holder.path("arguments").path("parameters")));
        names.addAll(KubeObjects.names(holder.path("arguments").path("artifacts")));
        return names::contains;
    }

    /** Returns the workflow's spec, with the templates to which it refers. */
    static ValidatedTemplate ofWorkflow(Simulation run, KnownValues values) {
        SubmittedWorkflow submitted = run.exec.submitted();
        return new ValidatedTemplate(
                run.spec(),
                submitted.document(),
                submitted.specPath(),
                run.exec.holder(),
                new VariableScope(),
                ALL,
                run.spec(),
                values);
    }

    /** Returns this template for a part of it that is in another document. */
    ValidatedTemplate in(Document other) {
        return new ValidatedTemplate(template, other, path, base, scope, hasArgument, withArguments, values);
    }
}
