package io.jenkins.plugins.argopreflight.engine.model.fix;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The YAML of the objects or fields that a fix writes. */
public final class FixYaml {

    private FixYaml() {}

    /** Returns the YAML of the objects or the field; empty for a fix that writes no manifest. */
    public static Optional<String> text(Fix fix) {
        Fix checked = fix.checked();
        if (checked instanceof ChangeField change) {
            return Optional.of(change.value().text());
        }
        return checked instanceof ApplyManifest apply ? Optional.of(text(apply.documents())) : Optional.empty();
    }

    /** Returns documents as one text, with a line break at its end. */
    public static String text(List<? extends FormattedText> documents) {
        return documents.stream().map(FormattedText::text).collect(Collectors.joining("---\n"));
    }
}
