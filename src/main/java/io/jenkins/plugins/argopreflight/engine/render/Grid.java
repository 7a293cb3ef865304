package io.jenkins.plugins.argopreflight.engine.render;

import io.jenkins.plugins.argopreflight.engine.util.text.Visible;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A text table with aligned columns. The last column is not padded. Control characters in a cell are replaced by
 * visible text before the cell is measured and coloured.
 */
public final class Grid {

    private record Cell(String text, UnaryOperator<String> paint) {}

    private static final String GAP = "  ";

    private final String indent;
    private final List<List<Cell>> rows = new ArrayList<>();
    private final List<List<String>> below = new ArrayList<>();

    public Grid(String indent) {
        this.indent = indent;
    }

    /** Begins a row. */
    public Grid row() {
        rows.add(new ArrayList<>());
        below.add(new ArrayList<>());
        return this;
    }

    public Grid cell(String text) {
        return cell(text, UnaryOperator.identity());
    }

    public Grid cell(String text, UnaryOperator<String> paint) {
        rows.get(rows.size() - 1).add(new Cell(Visible.line(text), paint));
        return this;
    }

    /** Adds a complete line below the current row. */
    public Grid under(String line) {
        below.get(below.size() - 1).add(line);
        return this;
    }

    public List<String> lines() {
        int[] widths = widths();
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            lines.add(line(rows.get(i), widths));
            lines.addAll(below.get(i));
        }
        return lines;
    }

    private String line(List<Cell> row, int[] widths) {
        StringBuilder line = new StringBuilder(indent);
        for (int column = 0; column < row.size(); column++) {
            Cell cell = row.get(column);
            line.append(cell.paint().apply(cell.text()));
            if (column < row.size() - 1) {
                line.append(" ".repeat(widths[column] - length(cell.text()))).append(GAP);
            }
        }
        return line.toString();
    }

    /** Returns the width of each column. The last cell of a row does not count. */
    private int[] widths() {
        int[] widths = new int[rows.stream().mapToInt(List::size).max().orElse(0)];
        for (List<Cell> row : rows) {
            for (int column = 0; column < row.size() - 1; column++) {
                widths[column] = Math.max(widths[column], length(row.get(column).text()));
            }
        }
        return widths;
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
