package io.jenkins.plugins.argopreflight.engine.workflow.validation;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.kube.Objects;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.workflow.template.Submitted;
import io.jenkins.plugins.argopreflight.engine.workflow.template.TemplateHolder;
import io.jenkins.plugins.argopreflight.engine.workflow.template.WalkState;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A template that Argo's validation comes to, and where names in it are looked up.
 *
 * @param path of the template in its document
 * @param base where the templates that it refers to are looked up
 * @param scope what it sees of itself
 * @param given whether the first call gives an input of that name, or what it declares is looked at anyway: a template is
 *     validated once
 * @param filled it as the validation reads it
 * @param values what the validation puts in the place of parameters
 */
record TemplatePlace(
        JsonNode template,
        Document document,
        String path,
        TemplateHolder base,
        VariableScope scope,
        Predicate<String> given,
        JsonNode filled,
        KnownValues values) {

    /** An argument for every input. */
    static final Predicate<String> ALL = name -> true;

    /** What the arguments of a step or task give. */
    static Predicate<String> given(JsonNode holder) {
        Set<String> names = new HashSet<>(Objects.names(holder.path("arguments").path("parameters")));
        names.addAll(Objects.names(holder.path("arguments").path("artifacts")));
        return names::contains;
    }

    /** The workflow's spec, with the templates that it refers to. */
    static TemplatePlace ofWorkflow(WalkState run, KnownValues values) {
        Submitted submitted = run.exec.submitted();
        return new TemplatePlace(
                run.spec(),
                submitted.document(),
                submitted.specPath(),
                run.exec.holder(),
                new VariableScope(),
                ALL,
                run.spec(),
                values);
    }

    /** For what of the same template stands in another document. */
    TemplatePlace in(Document other) {
        return new TemplatePlace(template, other, path, base, scope, given, filled, values);
    }
}
