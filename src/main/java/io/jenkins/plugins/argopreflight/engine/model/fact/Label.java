package io.jenkins.plugins.argopreflight.engine.model.fact;

import java.util.Locale;

/** The form of an enum's constant in reports, options and pages: {@code NOT_FOUND} is {@code not-found}. */
public final class Label {

    private Label() {}

    public static String of(Enum<?> constant) {
        return of(constant.name());
    }

    static String of(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
