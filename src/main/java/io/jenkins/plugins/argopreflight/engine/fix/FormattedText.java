package io.jenkins.plugins.argopreflight.engine.fix;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** A text in a format of its own, written by that format's writer only. */
public sealed interface FormattedText permits Yaml, Toml {

    /** What JSON has: a tree for YAML, a text for what is no YAML. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static FormattedText of(JsonNode json) {
        return json.isTextual() ? new Toml(json.textValue(), List.of()) : Yaml.tree(json);
    }

    /** With a line break at its end. */
    String text();

    /** Why there can be no such document; usually nothing. */
    List<String> problems();
}
