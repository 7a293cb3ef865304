package io.jenkins.plugins.argopreflight.engine.model.fix;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The text of a fix that is shown: commands, YAML or advice that can be pasted unchanged. In JSON it is its text alone.
 *
 * @param text the whole text, without a line break at its end
 * @param withoutOr the text without the word or in its comment; empty if the fix is no alternative to the fix before it
 * @param hasDocument whether a command reads a here-document, whose closing line must begin at the left margin
 */
public record FixText(@JsonValue String text, Optional<String> withoutOr, boolean hasDocument) {

    /** Matches the comment of an alternative at the beginning of a text in JSON, such as {@code # or in the Workflow:}. */
    private static final Pattern OR = Pattern.compile("(?<mark>#|//) or[,:]?(?: (?<comment>.*))?");

    /** Matches a text in JSON with a command that reads a here-document. */
    private static final Pattern DOCUMENT = Pattern.compile("(?s).*<<'(?<end>EOF_*)'.*\n\\k<end>(?:\n.*)?");

    /**
     * Returns the text of a fix: its note as a comment, then its lines.
     *
     * @param comment writes a comment
     */
    static FixText of(FixNote note, List<String> lines, UnaryOperator<String> comment, boolean hasDocument) {
        return new FixText(
                joined(note.sentence(), lines, comment),
                note.ifAlternative().map(sentence -> joined(sentence, lines, comment)),
                hasDocument);
    }

    private static String joined(String note, List<String> lines, UnaryOperator<String> comment) {
        List<String> all = new ArrayList<>(lines);
        if (!note.isEmpty()) {
            all.add(0, comment.apply(note));
        }
        return String.join("\n", all);
    }

    /**
     * Reads the text from its JSON. Reports of all versions have the text alone, so that its properties are determined
     * here from the form in which {@link Shell} and {@link Groovy} write it.
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static FixText read(String text) {
        List<String> lines = text.lines().toList();
        Matcher or = OR.matcher(lines.isEmpty() ? "" : lines.get(0));
        Optional<String> withoutOr = or.matches()
                ? Optional.of(String.join(
                        "\n",
                        Stream.concat(
                                        Optional.ofNullable(or.group("comment"))
                                                .map(comment -> or.group("mark") + " " + comment)
                                                .stream(),
                                        lines.stream().skip(1))
                                .toList()))
                : Optional.empty();
        return new FixText(text, withoutOr, DOCUMENT.matcher(text).matches());
    }

    /** Returns this text rewritten. */
    public FixText rewritten(UnaryOperator<String> rewriting) {
        return new FixText(rewriting.apply(text), withoutOr.map(rewriting), hasDocument);
    }
}
