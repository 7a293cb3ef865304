package io.jenkins.plugins.argopreflight.engine.render.page;

import io.jenkins.plugins.argopreflight.engine.diagnose.Cause;
import io.jenkins.plugins.argopreflight.engine.diagnose.Diagnosis;
import io.jenkins.plugins.argopreflight.engine.render.DiagnosisTexts;
import java.util.List;
import java.util.function.Function;

/** A diagnosis as GitHub's Markdown. The texts of the diagnosis are escaped. */
public final class DiagnosisMarkdown {

    private static final String LINE_BREAK = "\\\n";

    /** Renders the whole diagnosis, with a newline at its end. */
    public String render(Diagnosis diagnosis) {
        StringBuilder out = new StringBuilder("# ").append(Markdown.text(DiagnosisTexts.headline(diagnosis)));
        out.append('\n');
        diagnosis.causes().forEach(cause -> cause(out, cause));
        list(out, DiagnosisTexts.changedTitle(diagnosis), DiagnosisTexts.changed(diagnosis), each -> each);
        list(out, "Follows from it", diagnosis.consequences(), each -> each.node() + " " + each.message());
        list(out, "Waits as it is meant to", diagnosis.waiting(), DiagnosisTexts::waiting);
        list(out, "Notes", diagnosis.notes(), note -> note);
        list(out, "Could not check", diagnosis.unknown(), each -> each.fact() + ": " + each.reason());
        return out.toString();
    }

    private static void cause(StringBuilder out, Cause cause) {
        out.append("\n## ").append(Markdown.text(cause.title())).append("\n\n");
        out.append(Markdown.text(DiagnosisTexts.subject(cause.subject()))).append(" · ");
        out.append(Markdown.text(cause.check())).append(" · ").append(DiagnosisTexts.permanence(cause));
        out.append("\n\n").append(Markdown.text(cause.detail())).append('\n');
        if (!cause.nodes().isEmpty()) {
            out.append('\n').append(Markdown.text(DiagnosisTexts.nodes(cause))).append('\n');
        }
        if (!cause.evidence().isEmpty()) {
            out.append('\n');
            cause.evidence()
                    .forEach(each -> out.append("> ")
                            .append(Markdown.text(DiagnosisTexts.evidence(each)))
                            .append(LINE_BREAK));
            out.setLength(out.length() - LINE_BREAK.length());
            out.append('\n');
        }
        cause.fixTexts().forEach(fix -> Markdown.fence(out, "", fix.text()));
        out.append('\n')
                .append(Markdown.text(DiagnosisTexts.next(cause.next())))
                .append('\n');
    }

    private static <T> void list(StringBuilder out, String title, List<T> all, Function<T, String> text) {
        if (!all.isEmpty()) {
            out.append("\n## ").append(title).append("\n\n");
            all.forEach(each -> out.append("- ")
                    .append(Markdown.text(text.apply(each).strip()))
                    .append('\n'));
        }
    }
}
