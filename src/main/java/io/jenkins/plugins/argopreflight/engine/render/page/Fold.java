package io.jenkins.plugins.argopreflight.engine.render.page;

import java.util.List;

/**
 * Commands or YAML as a page shows them: a long text is folded behind its first lines.
 *
 * @param rest the lines after the first ones; "" for a text that is shown whole
 * @param more how many lines the rest has
 */
public record Fold(String head, String rest, int more) {

    private static final int WHOLE = 4;
    private static final int HEAD = 2;

    /** Folds a text of more than four lines behind its first two. */
    public static Fold of(String text) {
        List<String> lines = text.lines().toList();
        return lines.size() <= WHOLE
                ? new Fold(text, "", 0)
                : new Fold(
                        String.join("\n", lines.subList(0, HEAD)),
                        String.join("\n", lines.subList(HEAD, lines.size())),
                        lines.size() - HEAD);
    }

    public boolean isFolded() {
        return more > 0;
    }
}
