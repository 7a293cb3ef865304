package io.jenkins.plugins.argopreflight.engine.argo.template;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.Certainty;
import io.jenkins.plugins.argopreflight.engine.argo.model.ConcurrentPods;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.DocumentField;
import org.jspecify.annotations.Nullable;

/**
 * The call of a template by one node of the workflow.
 *
 * @param nodeName Argo's name of the node, {@code wf[0].build(0:x)}
 * @param holder the step, task or hook that refers to the template
 * @param kind "steps", "tasks" or "" for other calls
 * @param base the holder in which template names are looked up
 * @param path path of the step, task or hook in the document
 * @param arguments the arguments of the template
 * @param boundary the steps or dag template that contains the call, null at the top
 * @param onExit whether an exit handler makes the call
 * @param certainty the conditions, number and tolerance of the node
 * @param frame the chain of calls that led to this one, null at the top
 * @param daemons the daemons of earlier steps or tasks that run when the node starts
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
        @Nullable Frame frame,
        ConcurrentPods daemons) {

    /** Creates a call that no steps or dag template contains. */
    public TemplateCall(
            String nodeName, JsonNode holder, String kind, TemplateHolder base, DocumentField at, JsonNode arguments) {
        this(
                nodeName,
                holder,
                kind,
                base,
                at.document(),
                at.path(),
                arguments,
                null,
                /* onExit= */ false,
                Certainty.ONCE,
                null,
                ConcurrentPods.NONE);
    }

    /** Returns this call with the name that a retry gives to an attempt. */
    public TemplateCall withNodeName(String name) {
        return new TemplateCall(
                name, holder, kind, base, document, path, arguments, boundary, onExit, certainty, frame, daemons);
    }

    /** Returns this call with another location. */
    public TemplateCall withLocation(Document newDocument, String newPath) {
        return new TemplateCall(
                nodeName,
                holder,
                kind,
                base,
                newDocument,
                newPath,
                arguments,
                boundary,
                onExit,
                certainty,
                frame,
                daemons);
    }

    /** Returns this call with another location. */
    public TemplateCall withLocation(DocumentField field) {
        return withLocation(field.document(), field.path());
    }

    /** Returns this call with another certainty. */
    public TemplateCall withCertainty(Certainty newCertainty) {
        return new TemplateCall(
                nodeName,
                holder,
                kind,
                base,
                document,
                path,
                arguments,
                boundary,
                onExit,
                newCertainty,
                frame,
                daemons);
    }

    public TemplateCall withFrame(Frame chain) {
        return new TemplateCall(
                nodeName, holder, kind, base, document, path, arguments, boundary, onExit, certainty, chain, daemons);
    }

    public TemplateCall withDaemons(ConcurrentPods running) {
        return new TemplateCall(
                nodeName, holder, kind, base, document, path, arguments, boundary, onExit, certainty, frame, running);
    }

    /** Returns this call as the call of an exit handler. */
    public TemplateCall asExitHandler() {
        return withOnExit(/* isExitHandler= */ true);
    }

    /** Returns this call as the call of a hook that is no exit handler. */
    public TemplateCall asHook() {
        return withOnExit(/* isExitHandler= */ false);
    }

    private TemplateCall withOnExit(boolean isExitHandler) {
        return new TemplateCall(
                nodeName,
                holder,
                kind,
                base,
                document,
                path,
                arguments,
                boundary,
                isExitHandler,
                certainty,
                frame,
                daemons);
    }

    /** The chain of templates that led to a call, by which recursion is recognised. */
    public record Frame(@Nullable Frame outer, String template, int depth, int conditions) {

        /** Returns the number of calls of a template in this chain. */
        public int countCalls(String name) {
            int count = 0;
            for (Frame current = this; current != null; current = current.outer) {
                count += current.template.equals(name) ? 1 : 0;
            }
            return count;
        }

        /** Returns the number of undecided conditions of the last call of this template; -1 if it was not called. */
        public int conditionsOf(String name) {
            for (Frame current = this; current != null; current = current.outer) {
                if (current.template.equals(name)) {
                    return current.conditions;
                }
            }
            return -1;
        }
    }
}
