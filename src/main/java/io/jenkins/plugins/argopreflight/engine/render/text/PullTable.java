package io.jenkins.plugins.argopreflight.engine.render.text;

import io.jenkins.plugins.argopreflight.engine.facts.pull.PullRow;
import io.jenkins.plugins.argopreflight.engine.preflight.Report;
import io.jenkins.plugins.argopreflight.engine.render.Grid;
import io.jenkins.plugins.argopreflight.engine.render.PullRows;
import io.jenkins.plugins.argopreflight.engine.render.PullRows.Row;
import io.jenkins.plugins.argopreflight.engine.render.Style;
import io.jenkins.plugins.argopreflight.engine.util.text.Visible;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The table of image pulls for a terminal: a line for each row, with further credentials and the reasons below it. */
public final class PullTable {

    private static final String INDENT = "      ";
    private static final int VERDICT_WIDTH = 22;

    private final Style style;

    public PullTable(Style style) {
        this.style = style;
    }

    /** Returns the table of a preflight, whose findings explain the failures; empty if there are no pulls. */
    List<String> lines(Report report) {
        return table(PullRows.of(report));
    }

    /** Returns the table of a sync or a login check, with the reasons below each pull that is not simply OK. */
    public List<String> lines(List<PullRow> pulls) {
        return table(PullRows.explained(pulls));
    }

    /** Returns the table with a title. The last column is left out if no row needs it. */
    private List<String> table(List<Row> rows) {
        if (rows.isEmpty()) {
            return List.of();
        }
        boolean hasFor =
                rows.stream().anyMatch(row -> !row.accountsAndContainers().isEmpty() && !row.isOnlyForAccounts());
        Grid grid = new Grid("  ").row();
        PullRows.HEADINGS.stream()
                .limit(hasFor ? PullRows.HEADINGS.size() : PullRows.HEADINGS.size() - 1L)
                .forEach(heading -> grid.cell(heading, style::dim));
        Map<List<String>, String> shownReasons = new HashMap<>();
        for (Row row : rows) {
            List<String> verdictLines = wrapVerdict(row.words());
            grid.row()
                    .cell(verdictLines.get(0), text -> row.tone().paint(style, text))
                    .cell(row.image())
                    .cell(row.consumerAndPlatforms())
                    .cell(row.answers().isEmpty() ? "-" : row.answers().get(0));
            if (hasFor) {
                grid.cell(row.isOnlyForAccounts() ? "" : row.accountsAndContainers());
            }
            verdictLines.stream()
                    .skip(1)
                    .forEach(line -> grid.under("  " + row.tone().paint(style, line)));
            row.answers().stream()
                    .skip(1)
                    .forEach(answer -> grid.under(INDENT + style.dim("then " + Visible.line(answer))));
            if (row.isOnlyForAccounts()) {
                style.wrap(INDENT, "for " + row.accountsAndContainers()).forEach(grid::under);
            }
            reasons(row, shownReasons)
                    .forEach(reason -> style.wrap(INDENT, reason).forEach(grid::under));
        }
        List<String> lines = new ArrayList<>(List.of(style.strong("Image pulls")));
        lines.addAll(grid.lines());
        PullRows.notes(rows).forEach(sentence -> lines.addAll(style.wrap("  ", sentence)));
        return lines;
    }

    /** Breaks a verdict into lines that fit into a column. */
    private static List<String> wrapVerdict(String verdict) {
        List<String> lines = new ArrayList<>();
        for (String word : verdict.split(" ")) {
            int last = lines.size() - 1;
            if (last >= 0 && lines.get(last).length() + word.length() < VERDICT_WIDTH) {
                lines.set(last, lines.get(last) + " " + word);
            } else {
                lines.add(word);
            }
        }
        return lines;
    }

    /**
     * Returns the reasons of a row. If they equal those of an earlier image except for the image's name, returns a line
     * that refers to that image.
     */
    private static List<String> reasons(Row row, Map<List<String>, String> shownReasons) {
        List<String> withoutName = row.reasons().stream()
                .map(line -> line.replace(row.image(), ""))
                .toList();
        String earlierImage = shownReasons.putIfAbsent(withoutName, row.image());
        return earlierImage == null || withoutName.isEmpty()
                ? row.reasons()
                : List.of("for the same reason as " + earlierImage);
    }
}
