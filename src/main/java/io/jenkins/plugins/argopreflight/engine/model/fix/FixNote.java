package io.jenkins.plugins.argopreflight.engine.model.fix;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The note of a fix: its purpose, or the condition for choosing it. In JSON it is the sentence alone, so that a note
 * that is read from JSON has no parts.
 *
 * @param choice the relation to the fix before it
 * @param text the sentence without the word or; {@code ""} for none
 * @param namesRemoval whether the text names the fields that the fix removes
 * @param additions the parts of the written value that were added to the fix, in their order
 */
public record FixNote(Choice choice, String text, boolean namesRemoval, List<Addition> additions) {

    public static final FixNote NONE = of("");

    /** The relation of a fix to the fix before it, and its word at the beginning of the sentence. */
    public enum Choice {
        /** The fix is needed as well, or is the first. */
        ALSO(""),
        /** The fix can be chosen instead of the fix before it. */
        OR("or"),
        /** The fix can be chosen instead of the fix before it, under the condition with which the text begins. */
        OR_IF("or,");

        private final String word;

        Choice(String word) {
            this.word = word;
        }
    }

    /**
     * The parts that were added to the value of a fix, so that it does not undo another one.
     *
     * @param hasExisting whether the present value of the field was added
     * @param checks the ids of the checks whose fixes were added
     */
    public record Addition(boolean hasExisting, List<String> checks) {

        public Addition {
            checks = List.copyOf(checks);
        }

        private boolean isEmpty() {
            return !hasExisting && checks.isEmpty();
        }

        /** Returns whether this addition has the same parts and possibly more checks. */
        private boolean covers(Addition other) {
            return hasExisting == other.hasExisting
                    && checks.size() >= other.checks.size()
                    && checks.subList(0, other.checks.size()).equals(other.checks);
        }

        private String text() {
            List<String> parts = new ArrayList<>();
            if (hasExisting) {
                parts.add("what the field has");
            }
            if (!checks.isEmpty()) {
                parts.add("the fix of " + String.join(", ", checks));
            }
            return "with " + String.join(" and ", parts);
        }
    }

    public FixNote {
        additions = List.copyOf(additions);
    }

    /** Returns the note of a fix that is no alternative to the fix before it. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static FixNote of(String text) {
        return noted(Choice.ALSO, text);
    }

    /** Returns the note of an alternative to the fix before it: "or", and the text. */
    public static FixNote or(String text) {
        return noted(Choice.OR, text);
    }

    /** Returns the note of an alternative to the fix before it: "or,", and a text that begins with a condition. */
    public static FixNote orIf(String text) {
        return noted(Choice.OR_IF, text);
    }

    /** Returns the note of a fix that removes fields: a text that names them. */
    public static FixNote removing(String text) {
        return new FixNote(Choice.ALSO, text, /* namesRemoval= */ true, List.of());
    }

    private static FixNote noted(Choice choice, String text) {
        return new FixNote(choice, text, /* namesRemoval= */ false, List.of());
    }

    /** Returns this note with its text rewritten. */
    public FixNote rewritten(UnaryOperator<String> rewriting) {
        return new FixNote(choice, rewriting.apply(text), namesRemoval, additions);
    }

    /** Returns this note with an addition to the value, unless it has the addition. */
    FixNote with(Addition addition) {
        if (addition.isEmpty() || additions.stream().anyMatch(each -> each.covers(addition))) {
            return this;
        }
        return new FixNote(
                choice,
                text,
                namesRemoval,
                Stream.concat(additions.stream(), Stream.of(addition)).toList());
    }

    /** Returns the note in one line; {@code ""} for none. */
    @JsonValue
    public String sentence() {
        return Stream.of(choice.word, body()).filter(part -> !part.isEmpty()).collect(Collectors.joining(" "));
    }

    /** Returns the note without the word or; empty if the fix is no alternative to the fix before it. */
    @JsonIgnore
    public Optional<String> ifAlternative() {
        return choice == Choice.ALSO ? Optional.empty() : Optional.of(body());
    }

    @JsonIgnore
    public boolean isEmpty() {
        return sentence().isEmpty();
    }

    /** Returns the text with the additions before the colon at its end. Additions without a text end with a colon. */
    private String body() {
        if (additions.isEmpty()) {
            return text;
        }
        String all = additions.stream().map(Addition::text).collect(Collectors.joining(", "));
        if (text.isEmpty()) {
            return all + ":";
        }
        boolean hasColon = text.endsWith(":");
        String beginning = hasColon ? text.substring(0, text.length() - 1) : text;
        return beginning + ", " + all + (hasColon ? ":" : "");
    }
}
