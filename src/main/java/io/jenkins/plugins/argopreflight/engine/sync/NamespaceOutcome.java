package io.jenkins.plugins.argopreflight.engine.sync;

import io.jenkins.plugins.argopreflight.engine.model.fact.Label;
import io.jenkins.plugins.argopreflight.engine.model.fix.Command;
import io.jenkins.plugins.argopreflight.engine.model.fix.Shell;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.DiffLine;
import io.jenkins.plugins.argopreflight.engine.util.text.Visible;
import java.util.List;

/**
 * The result of a change in one namespace.
 *
 * @param namespace the name of the namespace
 * @param status the result in one word
 * @param changes the changes, object by object; with dryRun those that would be made
 * @param problem the reason of a refusal or failure; without a text for none
 * @param remediation the instructions that fix the problem
 * @param stalePods pods that were created before the change and keep the old list of pull Secrets
 * @param notes information for the user although nothing is wrong, such as a Secret that could be written but not read
 */
public record NamespaceOutcome(
        String namespace,
        Status status,
        List<Change> changes,
        Problem problem,
        List<Instruction> remediation,
        List<StalePod> stalePods,
        List<String> notes) {

    /** Returns the reason of a refusal or failure, and what is left half done; "" for none. */
    public String message() {
        return problem.message();
    }

    public NamespaceOutcome with(List<StalePod> newStalePods, List<String> newNotes) {
        return new NamespaceOutcome(
                namespace, status, changes, problem, remediation, List.copyOf(newStalePods), List.copyOf(newNotes));
    }

    /**
     * The reason of a refusal or failure. Its parts are separate, since the report of several namespaces leaves out that
     * nothing was changed.
     *
     * @param reasons the reasons, and what is left half done, a line each; empty for none
     * @param assurance the statement that nothing was changed; "" if the message does not have it
     * @param advice the end of the message, which begins a new sentence; "" for none
     */
    public record Problem(List<String> reasons, String assurance, String advice) {

        /** The value for a namespace that has no problem. */
        public static final Problem NONE = of(List.of());

        public Problem {
            reasons = List.copyOf(reasons);
        }

        public static Problem of(String reason) {
            return of(List.of(reason));
        }

        /** Creates a problem with several reasons. */
        public static Problem of(List<String> reasons) {
            return new Problem(reasons, "", "");
        }

        /** Creates the problem of a namespace in which nothing was written, with this statement in its message. */
        public static Problem nothingChanged(String reason, String advice) {
            return new Problem(List.of(reason), "; nothing was changed", advice);
        }

        String message() {
            return String.join("\n", reasons) + assurance + advice;
        }

        /** Returns the message in one line, without the statement that nothing was changed. */
        public String withoutAssurance() {
            return Visible.joined(String.join("; ", reasons) + advice, "; ");
        }
    }

    /** An instruction to the user: a command or YAML that can be pasted, or a sentence. */
    public record Instruction(Form form, String text) {

        /** The form of an instruction. */
        public enum Form {
            /** A line with a command or a sentence. */
            LINE,
            /**
             * YAML documents, which are shown without an indent: {@code ---} separates documents only at the left
             * margin.
             */
            DOCUMENTS
        }

        public static Instruction line(String text) {
            return new Instruction(Form.LINE, text);
        }

        public static Instruction documents(String text) {
            return new Instruction(Form.DOCUMENTS, text);
        }
    }

    /** The result of a namespace, in order of severity. */
    public enum Status {
        UNCHANGED,
        CHANGED,
        /**
         * A rule prevents the change, and nothing was written: the Secret is not managed by Argo Preflight or has the
         * wrong type, or a right or an account is missing.
         */
        REFUSED,
        /** An error occurred after writing began; the message describes what is left half done. */
        FAILED;

        public String label() {
            return Label.of(this);
        }
    }

    /**
     * A change of one object.
     *
     * @param kind {@code Secret} or {@code ServiceAccount}
     * @param name the name of the object
     * @param action the kind of change
     * @param diff the redacted differences
     */
    public record Change(String kind, String name, Action action, List<DiffLine> diff) {

        /** The kind of a change, with the word of reports. */
        public enum Action {
            CREATED,
            UPDATED,
            RECREATED,
            DELETED,
            /** The registries of Argo Preflight were removed from a Secret that others use, too. */
            RELEASED,
            BOUND,
            UNBOUND,
            UNCHANGED;

            public String label() {
                return Label.of(this);
            }
        }
    }

    /**
     * A pod that runs or waits with the old list of pull Secrets.
     *
     * @param name the name of the pod
     * @param phase Pending or Running
     * @param serviceAccount the account whose list the pod got when it was created
     * @param owner the object that created the pod, such as {@code Workflow/build-x7k2p}; "" for none
     * @param remedy the sentence with the command that recreates the pod
     */
    public record StalePod(String name, String phase, String serviceAccount, String owner, Remedy remedy) {

        /**
         * A command in a sentence.
         *
         * @param before the text before the command; "" for none
         * @param command the command, with a comment only if no text follows
         * @param after the text after the command; "" for none
         */
        public record Remedy(String before, Command command, String after) {

            public Remedy {
                if (!command.note().isEmpty() && !after.isEmpty()) {
                    throw new IllegalArgumentException(
                            "text after the comment of a command would be a part of the comment: " + after);
                }
            }

            /** Returns the sentence in one line. */
            public String text() {
                return before + Shell.inline(command) + after;
            }

            /** Returns the sentence, and the comment of the command in a line of its own. */
            public List<String> lines() {
                if (command.note().isEmpty() || !command.problems().isEmpty()) {
                    return List.of(text());
                }
                return List.of(new Remedy(before, command.withNote(""), after).text(), Shell.comment(command.note()));
            }
        }
    }
}
