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
 * @param base holder of the templates to which this template refers
 * @param scope the variables of this template
 * @param hasArgument accepts the inputs whose declared values are not checked: the first call of the template has an
 *     argument for them, or the validation itself reads their values. A template is validated once.
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

    /** The predicate that accepts each input. */
    static final Predicate<String> ALL = name -> true;

    /** Returns the predicate that accepts the inputs for which a step or task has an argument. */
    static Predicate<String> argumentsOf(JsonNode holder) {
        Set<String> names =
                new HashSet<>(KubeObjects.names(holder.path("arguments").path("parameters")));
        names.addAll(KubeObjects.names(holder.path("arguments").path("artifacts")));
        return names::contains;
    }

    /** Returns the caller of the entrypoint and the exit handlers: the workflow's spec in place of a template. */
    static ValidatedTemplate ofWorkflow(Simulation run, KnownValues values) {
        SubmittedWorkflow submitted = run.mergedWorkflow.submitted();
        return new ValidatedTemplate(
                run.spec(),
                submitted.document(),
                submitted.specPath(),
                run.mergedWorkflow.holder(),
                new VariableScope(),
                ALL,
                run.spec(),
                values);
    }

    /** Returns this template with another document, for the check of a part that is in that document. */
    ValidatedTemplate withDocument(Document other) {
        return new ValidatedTemplate(template, other, path, base, scope, hasArgument, withArguments, values);
    }
}
