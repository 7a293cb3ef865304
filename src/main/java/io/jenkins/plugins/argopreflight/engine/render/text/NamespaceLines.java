package io.jenkins.plugins.argopreflight.engine.render.text;

import io.jenkins.plugins.argopreflight.engine.fix.Visible;
import io.jenkins.plugins.argopreflight.engine.render.Grid;
import io.jenkins.plugins.argopreflight.engine.render.NameList;
import io.jenkins.plugins.argopreflight.engine.render.Style;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.Change;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.Status;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What became of each namespace, the worst first; namespaces to which the same happened share their lines. */
final class NamespaceLines {

    /** What makes two namespaces share their lines. */
    private record Same(
            Status status, List<Change> changes, String message, List<String> remediation, List<String> notes) {}

    private final Style style;
    private final boolean dryRun;

    NamespaceLines(Style style, boolean dryRun) {
        this.style = style;
        this.dryRun = dryRun;
    }

    List<String> lines(List<NamespaceOutcome> outcomes) {
        Map<Same, List<String>> groups = new LinkedHashMap<>();
        outcomes.stream()
                .sorted(Comparator.comparing(NamespaceOutcome::status).reversed())
                .forEach(outcome -> groups.computeIfAbsent(same(outcome), any -> new ArrayList<>())
                        .add(outcome.namespace()));
        Grid grid = new Grid("  ");
        groups.forEach((same, names) -> add(grid, same, names));
        return grid.lines();
    }

    private void add(Grid grid, Same same, List<String> names) {
        String status = dryRun && same.status() == Status.CHANGED
                ? "would change"
                : same.status().label();
        grid.row().cell(status, paint(same.status())).cell(NameList.some(names));
        if (!same.message().isEmpty()) {
            same.message().lines().forEach(line -> style.wrap("      ", line).forEach(grid::under));
        }
        for (Change change : same.changes()) {
            if (!change.action().equals("unchanged")) {
                grid.under("      " + Visible.line(change.kind() + " " + change.name() + " " + change.action()));
                change.diff().forEach(line -> grid.under("        " + diff(Visible.line(line))));
            }
        }
        same.notes().forEach(note -> style.wrap("      ", "note: " + note).forEach(grid::under));
        for (String block : same.remediation()) {
            // At the margin: a line of three dashes separates documents only there.
            String indent = block.lines().anyMatch("---"::equals) ? "" : "      ";
            block.lines().forEach(line -> grid.under(indent + Visible.line(line)));
        }
    }

    private String diff(String line) {
        if (line.startsWith("+")) {
            return style.good(line);
        }
        return line.startsWith("-") ? style.bad(line) : style.warn(line);
    }

    private UnaryOperator<String> paint(Status status) {
        return switch (status) {
            case UNCHANGED -> style::dim;
            case CHANGED -> style::good;
            case REFUSED, FAILED -> style::bad;
        };
    }

    private static Same same(NamespaceOutcome outcome) {
        return new Same(outcome.status(), outcome.changes(), outcome.message(), outcome.remediation(), outcome.notes());
    }
}
