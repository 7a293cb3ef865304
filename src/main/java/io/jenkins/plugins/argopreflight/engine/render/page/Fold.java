package io.jenkins.plugins.argopreflight.engine.render.page;

import java.util.List;

/**
 * Commands or YAML as a page shows them: of a long text, only the first lines are visible until the reader opens it.
 *
 * @param rest the folded lines; "" for a text that is shown completely
 * @param more the number of folded lines
 */
public record Fold(String head, String rest, int more) {

    private static final int MAX_UNFOLDED_LINES = 4;
    private static final int HEAD_LINES = 2;

    /** Folds a text of more than four lines after its second line. */
    public static Fold of(String text) {
        List<String> lines = text.lines().toList();
        return lines.size() <= MAX_UNFOLDED_LINES
                ? new Fold(text, "", 0)
                : new Fold(
                        String.join("\n", lines.subList(0, HEAD_LINES)),
                        String.join("\n", lines.subList(HEAD_LINES, lines.size())),
                        lines.size() - HEAD_LINES);
    }

    public boolean isFolded() {
        return more > 0;
    }
}
