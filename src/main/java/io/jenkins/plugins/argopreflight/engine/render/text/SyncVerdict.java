package io.jenkins.plugins.argopreflight.engine.render.text;

import io.jenkins.plugins.argopreflight.engine.facts.pull.PullRow;
import io.jenkins.plugins.argopreflight.engine.render.NameList;
import io.jenkins.plugins.argopreflight.engine.render.Style;
import io.jenkins.plugins.argopreflight.engine.render.Tone;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.Status;
import io.jenkins.plugins.argopreflight.engine.sync.SyncRequest;
import io.jenkins.plugins.argopreflight.engine.sync.secret.SyncReport;
import io.jenkins.plugins.argopreflight.engine.util.text.Visible;
import java.util.ArrayList;
import java.util.List;

/** The first line of a sync's report: the number of namespaces and pulls for each result. */
final class SyncVerdict {

    private final Style style;

    SyncVerdict(Style style) {
        this.style = style;
    }

    String line(SyncRequest request, SyncReport report) {
        boolean dryRun = report.dryRun();
        List<String> parts = new ArrayList<>();
        for (Status status : Status.values()) {
            long count = report.namespaces().stream()
                    .filter(one -> one.status() == status)
                    .count();
            if (count > 0) {
                parts.add(NameList.count(count, "namespace") + " " + label(status, dryRun));
            }
        }
        if (parts.isEmpty()) {
            parts.add("no such namespace");
        }
        String text = (dryRun ? "Dry run, nothing written: " : "") + "Secret " + Visible.line(request.name()) + ": "
                + String.join(", ", parts) + pulls(report.pulls());
        return Tone.of(report.result()).mark(style) + style.strong(text);
    }

    /** Returns the word for the result of a namespace. */
    static String label(Status status, boolean dryRun) {
        return dryRun && status == Status.CHANGED ? "would change" : status.label();
    }

    private static String pulls(List<PullRow> pulls) {
        List<String> parts = new ArrayList<>();
        for (Tone tone : Tone.values()) {
            long count = pulls.stream()
                    .filter(pull -> Tone.of(pull.verdict()) == tone)
                    .count();
            if (count > 0) {
                parts.add(NameList.count(count, "pull")
                        + switch (tone) {
                            case GOOD -> " verified at the registry";
                            case UNKNOWN -> " not checked";
                            case BAD -> " would fail";
                        });
            }
        }
        return parts.isEmpty() ? "" : "; " + String.join(", ", parts);
    }
}
