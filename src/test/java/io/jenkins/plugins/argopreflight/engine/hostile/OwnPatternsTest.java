package io.jenkins.plugins.argopreflight.engine.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The regular expressions of this project: none takes time that grows with the square of a text, or a stack that grows
 * with it. Each is tried with repetitions of its own texts, and the characters that it reads are counted.
 */
@Tag("fuzz")
class OwnPatternsTest {

    private static final Path ROOT = Path.of(System.getProperty("argopreflight.root", "."));
    private static final int LENGTH = 1_000;
    private static final int LOOKS_AT_EACH = 100;
    private static final int LONG = 30_000;
    private static final int STACK = 512 << 10;

    /** The patterns that see only texts of limited length, since the length is checked before. */
    private static final Map<String, Integer> BOUNDED = Map.of("ImageReference.java REFERENCE", 1_100);

    private static final Pattern CALL =
            Pattern.compile("\\.(matches|replaceAll|replaceFirst|split)\\(\\s*\"((?:[^\"\\\\]|\\\\.)*+)\"\\s*[,)]");
    private static final Pattern CONSTANT = Pattern.compile("static final Pattern (\\w+)");
    private static final Pattern UNICODE = Pattern.compile("(?<!\\\\)\\\\u([0-9a-fA-F]{4})");

    /** The use of a pattern: at the start of a text, as {@code matches} does, or at each place where it occurs. */
    private record Use(Pattern pattern, boolean whole) {
        long look(CharSequence text) {
            Matcher matcher = pattern.matcher(text);
            return whole ? matcher.matches() ? 1 : 0 : matcher.results().count();
        }

        @Override
        public String toString() {
            return (whole ? "matches " : "find ") + pattern;
        }
    }

    /** Ends a look that takes too long. */
    private static final class TooMany extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private static final class Counted implements CharSequence {
        private final String text;
        private int left;

        Counted(String text) {
            this.text = text;
            this.left = LOOKS_AT_EACH * text.length();
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (--left < 0) {
                throw new TooMany();
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }
    }

    @Test
    void shouldTakeTimeThatGrowsWithTheTextOnly() throws Exception {
        Map<String, Use> uses = uses();
        assertThat(uses).hasSizeGreaterThan(300);
        Set<String> slow = new TreeSet<>();
        uses.forEach((where, use) -> worst(use).ifPresent(text -> slow.add(where + ": " + use + " for " + text)));
        assertThat(slow).isEmpty();
    }

    @Test
    void shouldNeedAStackThatDoesNotGrowWithTheText() throws Exception {
        Set<String> deep = new TreeSet<>();
        for (Map.Entry<String, Use> each : uses().entrySet()) {
            Thread thread = new Thread(
                    null,
                    () -> pieces(each.getValue().pattern).forEach(piece -> {
                        try {
                            int length = BOUNDED.getOrDefault(each.getKey(), LONG);
                            each.getValue().look(new Counted(piece.repeat(length / piece.length())));
                        } catch (TooMany e) {
                            // The other test reports it.
                        } catch (StackOverflowError e) {
                            deep.add(each.getKey() + ": " + each.getValue() + " for many " + piece);
                        }
                    }),
                    "small stack",
                    STACK);
            thread.start();
            thread.join();
        }
        assertThat(deep).isEmpty();
    }

    private static Optional<String> worst(Use use) {
        List<String> pieces = pieces(use.pattern);
        for (String piece : pieces) {
            for (String before : pieces.subList(0, Math.min(pieces.size(), 8))) {
                for (String after : List.of("", "\u0001")) {
                    for (String start : List.of("", before)) {
                        try {
                            use.look(new Counted(start + piece.repeat(LENGTH / piece.length()) + after));
                        } catch (TooMany e) {
                            return Optional.of("\"" + start + "\", many \"" + piece + "\", \"" + after + "\"");
                        }
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** Returns the literal texts of the pattern, alone and with more characters. */
    private static List<String> pieces(Pattern pattern) {
        String literal = pattern.pattern().replaceAll("\\\\[a-zA-Z]|\\(\\?[a-z:=!<>]*+|\\\\p\\{[^}]*+}", "\0");
        Set<String> pieces = new LinkedHashSet<>(List.of("a", "1", " ", "\n", "/", "-", ".", "A"));
        for (String run : literal.split("[\0*+?()|\\[\\]^$]+")) {
            String text = run.replace("\\", "");
            if (!text.isEmpty() && text.length() < 40) {
                pieces.addAll(List.of(text, text.substring(0, 1), text + "a", text + " "));
            }
        }
        return new ArrayList<>(pieces);
    }

    /** Returns the uses of patterns, by file and number. */
    private static Map<String, Use> uses() throws Exception {
        Map<String, Use> uses = new TreeMap<>();
        for (String folder : List.of("src/main/java", "src/offline/java", "central/cli/src/main/java")) {
            Path root = ROOT.resolve(folder);
            if (!Files.isDirectory(root)) {
                continue;
            }
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file :
                        files.filter(each -> each.toString().endsWith(".java")).toList()) {
                    calls(file, uses);
                    constants(root, file, uses);
                }
            }
        }
        return uses;
    }

    private static void calls(Path file, Map<String, Use> uses) throws IOException {
        for (MatchResult call : CALL.matcher(Files.readString(file)).results().toList()) {
            String escaped = UNICODE.matcher(call.group(2))
                    .replaceAll(found ->
                            Matcher.quoteReplacement(Character.toString(Integer.parseInt(found.group(1), 16))));
            try {
                Pattern pattern = Pattern.compile(escaped.translateEscapes());
                uses.put(
                        file.getFileName() + " " + call.start(),
                        new Use(pattern, call.group(1).equals("matches")));
            } catch (PatternSyntaxException methodOfAnotherType) {
                continue;
            }
        }
    }

    private static void constants(Path root, Path file, Map<String, Use> uses) throws Exception {
        String source = Files.readString(file);
        for (MatchResult constant : CONSTANT.matcher(source).results().toList()) {
            String name = constant.group(1);
            String type = root.relativize(file).toString().replace(".java", "").replace('/', '.');
            Class<?> holder;
            try {
                holder = Class.forName(type);
            } catch (ClassNotFoundException notOnThisClassPath) {
                continue;
            }
            Field field = field(holder, name);
            field.setAccessible(true);
            boolean whole = !Pattern.compile(
                            "\\b" + name + "\\s*\\.(matcher\\((?s:(?!\\.matches\\(|;).)*\\.(find|results|replace)"
                                    + "|split|asPredicate)")
                    .matcher(source)
                    .find();
            uses.put(file.getFileName() + " " + name, new Use((Pattern) field.get(null), whole));
        }
    }

    /** Returns a constant of a class, or of a type in it. */
    private static Field field(Class<?> holder, String name) {
        return Stream.concat(Stream.of(holder), Stream.of(holder.getDeclaredClasses()))
                .flatMap(type -> Stream.of(type.getDeclaredFields()))
                .filter(field -> field.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " of " + holder));
    }
}
