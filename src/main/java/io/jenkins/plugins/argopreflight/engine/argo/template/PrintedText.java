package io.jenkins.plugins.argopreflight.engine.argo.template;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.argopreflight.engine.argo.expression.UnknownMarks;
import io.jenkins.plugins.argopreflight.engine.argo.model.UnknownValues;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.json.UntrustedJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A test for templates whose output is certainly not JSON: their command begins with a plain {@code echo},
 * {@code printf} or {@code print} of a text that is not JSON. Argo cannot collect such outputs as the results of a
 * loop, since it reads them as JSON. Source: argo-workflows workflow/controller/operator.go
 * (processAggregateNodeOutputs).
 */
final class PrintedText {

    private static final JsonMapper JSON = JsonMapper.builder(UntrustedJson.factory())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final Set<String> SHELLS = Set.of("sh", "bash", "ash", "dash", "zsh", "ksh");
    /** Pattern of a line that prints nothing: a comment, {@code set -e}, {@code sleep 5} or an import. */
    private static final Pattern SILENT =
            Pattern.compile("#.*|set [-+].*|sleep [\\d.]+[smh]?|import .*|from .* import .*");
    /** Pattern of echo or printf, with the text as group 1. */
    private static final Pattern ECHO = Pattern.compile("(?:echo|printf)\\s+(?:-[neE]+\\s+)*(.*)", Pattern.DOTALL);
    /** Pattern of Python's print, with the text as group 2. */
    private static final Pattern PRINT = Pattern.compile("print\\(f?(['\"])(.*?)\\1.*");

    /** Pattern of {@code | tee FILE} at the end of a line, which prints the text and also writes it to a file. */
    private static final Pattern COPY = Pattern.compile("\\|\\s*tee(?:\\s+-a)?\\s+[\\w./-]+\\s*$");

    /** Pattern of characters that a shell does not print as they are, and of marks of unknown values. */
    private static final Pattern SPECIAL =
            Pattern.compile("[$`\\\\;&|<>*?~(){}\\[\\]#%" + UnknownMarks.START + UnknownMarks.END + "]|\\{\\{");

    /** The first characters of JSON values. */
    private static final String FIRST_JSON_CHARACTERS = "{[\"-0123456789tfn";

    private PrintedText() {}

    /** Returns the text that a template prints first, or its beginning, if the text is certainly not JSON. */
    static Optional<String> notJson(JsonNode template) {
        JsonNode script = template.path("script");
        List<String> command = command(script.isObject() ? script : template.path("container"));
        if (command.isEmpty()) {
            return Optional.empty();
        }
        String program = command.get(0).substring(command.get(0).lastIndexOf('/') + 1);
        if (script.isObject()) {
            return firstLineIfNotJson(program, Json.text(script, "source"));
        }
        if (program.equals("echo")) {
            List<String> printed = new ArrayList<>(command.subList(1, command.size()));
            printed.removeIf(word -> word.matches("-[neE]+"));
            String text = String.join(" ", printed);
            return UnknownMarks.isIn(text) || text.contains("\\") ? ifStartIsNotJson(text) : ifNotJson(text);
        }
        boolean hasScriptArgument =
                command.size() > 2 && command.get(command.size() - 2).matches("-\\w*c");
        return hasScriptArgument ? firstLineIfNotJson(program, command.get(command.size() - 1)) : Optional.empty();
    }

    private static List<String> command(JsonNode container) {
        List<String> command = new ArrayList<>();
        container.path("command").forEach(word -> command.add(Json.text(word)));
        container.path("args").forEach(word -> command.add(Json.text(word)));
        return command;
    }

    /** Returns the text of a script's first printing line, or its beginning, if the text is certainly not JSON. */
    private static Optional<String> firstLineIfNotJson(String program, String source) {
        List<String> lines = source.lines()
                .filter(line -> !line.isBlank() && !SILENT.matcher(line).matches())
                .toList();
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        String first = lines.get(0);
        if (program.startsWith("python")) {
            Matcher print = PRINT.matcher(first);
            return print.matches() ? ifStartIsNotJson(print.group(2)) : Optional.empty();
        }
        Matcher echo = ECHO.matcher(COPY.matcher(first.strip()).replaceFirst(""));
        if (!SHELLS.contains(program) || !echo.matches() || echo.group(1).matches("(?s).*[|<>].*")) {
            return Optional.empty();
        }
        String text = echo.group(1).strip();
        if (lines.size() == 1 && !SPECIAL.matcher(text).find() && first.startsWith("echo")) {
            return ifNotJson(text.replaceAll("[\"']", ""));
        }
        String start = text.replaceFirst("^[\"']", "");
        return start.isEmpty() || SPECIAL.matcher(start.substring(0, 1)).matches()
                ? Optional.empty()
                : ifStartIsNotJson(start);
    }

    /** Returns the text if it is blank or no JSON. */
    private static Optional<String> ifNotJson(String text) {
        try {
            JSON.readTree(text);
            return text.isBlank() ? Optional.of(text) : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.of(text);
        }
    }

    /** Returns the text if its first character is known and begins no JSON value. */
    private static Optional<String> ifStartIsNotJson(String text) {
        String start = text.stripLeading();
        boolean isUnknown =
                start.isEmpty() || SPECIAL.matcher(start.substring(0, 1)).matches();
        return isUnknown || FIRST_JSON_CHARACTERS.indexOf(start.charAt(0)) >= 0
                ? Optional.empty()
                : Optional.of(UnknownValues.show(text));
    }
}
