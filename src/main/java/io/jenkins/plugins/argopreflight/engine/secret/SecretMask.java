package io.jenkins.plugins.argopreflight.engine.secret;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Masks known secrets wherever a text repeats them. */
public final class SecretMask {

    /** What Jenkins shows instead of a secret. */
    static final String MASK = "****";

    private final List<String> values;

    /** @param values empty ones do not count */
    public SecretMask(Collection<String> values) {
        // The longest first: one can be a part of another.
        this.values = values.stream()
                .filter(value -> !value.isEmpty())
                .distinct()
                .sorted(Comparator.comparing(String::length).reversed())
                .toList();
    }

    /** Whether a text repeats one of them. */
    public boolean isIn(String text) {
        return values.stream().anyMatch(text::contains);
    }

    /** The text without them. */
    public String mask(String text) {
        String masked = text;
        for (String value : values) {
            masked = masked.replace(value, MASK);
        }
        return masked;
    }
}
