package io.jenkins.plugins.argopreflight.engine.report;

import io.jenkins.plugins.argopreflight.engine.SyncReport.Cost;
import io.jenkins.plugins.argopreflight.engine.fact.Right;
import io.jenkins.plugins.argopreflight.engine.fact.Unseen;
import io.jenkins.plugins.argopreflight.engine.fix.Visible;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How every text report ends: what could not be looked at, and what it cost. */
final class Closing {

    private final Style style;

    Closing(Style style) {
        this.style = style;
    }

    List<String> unseen(List<Unseen> unseen) {
        if (unseen.isEmpty()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        lines.add(style.strong("Could not look at"));
        for (Unseen one : unseen) {
            String right = one.missingRight()
                    .map(Right::toString)
                    .filter(missing -> !one.reason().contains(missing))
                    .map(" (missing right: %s)"::formatted)
                    .orElse("");
            lines.add("  " + style.warn("? ") + Visible.line(one.fact() + ": " + one.reason() + right));
        }
        return lines;
    }

    String cost(Cost cost) {
        return style.dim(String.format(
                Locale.ROOT,
                "%s to the cluster (%s), %d to registries, %.1f s",
                Names.count(cost.apiCalls(), "request"),
                Names.count(cost.writes(), "write"),
                cost.registryCalls(),
                cost.wallMillis() / 1000.0));
    }
}
