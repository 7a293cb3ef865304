package io.jenkins.plugins.argopreflight.engine.check.place;

import java.util.ArrayList;
import java.util.List;

/** What a text has besides its variables. */
public final class Literals {

    private Literals() {}

    /** The parts around each {@code {{…}}}, empty ones too; in time that grows with the text, whatever is in it. */
    public static List<String> of(String text) {
        List<String> literals = new ArrayList<>();
        int at = 0;
        int open = text.indexOf("{{");
        while (open >= 0) {
            int close = text.indexOf("}}", open);
            if (close < 0) {
                break;
            }
            literals.add(text.substring(at, open));
            at = close + 2;
            open = text.indexOf("{{", at);
        }
        literals.add(text.substring(at));
        return literals;
    }
}
