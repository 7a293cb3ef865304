package io.jenkins.plugins.argopreflight.engine.check.location;

import java.util.ArrayList;
import java.util.List;

/** The literal parts of a text with variables. */
public final class Literals {

    private Literals() {}

    /**
     * Returns the parts around each {@code {{…}}}, including empty ones. The time is proportional to the length of the
     * text.
     */
    public static List<String> of(String text) {
        List<String> literals = new ArrayList<>();
        int start = 0;
        int open = text.indexOf("{{");
        while (open >= 0) {
            int close = text.indexOf("}}", open);
            if (close < 0) {
                break;
            }
            literals.add(text.substring(start, open));
            start = close + 2;
            open = text.indexOf("{{", start);
        }
        literals.add(text.substring(start));
        return literals;
    }
}
