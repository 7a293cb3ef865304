package io.jenkins.plugins.argopreflight.engine.fix;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes what a fix puts into manifests as YAML. */
public final class FixYaml {

    private FixYaml() {}

    /** The objects or the field; empty for a fix that writes no manifest. */
    public static Optional<String> text(Fix fix) {
        Fix sound = fix.checked();
        if (sound instanceof ChangeField change) {
            return Optional.of(change.value().text());
        }
        return sound instanceof ApplyManifest apply ? Optional.of(text(apply.documents())) : Optional.empty();
    }

    /** Documents in one text, with a line break at its end. */
    public static String text(List<? extends FormattedText> documents) {
        return documents.stream().map(FormattedText::text).collect(Collectors.joining("---\n"));
    }
}
