package io.jenkins.plugins.argopreflight.engine.workflow.model;

import io.jenkins.plugins.argopreflight.engine.fact.CauseKind;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.manifest.Location;
import java.util.Locale;
import java.util.Optional;

/**
 * Something that keeps pods from being made, or from being reported.
 *
 * @param document the object in which it stands, of a file or of the cluster
 * @param path the field in it
 * @param target another object that has to be made or fixed
 * @param absent what its message says is not there; empty for what is not of these things
 * @param existence of the node that has it; empty for what concerns the whole workflow
 * @param missing by which other problems of the same cause are recognised; empty for none
 */
public record Problem(
        Kind kind,
        Document document,
        String path,
        String message,
        Optional<FixTarget> target,
        Optional<Absent> absent,
        Optional<Existence> existence,
        Optional<Missing> missing) {

    /** What is not there. */
    public enum Thing {
        /** In the workflow, or in the object whose templates it uses. */
        TEMPLATE,
        /** In the workflow's spec and the template. */
        VOLUME,
        /** The ServiceAccount of a pod. */
        ACCOUNT,
        /** The ServiceAccount of Argo's own containers, whose token Argo mounts. */
        EXECUTOR_ACCOUNT,
        /** The value of a parameter. */
        PARAMETER,
        /** The artifact that a template takes. */
        ARTIFACT,
        /** The label of the workflow. */
        LABEL,
        /** The annotation of the workflow. */
        ANNOTATION,
        /** The name of a step or task, which the template that it calls has. */
        OWN_NAME;

        /** The kind of thing whose value is a variable, such as {@code workflow.labels.team}. */
        public static Thing ofVariable(String variable) {
            return variable.contains(".labels.") ? LABEL : variable.contains(".annotations.") ? ANNOTATION : PARAMETER;
        }

        /** The thing of this name. */
        public Absent of(String name) {
            return new Absent(this, name);
        }
    }

    /** @param name as it is written; of a value its parameter's */
    public record Absent(Thing thing, String name) {

        /** The thing as it is written in a sentence, {@code volume work}. */
        @Override
        public String toString() {
            return thing.name().toLowerCase(Locale.ROOT).replace('_', ' ') + " " + name;
        }
    }

    public Problem(Kind kind, Document document, String path, String message) {
        this(kind, document, path, message, Optional.empty());
    }

    public Problem(Kind kind, Document document, String path, String message, Optional<FixTarget> target) {
        this(kind, document, path, message, target, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The thing that a template lacks and its caller supplies. */
    public static Problem suppliedByCaller(Document document, String path, Thing thing, String name) {
        return new Problem(Kind.CALLER_SUPPLIES, document, path, "the caller supplies " + thing.of(name))
                .absent(thing, name);
    }

    /** Where the field stands; a location in no file names the object. */
    public Location location() {
        return document.locate(path);
    }

    /** The same of a node that exists on these conditions. */
    public Problem of(Existence node) {
        return new Problem(kind, document, path, message, target, absent, Optional.of(node), missing);
    }

    /** Returns this problem without its node and its cause, so that equal ones are one. */
    public Problem ofAny() {
        return existence.isEmpty() && missing.isEmpty()
                ? this
                : new Problem(kind, document, path, message, target, absent, Optional.empty(), Optional.empty());
    }

    /** Returns this problem with the missing thing that is its cause. */
    public Problem because(Missing thing) {
        return new Problem(kind, document, path, message, target, absent, existence, Optional.of(thing));
    }

    /** The same of a thing that is not there. */
    public Problem absent(Thing thing, String name) {
        return new Problem(kind, document, path, message, target, Optional.of(thing.of(name)), existence, missing);
    }

    /** Whether it is that there is no such thing. */
    public boolean isAbsent(Thing thing) {
        return absent.filter(what -> what.thing() == thing).isPresent();
    }

    /** Whether fewer conditions keep it from happening. */
    public boolean isSurerThan(Problem other) {
        return other.excuses() > excuses();
    }

    private int excuses() {
        return existence
                .map(each -> each.conditions().size() + (each.tolerance().error() ? 1 : 0))
                .orElse(0);
    }

    /** What kind of thing it is. */
    public enum Kind implements CauseKind {
        /** A reference to something that is not there. */
        MISSING_REFERENCE,
        /** A reference that it could not be checked up. */
        UNKNOWN_REFERENCE,
        /** It needs a setting of the controller that could not be read. */
        UNKNOWN_SETTING,
        /** Argo refuses it. */
        REFUSED,
        /** The controller cannot read the spec, and the workflow gets no status at all. */
        NO_STATUS,
        /** A value that is not there yet when Argo substitutes it: the node never starts. */
        TOO_EARLY,
        /** A group of steps without a step: the next one becomes a part of it, and it never ends. */
        EMPTY_GROUP,
        /** A workflow parameter without a value. */
        NO_VALUE,
        /** A part that a template on its own lacks, and that its caller supplies: no problem of the template. */
        CALLER_SUPPLIES,
        /** A mount without a volume, in a template that has other volumes: its caller supplies it, or it is misspelled. */
        NOT_OF_OWN_VOLUMES,
        /** An expression or variable that stays in the text, since it has no value. */
        LITERAL,
        /** An argument that the template does not take. */
        SUPERFLUOUS,
        /** One pod stands for many, or few rounds of a recursion for all. */
        ABRIDGED,
        /** We stopped looking: too many nodes. */
        BOUNDED,
        /** A field that the version of Argo does not have. */
        VERSION
    }

    @Override
    public String toString() {
        return location() + ": " + path + ": " + message;
    }
}
