package io.jenkins.plugins.argopreflight.engine.render.text;

import io.jenkins.plugins.argopreflight.engine.model.fact.Unavailable;
import io.jenkins.plugins.argopreflight.engine.model.fix.Option;
import io.jenkins.plugins.argopreflight.engine.render.Grid;
import io.jenkins.plugins.argopreflight.engine.render.NameList;
import io.jenkins.plugins.argopreflight.engine.render.Style;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.StalePod;
import io.jenkins.plugins.argopreflight.engine.sync.SyncRequest;
import io.jenkins.plugins.argopreflight.engine.sync.secret.SyncReport;
import io.jenkins.plugins.argopreflight.engine.sync.secret.SyncReport.Cost;
import io.jenkins.plugins.argopreflight.engine.util.text.Visible;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A sync as text for a terminal: the verdict, the changes, the fixes and the cost. */
public final class SyncText {

    private final Style style;
    private final boolean step;

    public SyncText(Style style) {
        this(style, /* step= */ false);
    }

    private SyncText(Style style, boolean step) {
        this.style = style;
        this.step = step;
    }

    /** Returns a renderer for a build's log, which shows the parameters of the step instead of options. */
    public static SyncText inStep() {
        return new SyncText(Style.PLAIN, /* step= */ true);
    }

    /** Renders the whole report, with a newline at its end. */
    public String render(SyncRequest request, SyncReport report) {
        List<List<String>> sections = List.of(
                List.of(new SyncVerdict(style).line(request, report)),
                new NamespaceLines(style, report.dryRun()).lines(report.namespaces()),
                new PullTable(style).lines(report.pulls()),
                step ? List.of() : Renewals.lines(style, report.pulls()),
                stalePods(report.namespaces()),
                uncheckedFacts(report.unseen()),
                List.of(cost(report.cost())));
        String text = String.join(
                "\n",
                sections.stream()
                        .filter(section -> !section.isEmpty())
                        .map(section -> String.join("\n", section) + "\n")
                        .toList());
        return step ? Option.inStep(text) : text;
    }

    private List<String> stalePods(List<NamespaceOutcome> namespaces) {
        List<String> lines = new ArrayList<>();
        Grid grid = new Grid("  ");
        for (NamespaceOutcome namespace : namespaces) {
            for (StalePod pod : namespace.stalePods()) {
                grid.row()
                        .cell(namespace.namespace() + "/" + pod.name())
                        .cell(pod.phase())
                        .cell(pod.owner().isEmpty() ? "no owner" : pod.owner());
                // The comment has its own line, so that the command's line stays short.
                for (String line : pod.remedy().lines()) {
                    grid.under("      " + Visible.line(line));
                }
            }
        }
        if (!grid.lines().isEmpty()) {
            lines.add(style.strong("Created before, with the old list of image pull Secrets: recreate them"));
            lines.addAll(grid.lines());
        }
        return lines;
    }

    private List<String> uncheckedFacts(List<Unavailable> facts) {
        if (facts.isEmpty()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        lines.add(style.strong("Could not check"));
        for (Unavailable fact : facts) {
            lines.add("  " + style.warn("? ") + Visible.line(fact.fact() + ": " + fact.reason()));
        }
        return lines;
    }

    private String cost(Cost cost) {
        return style.dim(String.format(
                Locale.ROOT,
                "%s to the cluster (%s), %d to registries, %.1f s",
                NameList.count(cost.apiCalls(), "request"),
                NameList.count(cost.writes(), "write"),
                cost.registryCalls(),
                cost.wallMillis() / 1000.0));
    }
}
