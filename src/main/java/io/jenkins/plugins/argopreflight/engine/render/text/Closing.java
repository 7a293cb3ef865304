package io.jenkins.plugins.argopreflight.engine.render.text;

import io.jenkins.plugins.argopreflight.engine.fact.Unavailable;
import io.jenkins.plugins.argopreflight.engine.fix.Visible;
import io.jenkins.plugins.argopreflight.engine.kube.Right;
import io.jenkins.plugins.argopreflight.engine.render.NameList;
import io.jenkins.plugins.argopreflight.engine.render.Style;
import io.jenkins.plugins.argopreflight.engine.report.SyncReport.Cost;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The last sections of a text report: the facts that could not be checked, and the cost. */
final class Closing {

    private final Style style;

    Closing(Style style) {
        this.style = style;
    }

    List<String> unseen(List<Unavailable> unseen) {
        if (unseen.isEmpty()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        lines.add(style.strong("Could not check"));
        for (Unavailable one : unseen) {
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
                NameList.count(cost.apiCalls(), "request"),
                NameList.count(cost.writes(), "write"),
                cost.registryCalls(),
                cost.wallMillis() / 1000.0));
    }
}
