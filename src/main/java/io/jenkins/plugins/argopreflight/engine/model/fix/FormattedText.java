package io.jenkins.plugins.argopreflight.engine.model.fix;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * A document of a fix in YAML or TOML. Its text is created only by {@link Yaml} or {@link Toml}, which quote each value.
 */
public sealed interface FormattedText permits Yaml, Toml {

    /** Reads the text from its JSON: a tree for YAML, a text for TOML. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static FormattedText of(JsonNode json) {
        return json.isTextual() ? new Toml(json.textValue(), List.of()) : Yaml.tree(json);
    }

    /** Returns the text, with a line break at its end. */
    String text();

    /** Returns the reasons why the document is invalid; normally empty. */
    List<String> problems();
}
