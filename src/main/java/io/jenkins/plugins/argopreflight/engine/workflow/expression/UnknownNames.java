package io.jenkins.plugins.argopreflight.engine.workflow.expression;

import io.jenkins.plugins.argopreflight.engine.manifest.Nearest;
import io.jenkins.plugins.argopreflight.engine.manifest.Tags;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names in an expression that nothing has: with one of them it does not compile ({@code unknown name}). A dash is a minus:
 * in {@code steps.run-tests.status} there is a variable {@code tests}. Source: expr-lang checker; argo-workflows
 * util/expr/env/env.go.
 */
public final class UnknownNames {

    /** What variables begin with in the fields of a workflow. */
    public static final Set<String> ROOTS = Tags.ROOTS;

    /** A step or parameter whose name has a dash. */
    private static final Pattern DASHED =
            Pattern.compile("\\b(workflow\\.parameters|inputs\\.parameters|steps|tasks)\\.(\\w+(?:-\\w+)+)");

    /** Operators, constants and words of the language; source: expr-lang parser/lexer/state.go. */
    public static final Set<String> WORDS = Set.of(
            "true",
            "false",
            "nil",
            "and",
            "or",
            "not",
            "in",
            "contains",
            "startsWith",
            "endsWith",
            "matches",
            "let",
            "if",
            "else");

    /** The sign of an exponent is a token of its own here. Source: expr-lang parser/lexer/state.go (scanNumber). */
    private static final Pattern NUMBER =
            Pattern.compile("0[xX][0-9a-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|[0-9_]+(?:\\.[0-9_]*)?(?:[eE][0-9_]*)?");

    private static final Map<String, Set<String>> FUNCTIONS = read();

    private UnknownNames() {}

    private static Map<String, Set<String>> read() {
        Map<String, Set<String>> functions = new HashMap<>();
        try (InputStream in = UnknownNames.class.getResourceAsStream("functions.txt");
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            lines.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
                List<String> words = List.of(line.split(" "));
                functions.computeIfAbsent(words.get(0), any -> new HashSet<>()).addAll(words.subList(1, words.size()));
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return functions;
    }

    /**
     * The first such name, or what begins like a number and is none ({@code bad number syntax}); empty where all are known, or the expression cannot be read here.
     *
     * @param roots what variables begin with there, such as {@code workflow}
     */
    public static Optional<String> first(String expression, Set<String> roots) {
        Optional<Tokens> read = Tokens.ifRead(expression);
        if (read.isEmpty()) {
            return Optional.empty();
        }
        Tokens tokens = read.get();
        Set<String> own = new HashSet<>();
        String before = "";
        String beforeThat = "";
        while (tokens.peek().kind() != Tokens.Kind.END) {
            Tokens.Token token = tokens.take();
            String name = token.text();
            if (token.kind() == Tokens.Kind.NUMBER && !NUMBER.matcher(name).matches()) {
                return Optional.of(name);
            }
            if (token.kind() == Tokens.Kind.NAME && name.indexOf('\uE000') < 0 && name.indexOf('$') < 0) {
                boolean member = before.equals(".") || before.equals("?.");
                boolean key = (before.equals("{") || before.equals(","))
                        && tokens.peek().is(":");
                if (before.equals("let")) {
                    own.add(name);
                } else if (member && beforeThat.equals("sprig")) {
                    if (!functions("sprig").contains(name)) {
                        return Optional.of("sprig." + name);
                    }
                } else if (!member && !key && !isKnown(name, roots, own)) {
                    return Optional.of(name);
                }
            }
            beforeThat = before;
            before = token.kind() == Tokens.Kind.STRING ? "\"" : name;
        }
        return Optional.empty();
    }

    private static boolean isKnown(String name, Set<String> roots, Set<String> own) {
        return WORDS.contains(name)
                || roots.contains(name)
                || own.contains(name)
                || functions("argo").contains(name)
                || functions("expr").contains(name);
    }

    private static Set<String> functions(String library) {
        return Objects.requireNonNull(FUNCTIONS.get(library));
    }

    /** What expr says of such a name. */
    public static String words(String name) {
        return (Character.isDigit(name.charAt(0)) ? "bad number syntax " : "unknown name ") + name;
    }

    /** What was meant by it; begins with a semicolon, empty where that is not known. */
    public static String hint(String text, String unknown) {
        // Of a number only the digits: in steps.step-1.status it is 1.status.
        String name = Character.isDigit(unknown.charAt(0)) ? unknown.replaceFirst("\\..*", "") : unknown;
        Matcher dashed = DASHED.matcher(text);
        while (dashed.find()) {
            if (List.of(dashed.group(2).split("-")).contains(name)) {
                return "; a dash is a minus there: write " + dashed.group(1) + "['" + dashed.group(2) + "']";
            }
        }
        if (name.equals("steps") || name.equals("tasks")) {
            return "; here it is " + (name.equals("steps") ? "tasks" : "steps");
        }
        Set<String> names = new HashSet<>(functions());
        names.addAll(ROOTS);
        return Nearest.to(name, names)
                .map(each -> "; did you mean " + each + "?")
                .orElse("");
    }

    /** Names of functions, to find the one that is meant. */
    private static Set<String> functions() {
        Set<String> all = new HashSet<>(functions("argo"));
        all.addAll(functions("expr"));
        functions("sprig").forEach(name -> all.add("sprig." + name));
        return all;
    }
}
