package io.jenkins.plugins.argopreflight.cli.option;

import io.jenkins.plugins.argopreflight.cli.console.UsageException;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestException;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ParameterFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The parser of values for workflow parameters, in the formats of {@code argo submit}. */
final class ParameterValues {

    private ParameterValues() {}

    /** Parses {@code NAME=VALUE} texts: the first equals sign separates, and the last value of a name counts. */
    static Map<String, String> of(List<String> arguments) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String each : arguments) {
            int equals = each.indexOf('=');
            if (equals < 1) {
                throw new UsageException("-p " + each + ": expected NAME=VALUE");
            }
            values.put(each.substring(0, equals), each.substring(equals + 1));
        }
        return values;
    }

    /** Reads a YAML or JSON file with one mapping. A value that is not text becomes its JSON. */
    static Map<String, String> inFile(String file) {
        try {
            return ParameterFile.read(file, Files.readString(Path.of(file)));
        } catch (ManifestException e) {
            throw new UsageException("--parameter-file: " + e.getMessage());
        } catch (IOException | InvalidPathException e) {
            throw new UsageException("--parameter-file " + file + " cannot be read: " + e.getMessage());
        }
    }
}
