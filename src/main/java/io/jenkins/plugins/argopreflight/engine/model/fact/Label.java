package io.jenkins.plugins.argopreflight.engine.model.fact;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The form of an enum's constant in reports, options and pages: {@code NOT_FOUND} is {@code not-found}. */
public final class Label {

    private Label() {}

    public static String of(Enum<?> constant) {
        return of(constant.name());
    }

    /** Returns the constant with a label; empty if the type has none. */
    public static <E extends Enum<E>> Optional<E> find(Class<E> type, String label) {
        return Stream.of(type.getEnumConstants())
                .filter(constant -> of(constant).equals(label))
                .findFirst();
    }

    static String of(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
