package io.jenkins.plugins.argopreflight.engine.model.fix;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The text of a fix that is shown: commands, YAML or advice that can be pasted unchanged. In JSON it is its text alone.
 *
 * @param text the whole text, without a line break at its end
 * @param alternative the first line without the word or, {@code ""} for none; empty if the fix is no alternative to the
 *     fix before it
 * @param hasDocument whether a command reads a here-document, whose closing line must begin at the left margin
 */
public record FixText(@JsonValue String text, Optional<String> alternative, boolean hasDocument) {
    /** Matches the comment of an alternative at the beginning of a text in JSON, such as {@code # or in the Workflow:}. */
    private static final Pattern OR = Pattern.compile("(?<mark>#|//) or[,:]?(?: (?<comment>.*))?");

    /** Matches the beginning of a here-document in a text in JSON. */
    private static final Pattern DOCUMENT = Pattern.compile("<<'(?<end>EOF_*+)'");

    /**
     * Returns the text of a fix: its note as a comment, then its lines.
     *
     * @param comment writes a comment
     */
    static FixText of(FixNote note, List<String> lines, UnaryOperator<String> comment, boolean hasDocument) {
        UnaryOperator<String> firstLine = sentence -> sentence.isEmpty() ? "" : comment.apply(sentence);
        return new FixText(
                joined(firstLine.apply(note.sentence()), lines.stream()),
                note.ifAlternative().map(firstLine),
                hasDocument);
    }

    /**
     * Returns the texts of fixes.
     *
     * @param texts the texts; null if they are not written
     * @throws IllegalStateException if there are fixes whose texts are not written
     */
    public static List<FixText> requireWritten(List<Fix> fixes, @Nullable List<FixText> texts) {
        if (texts == null && !fixes.isEmpty()) {
            throw new IllegalStateException("internal error: the texts of the fixes are not written;"
                    + " call Remediation.inShell or Remediation.inStep before the report is shown or stored");
        }
        return texts == null ? List.of() : texts;
    }

    private static String joined(String firstLine, Stream<String> lines) {
        return Stream.concat(Stream.of(firstLine).filter(line -> !line.isEmpty()), lines)
                .collect(Collectors.joining("\n"));
    }

    /**
     * Reads the text from its JSON. Reports of all versions have the text alone, so that its properties are determined
     * here from the form in which {@link Shell} and {@link Groovy} write it.
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static FixText read(String text) {
        Set<String> lines = text.lines().collect(Collectors.toSet());
        return new FixText(
                text,
                text.lines()
                        .findFirst()
                        .map(OR::matcher)
                        .filter(Matcher::matches)
                        .map(FixText::withoutWord),
                DOCUMENT.matcher(text).results().anyMatch(found -> lines.contains(found.group(1))));
    }

    private static String withoutWord(Matcher or) {
        return or.group("comment") == null ? "" : or.group("mark") + " " + or.group("comment");
    }

    /** Returns the text below the word or, without this word in its comment; the whole text if it is no alternative. */
    public String withoutOr() {
        return alternative.map(first -> joined(first, text.lines().skip(1))).orElse(text);
    }

    /** Returns this text rewritten. */
    public FixText rewritten(UnaryOperator<String> rewriting) {
        return new FixText(rewriting.apply(text), alternative.map(rewriting), hasDocument);
    }
}
