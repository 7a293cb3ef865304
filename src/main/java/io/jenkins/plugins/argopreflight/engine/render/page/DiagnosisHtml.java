package io.jenkins.plugins.argopreflight.engine.render.page;

import io.jenkins.plugins.argopreflight.engine.diagnose.Cause;
import io.jenkins.plugins.argopreflight.engine.diagnose.Diagnosis;
import io.jenkins.plugins.argopreflight.engine.render.DiagnosisTexts;
import java.util.List;
import java.util.function.Function;

/** A diagnosis as a single HTML page without external resources, with the style sheet of a preflight's page. */
public final class DiagnosisHtml {

    /** Renders the whole page, well-formed as XML too, with a newline at its end. */
    public String render(Diagnosis diagnosis) {
        HtmlPage page = new HtmlPage(DiagnosisTexts.headline(diagnosis), Html.style());
        page.open("header", diagnosis.exitCode() == 0 ? "ok" : diagnosis.exitCode() == 1 ? "failed" : "unchecked")
                .text("h1", DiagnosisTexts.headline(diagnosis))
                .text("p", diagnosis.message())
                .close("header");
        page.open("main", "");
        if (!diagnosis.causes().isEmpty()) {
            page.open("section", "").text("h2", "Causes");
            diagnosis.causes().forEach(cause -> cause(page, cause));
            page.close("section");
        }
        list(page, DiagnosisTexts.changedTitle(diagnosis), DiagnosisTexts.changed(diagnosis), each -> each);
        list(page, "Follows from it", diagnosis.consequences(), each -> (each.node() + " " + each.message()).strip());
        list(page, "Waits as it is meant to", diagnosis.waiting(), DiagnosisTexts::waiting);
        list(page, "Notes", diagnosis.notes(), note -> note);
        list(page, "Could not check", diagnosis.unknown(), each -> each.fact() + ": " + each.reason());
        page.close("main");
        return page.end();
    }

    private static void cause(HtmlPage page, Cause cause) {
        page.open("article", cause.permanent() ? "fail" : "warn");
        page.open("h3", "")
                .text("span", "outcome", DiagnosisTexts.permanence(cause))
                .text("span", "object", cause.title())
                .text("span", cause.check())
                .close("h3");
        page.text("p", "place", DiagnosisTexts.subject(cause.subject()));
        page.text("p", cause.detail());
        if (!cause.evidence().isEmpty()) {
            page.open("ul", "evidence");
            cause.evidence().forEach(each -> page.text("li", DiagnosisTexts.evidence(each)));
            page.close("ul");
        }
        cause.fixTexts().forEach(fix -> page.block(fix.text()));
        page.text("p", DiagnosisTexts.next(cause.next()));
        if (!cause.nodes().isEmpty()) {
            page.text("p", "pods", DiagnosisTexts.nodes(cause));
        }
        page.close("article");
    }

    private static <T> void list(HtmlPage page, String title, List<T> all, Function<T, String> text) {
        if (!all.isEmpty()) {
            page.open("section", "").text("h2", title).open("ul", "");
            all.forEach(each -> page.text("li", text.apply(each)));
            page.close("ul").close("section");
        }
    }
}
