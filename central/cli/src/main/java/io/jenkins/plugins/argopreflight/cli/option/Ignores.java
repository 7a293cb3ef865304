package io.jenkins.plugins.argopreflight.cli.option;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.cli.console.UsageException;
import io.jenkins.plugins.argopreflight.engine.preflight.Suppression;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The parser of {@code --ignore} and {@code --ignore-file}. */
final class Ignores {

    private static final Set<String> FIELDS = Set.of("id", "reason", "until");

    private Ignores() {}

    /** Parses {@code ID[=REASON][@YYYY-MM-DD]}. */
    static Suppression parse(String argument) {
        int dayStart = argument.lastIndexOf('@');
        boolean dated = dayStart >= 0 && argument.substring(dayStart + 1).matches("[\\d-]+");
        String idAndReason = dated ? argument.substring(0, dayStart) : argument;
        String[] parts = idAndReason.split("=", 2);
        if (parts[0].contains("@")) {
            throw new UsageException("--ignore " + argument + ": after @ comes the last day, YYYY-MM-DD");
        }
        return new Suppression(
                parts[0].strip(),
                parts.length == 2 ? parts[1].strip() : "",
                dated ? Optional.of(day("--ignore " + argument, argument.substring(dayStart + 1))) : Optional.empty());
    }

    /** Reads a YAML list of {@code {id, reason, until}}. */
    static List<Suppression> read(Path file) {
        String origin = "--ignore-file " + file;
        JsonNode list;
        try {
            list = new ManifestReader().value(file.toString(), Files.readString(file));
        } catch (IOException e) {
            throw new UsageException(origin + ": the file cannot be read (" + e.getMessage() + ")");
        }
        if (!list.isArray() || list.isEmpty()) {
            throw new UsageException(origin + ": a list is needed, such as [{id: docker-socket, reason: build pool}]");
        }
        List<Suppression> ignores = new ArrayList<>();
        list.forEach(entry -> ignores.add(ignore(origin + ", entry " + (ignores.size() + 1), entry)));
        return ignores;
    }

    private static Suppression ignore(String origin, JsonNode entry) {
        Set<String> unknown = new TreeSet<>();
        entry.fieldNames().forEachRemaining(unknown::add);
        unknown.removeAll(FIELDS);
        if (!entry.isObject() || !unknown.isEmpty() || Json.text(entry, "id").isBlank()) {
            throw new UsageException(origin + ": an entry has an id, and can have reason and until (YYYY-MM-DD)"
                    + (unknown.isEmpty() ? "" : ", but no " + String.join(", ", unknown)));
        }
        String until = Json.text(entry, "until");
        return new Suppression(
                Json.text(entry, "id").strip(),
                Json.text(entry, "reason").strip(),
                until.isEmpty() ? Optional.empty() : Optional.of(day(origin, until)));
    }

    private static LocalDate day(String origin, String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw new UsageException(origin + ": \"" + text + "\" is no day, write YYYY-MM-DD");
        }
    }
}
