package io.jenkins.plugins.argopreflight.engine.model.fix;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The note of a fix: its purpose, or the condition for choosing it. In JSON it is the sentence alone, so that a note
 * that is read from JSON has no parts.
 *
 * @param choice the relation to the fix before it
 * @param text the sentence without the word or; {@code ""} for none
 * @param additions the parts of the written value that were added to the fix, in their order
 */
public record FixNote(Choice choice, String text, List<Addition> additions) {

    public static final FixNote NONE = of("");

    /** The relation of a fix to the fix before it, and its word at the beginning of the sentence. */
    public enum Choice {
        /** The fix is needed as well, or is the first. */
        NONE(""),
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
        return new FixNote(Choice.NONE, text, List.of());
    }

    /** Returns the note of an alternative to the fix before it: "or", and the text. */
    public static FixNote or(String text) {
        return new FixNote(Choice.OR, text, List.of());
    }

    /** Returns the note of an alternative to the fix before it: "or,", and a text that begins with a condition. */
    public static FixNote orIf(String text) {
        return new FixNote(Choice.OR_IF, text, List.of());
    }

    /** Returns this note with an addition to the value, unless it has the addition. */
    FixNote with(Addition addition) {
        if (addition.isEmpty() || additions.stream().anyMatch(each -> each.covers(addition))) {
            return this;
        }
        return new FixNote(
                choice,
                text,
                Stream.concat(additions.stream(), Stream.of(addition)).toList());
    }

    /** Returns the note in one line; {@code ""} for none. */
    @JsonValue
    public String sentence() {
        return withAdditions(
                Stream.of(choice.word, text).filter(part -> !part.isEmpty()).collect(Collectors.joining(" ")));
    }

    /** Returns the note without the word or; empty if the fix is no alternative to the fix before it. */
    @JsonIgnore
    public Optional<String> ifAlternative() {
        return choice == Choice.NONE ? Optional.empty() : Optional.of(withAdditions(text));
    }

    @JsonIgnore
    public boolean isEmpty() {
        return sentence().isEmpty();
    }

    /** Returns the sentence with the additions before the colon at its end. A sentence of additions alone has a colon. */
    private String withAdditions(String sentence) {
        if (additions.isEmpty()) {
            return sentence;
        }
        String all = additions.stream().map(Addition::text).collect(Collectors.joining(", "));
        if (sentence.isEmpty()) {
            return all + ":";
        }
        boolean hasColon = sentence.endsWith(":");
        String beginning = hasColon ? sentence.substring(0, sentence.length() - 1) : sentence;
        return beginning + ", " + all + (hasColon ? ":" : "");
    }
}
