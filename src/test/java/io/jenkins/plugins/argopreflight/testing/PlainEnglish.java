package io.jenkins.plugins.argopreflight.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The phrases of {@code words/phrases.txt}, which no text contains, and the texts of others that are exempt. */
public final class PlainEnglish {

    private static final Path WORDS = ProjectRoot.path().resolve("src/test/resources/words");
    private static final Pattern NEXT_SENTENCE = Pattern.compile("[.!?][\")]?\\s+(?=[A-Z\"(])");
    private static final Pattern QUOTED = Pattern.compile("\\((?:it says:|[^()]*: )[^()]*\\)|\"[^\"]*\"");

    /** A phrase, and what to write instead. */
    private record Phrase(Pattern pattern, String better) {}

    /** @param file the end of its path */
    public record Exempt(String file, String text, String reason) {}

    public static final List<Exempt> EXEMPT = table("exempt.txt")
            .map(columns -> new Exempt(columns[0], columns[1], columns[2]))
            .toList();

    private static final List<Phrase> PHRASES = table("phrases.txt")
            .map(columns -> new Phrase(
                    Pattern.compile("(?<![\\w-])(" + columns[0] + ")(?![\\w-])", Pattern.CASE_INSENSITIVE), columns[1]))
            .toList();

    private PlainEnglish() {}

    /** The first phrase in the text, with what to write instead. */
    public static Optional<String> phraseIn(String text) {
        return PHRASES.stream()
                .flatMap(phrase -> phrase.pattern
                        .matcher(text)
                        .results()
                        .limit(1)
                        .map(found -> "\"" + found.group() + "\" (write: " + phrase.better + ")"))
                .findFirst();
    }

    /** The same in what is left of a finding without the quoted words of servers. */
    public static Optional<String> phraseInFinding(String text) {
        String left = QUOTED.matcher(text).replaceAll("\"\"");
        for (Exempt each : EXEMPT) {
            left = left.replace(each.text, "");
        }
        return phraseIn(left);
    }

    public static int sentences(String text) {
        return NEXT_SENTENCE.split(text.strip()).length;
    }

    private static Stream<String[]> table(String name) {
        try {
            return Files.readString(WORDS.resolve(name), UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
