package io.jenkins.plugins.argopreflight.engine.render.text;

import io.jenkins.plugins.argopreflight.engine.diagnose.Cause;
import io.jenkins.plugins.argopreflight.engine.diagnose.Diagnosis;
import io.jenkins.plugins.argopreflight.engine.diagnose.Evidence;
import io.jenkins.plugins.argopreflight.engine.render.DiagnosisTexts;
import io.jenkins.plugins.argopreflight.engine.render.FixLines;
import io.jenkins.plugins.argopreflight.engine.render.NameList;
import io.jenkins.plugins.argopreflight.engine.render.Style;
import io.jenkins.plugins.argopreflight.engine.render.Tone;
import io.jenkins.plugins.argopreflight.engine.util.text.Visible;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A diagnosis as text for a terminal: each cause with its evidence and fix, then the consequences. */
public final class DiagnosisText {

    private static final String INDENT = "    ";

    private final Style style;

    public DiagnosisText(Style style) {
        this.style = style;
    }

    /** Renders the whole diagnosis, with a newline at its end. */
    public String render(Diagnosis diagnosis) {
        return Stream.of(
                        List.of(mark(diagnosis) + style.strong(DiagnosisTexts.headline(diagnosis))),
                        causes(diagnosis),
                        titled(DiagnosisTexts.changedTitle(diagnosis), DiagnosisTexts.changed(diagnosis), each -> each),
                        titled("Follows from it", diagnosis.consequences(), each -> node(each.node()) + each.message()),
                        titled("Waits as it is meant to", diagnosis.waiting(), DiagnosisTexts::waiting),
                        titled("Note", diagnosis.notes(), note -> note),
                        titled("Could not check", diagnosis.unknown(), each -> each.fact() + ": " + each.reason()),
                        List.of(style.dim(cost(diagnosis))))
                .filter(section -> !section.isEmpty())
                .map(section -> String.join("\n", section) + "\n")
                .collect(Collectors.joining("\n"));
    }

    private String mark(Diagnosis diagnosis) {
        return switch (diagnosis.exitCode()) {
            case 0 -> Tone.GOOD.mark(style);
            case 1 -> Tone.BAD.mark(style);
            default -> Tone.UNKNOWN.mark(style);
        };
    }

    private List<String> causes(Diagnosis diagnosis) {
        List<String> lines = new ArrayList<>();
        for (Cause cause : diagnosis.causes()) {
            if (!lines.isEmpty()) {
                lines.add("");
            }
            lines.addAll(cause(cause));
        }
        return lines;
    }

    private List<String> cause(Cause cause) {
        List<String> lines = new ArrayList<>();
        lines.add(style.bad(Visible.line(cause.title())) + "  " + cause.check() + ", "
                + DiagnosisTexts.permanence(cause));
        lines.addAll(style.wrap(INDENT, DiagnosisTexts.subject(cause.subject())));
        lines.addAll(style.wrap(INDENT, cause.detail()));
        String log = "";
        for (Evidence each : cause.evidence()) {
            String source = each.isLog() ? DiagnosisTexts.source(each) + ":" : "";
            if (!source.isEmpty() && !source.equals(log)) {
                style.wrap(INDENT + "> ", source).forEach(line -> lines.add(style.dim(line)));
            }
            log = source;
            (each.isLog()
                            ? style.wrap(INDENT + ">   ", each.text())
                            : style.wrap(INDENT + "> ", DiagnosisTexts.evidence(each)))
                    .forEach(line -> lines.add(style.dim(line)));
        }
        if (!cause.nodes().isEmpty()) {
            lines.add(style.dim(INDENT + Visible.line(DiagnosisTexts.nodes(cause))));
        }
        lines.addAll(FixLines.of(INDENT + INDENT, cause.fixTexts()));
        lines.add(INDENT + DiagnosisTexts.next(cause.next()));
        return lines;
    }

    private static String node(String node) {
        return node.isEmpty() ? "" : node + ": ";
    }

    private <T> List<String> titled(String title, List<T> all, Function<T, String> text) {
        List<String> lines = new ArrayList<>();
        if (!all.isEmpty()) {
            lines.add(style.strong(title));
            all.forEach(each -> lines.addAll(style.wrap("  ", text.apply(each))));
        }
        return lines;
    }

    private static String cost(Diagnosis diagnosis) {
        return String.format(
                Locale.ROOT,
                "%s to the cluster, %d to registries, %.1f s",
                NameList.count(diagnosis.cost().apiCalls(), "request"),
                diagnosis.cost().registryCalls(),
                diagnosis.cost().wallMillis() / 1000.0);
    }
}
