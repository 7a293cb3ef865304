package io.jenkins.plugins.argopreflight.engine.workflow.template;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.manifest.DocumentField;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Certainty;
import org.jspecify.annotations.Nullable;

/**
 * One node of the workflow that is about to execute a template.
 *
 * @param nodeName Argo's name of the node, {@code wf[0].build(0:x)}
 * @param holder what refers to the template: a step, a task, a hook
 * @param kind "steps", "tasks" or "" for anything else
 * @param base where template names are looked up
 * @param path of the holder in the document
 * @param arguments what the template gets
 * @param boundary the steps or dag around it, null at the top
 */
public record TemplateCall(
        String nodeName,
        JsonNode holder,
        String kind,
        TemplateHolder base,
        Document document,
        String path,
        JsonNode arguments,
        @Nullable Boundary boundary,
        boolean onExit,
        Certainty certainty,
        @Nullable Frame frame) {

    /** The same node, under the name that a retry gives its attempt. */
    public TemplateCall named(String name) {
        return new TemplateCall(
                name, holder, kind, base, document, path, arguments, boundary, onExit, certainty, frame);
    }

    /** The same node, with its holder at another place. */
    public TemplateCall at(Document where, String there) {
        return new TemplateCall(
                nodeName, holder, kind, base, where, there, arguments, boundary, onExit, certainty, frame);
    }

    public TemplateCall at(DocumentField field) {
        return at(field.document(), field.path());
    }

    public TemplateCall with(Certainty other) {
        return new TemplateCall(
                nodeName, holder, kind, base, document, path, arguments, boundary, onExit, other, frame);
    }

    public TemplateCall within(Frame chain) {
        return new TemplateCall(
                nodeName, holder, kind, base, document, path, arguments, boundary, onExit, certainty, chain);
    }

    /** The chain of templates that led here, to notice recursion. */
    public record Frame(@Nullable Frame outer, String template, int depth, int conditions) {

        public int count(String name) {
            int count = 0;
            for (Frame at = this; at != null; at = at.outer) {
                count += at.template.equals(name) ? 1 : 0;
            }
            return count;
        }

        /** How many undecided conditions the last call of this template had; -1 when it was not called. */
        public int conditionsOf(String name) {
            for (Frame at = this; at != null; at = at.outer) {
                if (at.template.equals(name)) {
                    return at.conditions;
                }
            }
            return -1;
        }
    }
}
