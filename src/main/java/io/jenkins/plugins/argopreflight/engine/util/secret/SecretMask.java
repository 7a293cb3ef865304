package io.jenkins.plugins.argopreflight.engine.util.secret;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** A filter that masks known secrets wherever a text repeats them. */
public final class SecretMask {

    /** The text that Jenkins shows instead of a secret. */
    static final String MASK = "****";

    private final List<String> values;

    /** Creates a filter for the values that are not empty. */
    public SecretMask(Collection<String> values) {
        // The longest first: one value can be a part of another.
        this.values = values.stream()
                .filter(value -> !value.isEmpty())
                .distinct()
                .sorted(Comparator.comparing(String::length).reversed())
                .toList();
    }

    /** Returns whether a text contains one of the secrets, so that {@link #mask} changes it. */
    public boolean isNeededFor(String text) {
        return values.stream().anyMatch(text::contains);
    }

    /** Returns the text with {@link #MASK} in place of the secrets. */
    public String mask(String text) {
        String masked = text;
        for (String value : values) {
            masked = masked.replace(value, MASK);
        }
        return masked;
    }
}
