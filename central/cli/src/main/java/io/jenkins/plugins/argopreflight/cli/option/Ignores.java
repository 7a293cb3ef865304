package io.jenkins.plugins.argopreflight.cli.option;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.cli.console.UsageException;
import io.jenkins.plugins.argopreflight.engine.manifest.ManifestReader;
import io.jenkins.plugins.argopreflight.engine.preflight.Ignore;
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

/** Reads {@code --ignore} and {@code --ignore-file}. */
final class Ignores {

    private static final Set<String> FIELDS = Set.of("id", "reason", "until");

    private Ignores() {}

    /** {@code ID[=REASON][@YYYY-MM-DD]}. */
    static Ignore parse(String written) {
        int at = written.lastIndexOf('@');
        boolean dated = at >= 0 && written.substring(at + 1).matches("[\\d-]+");
        String rest = dated ? written.substring(0, at) : written;
        String[] parts = rest.split("=", 2);
        if (parts[0].contains("@")) {
            throw new UsageException("--ignore " + written + ": after @ comes the last day, YYYY-MM-DD");
        }
        return new Ignore(
                parts[0].strip(),
                parts.length == 2 ? parts[1].strip() : "",
                dated ? Optional.of(day("--ignore " + written, written.substring(at + 1))) : Optional.empty());
    }

    /** A YAML list of {@code {id, reason, until}}. */
    static List<Ignore> read(Path file) {
        String where = "--ignore-file " + file;
        JsonNode list;
        try {
            list = new ManifestReader().value(file.toString(), Files.readString(file));
        } catch (IOException e) {
            throw new UsageException(where + ": the file cannot be read (" + e.getMessage() + ")");
        }
        if (!list.isArray() || list.isEmpty()) {
            throw new UsageException(where + ": a list is needed, such as [{id: docker-socket, reason: build pool}]");
        }
        List<Ignore> ignores = new ArrayList<>();
        list.forEach(entry -> ignores.add(ignore(where + ", entry " + (ignores.size() + 1), entry)));
        return ignores;
    }

    private static Ignore ignore(String where, JsonNode entry) {
        Set<String> unknown = new TreeSet<>();
        entry.fieldNames().forEachRemaining(unknown::add);
        unknown.removeAll(FIELDS);
        if (!entry.isObject() || !unknown.isEmpty() || entry.path("id").asText("").isBlank()) {
            throw new UsageException(where + ": an entry has an id, and can have reason and until (YYYY-MM-DD)"
                    + (unknown.isEmpty() ? "" : ", but no " + String.join(", ", unknown)));
        }
        String until = entry.path("until").asText("");
        return new Ignore(
                entry.path("id").asText("").strip(),
                entry.path("reason").asText("").strip(),
                until.isEmpty() ? Optional.empty() : Optional.of(day(where, until)));
    }

    private static LocalDate day(String where, String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw new UsageException(where + ": \"" + text + "\" is no day, write YYYY-MM-DD");
        }
    }
}
