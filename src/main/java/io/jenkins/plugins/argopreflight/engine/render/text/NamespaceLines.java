package io.jenkins.plugins.argopreflight.engine.render.text;

import io.jenkins.plugins.argopreflight.engine.registry.credentials.DiffLine;
import io.jenkins.plugins.argopreflight.engine.render.Grid;
import io.jenkins.plugins.argopreflight.engine.render.NameList;
import io.jenkins.plugins.argopreflight.engine.render.Style;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.Change;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.Instruction;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.Status;
import io.jenkins.plugins.argopreflight.engine.util.text.Visible;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The outcome of a sync for each namespace, failures first. Namespaces with an equal outcome share their lines. */
final class NamespaceLines {

    /** The parts of an outcome that namespaces have in common if they share their lines. */
    private record SharedOutcome(
            Status status, List<Change> changes, String message, List<Instruction> remediation, List<String> notes) {}

    private final Style style;
    private final boolean dryRun;

    NamespaceLines(Style style, boolean dryRun) {
        this.style = style;
        this.dryRun = dryRun;
    }

    List<String> lines(List<NamespaceOutcome> outcomes) {
        Map<SharedOutcome, List<String>> groups = new LinkedHashMap<>();
        outcomes.stream()
                .sorted(Comparator.comparing(NamespaceOutcome::status).reversed())
                .forEach(outcome -> groups.computeIfAbsent(sharedOutcome(outcome), any -> new ArrayList<>())
                        .add(outcome.namespace()));
        Grid grid = new Grid("  ");
        groups.forEach((outcome, names) -> add(grid, outcome, names));
        return grid.lines();
    }

    private void add(Grid grid, SharedOutcome outcome, List<String> names) {
        String status = SyncVerdict.label(outcome.status(), dryRun);
        grid.row().cell(status, paint(outcome.status())).cell(NameList.some(names));
        if (!outcome.message().isEmpty()) {
            outcome.message().lines().forEach(line -> style.wrap("      ", line).forEach(grid::under));
        }
        for (Change change : outcome.changes()) {
            if (change.action() != Change.Action.UNCHANGED) {
                grid.under("      "
                        + Visible.line(change.kind() + " " + change.name() + " "
                                + change.action().label()));
                change.diff().forEach(line -> grid.under("        " + diff(line)));
            }
        }
        outcome.notes().forEach(note -> style.wrap("      ", "note: " + note).forEach(grid::under));
        for (Instruction instruction : outcome.remediation()) {
            String indent = instruction.form() == Instruction.Form.DOCUMENTS ? "" : "      ";
            instruction.text().lines().forEach(line -> grid.under(indent + Visible.line(line)));
        }
    }

    private String diff(DiffLine line) {
        String shown = Visible.line(line.marked());
        return switch (line.kind()) {
            case ADDED -> style.good(shown);
            case REMOVED -> style.bad(shown);
            case CHANGED, UNCHANGED -> style.warn(shown);
        };
    }

    private UnaryOperator<String> paint(Status status) {
        return switch (status) {
            case UNCHANGED -> style::dim;
            case CHANGED -> style::good;
            case REFUSED, FAILED -> style::bad;
        };
    }

    private static SharedOutcome sharedOutcome(NamespaceOutcome outcome) {
        return new SharedOutcome(
                outcome.status(), outcome.changes(), outcome.message(), outcome.remediation(), outcome.notes());
    }
}
