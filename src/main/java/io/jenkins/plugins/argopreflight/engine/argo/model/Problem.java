package io.jenkins.plugins.argopreflight.engine.argo.model;

import io.jenkins.plugins.argopreflight.engine.model.fact.CauseKind;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Location;
import java.util.Locale;
import java.util.Optional;

/**
 * A problem that keeps pods from being created, or from being reported.
 *
 * @param document the object with the problem, of a file or of the cluster
 * @param path path of the field in it
 * @param message the message, with the noun at its beginning
 * @param target another object that must be created or fixed
 * @param absent the absent thing in its message; empty for other problems
 * @param existence existence of the node with the problem; empty if it affects the whole workflow
 * @param missing the cause, by which other problems of the same cause are recognised; empty for none
 */
public record Problem(
        Kind kind,
        Document document,
        String path,
        Message message,
        Optional<FixTarget> target,
        Optional<Absent> absent,
        Optional<Existence> existence,
        Optional<Missing> missing) {

    /**
     * The message of a problem.
     *
     * @param noun the common noun at its beginning, such as {@code template}; {@code ""} if it begins with the name of
     *     a field or with a text of Argo, which stays as it is in a title
     * @param rest the message after the noun
     */
    public record Message(String noun, String rest) {

        /** Creates a message that stays as it is in a title. */
        public static Message of(String text) {
            return new Message("", text);
        }

        /** Returns this message with a text after it. */
        public Message plus(String text) {
            return new Message(noun, rest + text);
        }

        /**
         * Returns the message as the title of a finding: with a capital letter if it begins with a noun, and without a
         * full stop, which a text of Argo or of a server can have at its end.
         */
        public String title() {
            String beginning = noun.isEmpty() ? "" : noun.substring(0, 1).toUpperCase(Locale.ROOT) + noun.substring(1);
            return (beginning + rest).strip().replaceFirst("[.!]$", "");
        }

        /** Returns the message with a full stop, unless it ends with a sentence of Argo or of a server. */
        public String sentence() {
            return toString().strip().replaceFirst("(?<![.!?])$", ".");
        }

        @Override
        public String toString() {
            return noun + rest;
        }
    }

    /** The kind of an absent thing. */
    public enum Thing {
        /** A template of the workflow, or of the object whose templates it uses. */
        TEMPLATE,
        /** A volume of the workflow's spec or of the template. */
        VOLUME,
        /** The ServiceAccount of a pod. */
        ACCOUNT,
        /** The ServiceAccount of Argo's own containers, whose token Argo mounts. */
        EXECUTOR_ACCOUNT,
        /** The value of a parameter. */
        PARAMETER,
        /** An artifact that a template requires. */
        ARTIFACT,
        /** A label of the workflow. */
        LABEL,
        /** An annotation of the workflow. */
        ANNOTATION,
        /** The name of the step or task that calls the template. */
        OWN_NAME;

        /** Returns the kind of a variable, such as {@code workflow.labels.team}. */
        public static Thing ofVariable(String variable) {
            return variable.contains(".labels.") ? LABEL : variable.contains(".annotations.") ? ANNOTATION : PARAMETER;
        }

        /** Returns the absence of the thing with this name. */
        public Absent of(String name) {
            return new Absent(this, name);
        }

        /** Returns the message that begins with this thing, such as {@code template build not found}. */
        public Message message(String rest) {
            return new Message(noun(), " " + rest);
        }

        private String noun() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /**
     * The absence of a thing.
     *
     * @param name name as written; for a value the name of its parameter
     */
    public record Absent(Thing thing, String name) {

        /** Returns the thing as it is written in a sentence, {@code volume work}. */
        @Override
        public String toString() {
            return thing.noun() + " " + name;
        }
    }

    public Problem(Kind kind, Document document, String path, String message) {
        this(kind, document, path, message, Optional.empty());
    }

    public Problem(Kind kind, Document document, String path, String message, Optional<FixTarget> target) {
        this(kind, document, path, Message.of(message), target);
    }

    public Problem(Kind kind, Document document, String path, Message message) {
        this(kind, document, path, message, Optional.empty());
    }

    public Problem(Kind kind, Document document, String path, Message message, Optional<FixTarget> target) {
        this(kind, document, path, message, target, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Creates a problem for a thing that a template lacks and its caller supplies. */
    public static Problem suppliedByCaller(Document document, String path, Thing thing, String name) {
        return new Problem(Kind.CALLER_SUPPLIES, document, path, "the caller supplies " + thing.of(name))
                .absent(thing, name);
    }

    /** Returns the message as text. */
    public String text() {
        return message.toString();
    }

    /** Returns the location of the field, or the origin of an object that is in no file. */
    public Location location() {
        return document.locate(path);
    }

    /** Returns this problem for a node that exists under these conditions. */
    public Problem of(Existence node) {
        return new Problem(kind, document, path, message, target, absent, Optional.of(node), missing);
    }

    /** Returns this problem without its node and its cause, so that equal ones are one. */
    public Problem withoutNode() {
        return existence.isEmpty() && missing.isEmpty()
                ? this
                : new Problem(kind, document, path, message, target, absent, Optional.empty(), Optional.empty());
    }

    /** Returns this problem with the missing thing that is its cause. */
    public Problem because(Missing thing) {
        return new Problem(kind, document, path, message, target, absent, existence, Optional.of(thing));
    }

    /** Returns this problem with a thing that does not exist. */
    public Problem absent(Thing thing, String name) {
        return new Problem(kind, document, path, message, target, Optional.of(thing.of(name)), existence, missing);
    }

    /** Returns whether the problem is the absence of a thing of this kind. */
    public boolean isAbsent(Thing thing) {
        return absent.filter(absence -> absence.thing() == thing).isPresent();
    }

    /** Returns whether this problem has fewer conditions and tolerances than another one. */
    public boolean isSurerThan(Problem other) {
        return other.excuses() > excuses();
    }

    private int excuses() {
        return existence
                .map(each -> each.conditions().size() + (each.tolerance().error() ? 1 : 0))
                .orElse(0);
    }

    /** The kind of problem. */
    public enum Kind implements CauseKind {
        /** A reference to an object or field that does not exist. */
        MISSING_REFERENCE,
        /** A reference that could not be checked. */
        UNKNOWN_REFERENCE,
        /** A setting of the controller that is needed and could not be read. */
        UNKNOWN_SETTING,
        /** A field or value that Argo refuses. */
        REFUSED,
        /** A PodDisruptionBudget that the API server refuses, so that the workflow never starts. */
        REFUSED_BUDGET {
            @Override
            public String label() {
                return REFUSED.label();
            }
        },
        /** A spec that the controller cannot read, so that the workflow gets no status at all. */
        NO_STATUS,
        /** A value that does not exist yet when Argo substitutes it: the node never starts. */
        TOO_EARLY,
        /** A group of steps without a step: the next group becomes a part of it, and it never ends. */
        EMPTY_GROUP,
        /** A workflow parameter without a value. */
        NO_VALUE,
        /** A part that a template on its own lacks, and that its caller supplies. It is no problem of the template. */
        CALLER_SUPPLIES,
        /**
         * A mount without a volume, in a template with other volumes: its caller supplies the volume, or the name is
         * misspelt.
         */
        NOT_OF_OWN_VOLUMES,
        /** An expression or variable that stays in the text, since it has no value. */
        LITERAL,
        /** An argument that the template does not declare. */
        SUPERFLUOUS,
        /** A part that was shortened: one pod represents many, or a few iterations represent a whole recursion. */
        ABRIDGED,
        /** A limit, such as that of nodes, which keeps a part of the workflow from being checked. */
        BOUNDED,
        /** A field that the version of Argo does not have. */
        VERSION
    }

    @Override
    public String toString() {
        return location() + ": " + path + ": " + message;
    }
}
