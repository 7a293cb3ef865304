package io.jenkins.plugins.argopreflight.engine.util.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** A file with values for workflow parameters, as {@code argo submit --parameter-file} takes it. */
public final class ParameterFile {

    private ParameterFile() {}

    /**
     * Returns the values of the mapping in a file. A value that is not a scalar is returned as JSON.
     *
     * @param name name of the file, for errors
     * @param text text of the file in YAML or JSON
     * @throws ManifestException if the text is not valid, or is not a mapping
     */
    public static Map<String, String> read(String name, String text) {
        JsonNode root = new ManifestReader().refusingOmissions().value(name, text);
        if (!root.isObject()) {
            throw new ManifestException(
                    new Location(name, 1, 1), "expected one mapping of names to values, such as \"tag: v1.2\"");
        }
        Map<String, String> values = new LinkedHashMap<>();
        root.properties().forEach(each -> values.put(each.getKey(), text(each.getValue())));
        return values;
    }

    private static String text(JsonNode value) {
        return value.isValueNode() ? value.asText() : value.toString();
    }
}
