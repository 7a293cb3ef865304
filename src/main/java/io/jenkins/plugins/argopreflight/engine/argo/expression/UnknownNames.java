package io.jenkins.plugins.argopreflight.engine.argo.expression;

import io.jenkins.plugins.argopreflight.engine.util.text.SimilarNames;
import io.jenkins.plugins.argopreflight.engine.util.text.Tags;
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
 * A check for names in an expression that do not exist: the expression does not compile ({@code unknown name}). A dash
 * is a minus: {@code steps.run-tests.status} contains a variable {@code tests}. Source: expr-lang checker;
 * argo-workflows util/expr/env/env.go.
 */
public final class UnknownNames {

    /** First parts of variables in the fields of a workflow. */
    public static final Set<String> ROOTS = Tags.ROOTS;

    /**
     * Pattern of a step or parameter with a dash in its name. It matches the text, since the tree does not contain
     * blanks: {@code steps.a - b} is meant as a subtraction.
     */
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

    /**
     * Pattern of a number. The sign of an exponent is a separate token here. Source: expr-lang parser/lexer/state.go
     * (scanNumber).
     */
    private static final Pattern NUMBER =
            Pattern.compile("0[xX][0-9a-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|[0-9_]+(?:\\.[0-9_]*)?(?:[eE][0-9_]*)?");

    private static final Map<String, Set<String>> FUNCTIONS = read();

    private UnknownNames() {}

    private static Map<String, Set<String>> read() {
        Map<String, Set<String>> functions = new HashMap<>();
        try (InputStream in = UnknownNames.class.getResourceAsStream("functions.txt");
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            lines.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
                List<String> libraryAndNames = List.of(line.split(" "));
                functions
                        .computeIfAbsent(libraryAndNames.get(0), any -> new HashSet<>())
                        .addAll(libraryAndNames.subList(1, libraryAndNames.size()));
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return functions;
    }

    /**
     * Returns the first unknown name, or the first invalid number ({@code bad number syntax}); empty if all names are
     * known.
     *
     * @param roots first parts of variables that exist there, such as {@code workflow}
     */
    static Optional<String> first(ExpressionNode node, Set<String> roots) {
        if (node instanceof ExpressionNode.Number number
                && !NUMBER.matcher(number.text()).matches()) {
            return Optional.of(number.text());
        }
        if (node instanceof ExpressionNode.Name name && !isKnown(name.name(), roots)) {
            return Optional.of(name.name());
        }
        if (node instanceof ExpressionNode.Access access
                && access.base() instanceof ExpressionNode.Name name
                && name.name().equals("sprig")
                && !access.parts().isEmpty()) {
            ExpressionNode.Access.Part function = access.parts().get(0);
            if (function.isMember() && !functions("sprig").contains(function.name())) {
                return Optional.of("sprig." + function.name());
            }
        }
        if (node instanceof ExpressionNode.Declaration declaration) {
            Set<String> names = new HashSet<>(roots);
            names.add(declaration.name());
            return first(declaration.value(), roots).or(() -> first(declaration.body(), names));
        }
        for (ExpressionNode child : node.children()) {
            Optional<String> unknown = first(child, roots);
            if (unknown.isPresent()) {
                return unknown;
            }
        }
        return Optional.empty();
    }

    private static boolean isKnown(String name, Set<String> roots) {
        return UnknownMarks.isIn(name)
                || name.indexOf('$') >= 0
                || WORDS.contains(name)
                || roots.contains(name)
                || functions("argo").contains(name)
                || functions("expr").contains(name);
    }

    private static Set<String> functions(String library) {
        return Objects.requireNonNull(FUNCTIONS.get(library));
    }

    /** Returns expr's error for such a name. */
    public static String words(String name) {
        return (Character.isDigit(name.charAt(0)) ? "bad number syntax " : "unknown name ") + name;
    }

    /** Returns a suggestion that begins with a semicolon; empty if there is none. */
    public static String hint(String text, String unknown) {
        // The unknown name in steps.step-1.status is 1.status, of which only the digits are in the name of the step.
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
        return SimilarNames.question(SimilarNames.to(name, names));
    }

    /** Returns the names of functions for suggestions. */
    private static Set<String> functions() {
        Set<String> names = new HashSet<>(functions("argo"));
        names.addAll(functions("expr"));
        functions("sprig").forEach(name -> names.add("sprig." + name));
        return names;
    }
}
