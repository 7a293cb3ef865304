package io.jenkins.plugins.argopreflight.cli.option;

import io.jenkins.plugins.argopreflight.cli.console.Terminal;
import io.jenkins.plugins.argopreflight.cli.console.UsageException;
import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The reader of files, folders and standard input that an option names. All errors are usage errors. */
final class ManifestFiles {

    private ManifestFiles() {}

    static List<Document> read(String option, List<String> names, Terminal terminal, ManifestReader reader) {
        if (names.stream().filter("-"::equals).count() > 1) {
            throw new UsageException(option + " - is given twice: standard input can be read once");
        }
        List<Document> documents = new ArrayList<>();
        names.forEach(name -> documents.addAll(read(option, name, terminal, reader)));
        return documents;
    }

    private static List<Document> read(String option, String name, Terminal terminal, ManifestReader reader) {
        if (name.isBlank()) {
            throw new UsageException(option + " has an empty name: give a file, a folder, or -");
        }
        try {
            if (!name.equals("-") && !Files.exists(Path.of(name))) {
                throw new UsageException(option + " " + name + ": there is no such file or folder");
            }
            List<Document> documents =
                    name.equals("-") ? reader.read("-", terminal.in()) : reader.readAll(Path.of(name));
            if (documents.isEmpty() && Budget.current().leftOut().isEmpty()) {
                throw new UsageException(option + " " + name + ": no Kubernetes object in it"
                        + (Files.isDirectory(Path.of(name)) ? " (.yaml, .yml and .json files are read)" : ""));
            }
            return documents;
        } catch (AccessDeniedException e) {
            throw new UsageException(option + " " + name + ": the file cannot be read: permission denied");
        } catch (IOException e) {
            throw new UsageException(option + " " + name + ": the file cannot be read (" + e.getMessage() + ")");
        }
    }
}
