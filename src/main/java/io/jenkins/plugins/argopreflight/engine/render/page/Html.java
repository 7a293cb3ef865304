package io.jenkins.plugins.argopreflight.engine.render.page;

import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.model.fact.Label;
import io.jenkins.plugins.argopreflight.engine.preflight.Report;
import io.jenkins.plugins.argopreflight.engine.preflight.Report.PermissionRow;
import io.jenkins.plugins.argopreflight.engine.preflight.Report.PermissionRow.RightAnswer;
import io.jenkins.plugins.argopreflight.engine.render.ConsequenceLines;
import io.jenkins.plugins.argopreflight.engine.render.FindingLabels;
import io.jenkins.plugins.argopreflight.engine.render.NameList;
import io.jenkins.plugins.argopreflight.engine.render.PullRows;
import io.jenkins.plugins.argopreflight.engine.render.ShownOutcome;
import io.jenkins.plugins.argopreflight.engine.render.Summary;
import io.jenkins.plugins.argopreflight.engine.render.UncheckedFacts;
import io.jenkins.plugins.argopreflight.engine.render.UncheckedFindings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A preflight as a single HTML page without external resources or scripts. It follows the reader's light or dark theme
 * and can be printed.
 */
public final class Html {

    private static final String STYLE = style();

    /** Renders the whole page, well-formed as XML too, with a newline at its end. */
    public String render(Report all) {
        Report report = UnavailableSource.withoutConsequences(all);
        HtmlPage page = new HtmlPage(Summary.of(all), STYLE);
        String tone = Label.of(report.result());
        page.open("header", tone).text("h1", Summary.of(all)).text("p", about(report));
        UnavailableSource.of(all).forEach(each -> {
            page.text("p", each.sentence() + "." + each.counted());
            each.fixTexts().forEach(fix -> page.block(fix.text()));
        });
        page.close("header");
        page.open("main", "");
        findings(page, report);
        list(
                page,
                "Ignored",
                report.ignored().stream().map(Summary::reason).distinct().toList());
        list(page, "Notes", Summary.notes(report));
        pulls(page, report);
        rights(page, report);
        unjudged(page, UncheckedFindings.of(report.findings()));
        unseen(page, report);
        page.close("main");
        page.text(
                "footer",
                String.format(
                        Locale.ROOT,
                        "%s to the cluster, %d to registries, %.1f s",
                        NameList.count(report.cost().apiCalls(), "request"),
                        report.cost().registryCalls(),
                        report.cost().wallMillis() / 1000.0));
        return page.end();
    }

    private static void findings(HtmlPage page, Report report) {
        if (report.findings().stream().allMatch(UncheckedFindings::isUnchecked)) {
            return;
        }
        page.open("section", "").text("h2", "Findings");
        List<String> ids = report.ids();
        for (int i = 0; i < ids.size(); i++) {
            if (!UncheckedFindings.isUnchecked(report.findings().get(i))) {
                finding(page, report.findings().get(i), ids.get(i));
            }
        }
        page.close("section");
    }

    private static void unjudged(HtmlPage page, List<UncheckedFindings> unjudged) {
        if (unjudged.isEmpty()) {
            return;
        }
        page.table("Could not check", "Checks", "Of", "Why");
        unjudged.forEach(each -> page.row("unknown", each.checks(), each.objects(), List.of(each.detail())));
        page.endTable();
    }

    private static void finding(HtmlPage page, Finding finding, String id) {
        ShownOutcome outcome = ShownOutcome.of(finding);
        page.open("article", outcome.label(), "f-" + id);
        page.open("h3", "")
                .text("span", "outcome", outcome.name())
                .text("span", "title", finding.title())
                .link(finding.link(), finding.check())
                .close("h3");
        String place = FindingLabels.place(finding.subject());
        String field = FindingLabels.field(finding.subject());
        String object = FindingLabels.object(finding.subject());
        page.text(
                "p",
                "place",
                Stream.of(object, place, field).filter(text -> !text.isEmpty()).collect(Collectors.joining("  ")));
        page.text("p", finding.detail());
        if (!finding.condition().isEmpty()) {
            page.text("p", "condition", "Condition: " + finding.condition());
        }
        if (!finding.evidence().isEmpty()) {
            page.open("ul", "evidence");
            finding.evidence().forEach(line -> page.text("li", line));
            page.close("ul");
        }
        finding.remediation().forEach(block -> page.block(block));
        consequences(page, ConsequenceLines.of(finding));
        if (!finding.pods().isEmpty()) {
            page.text("p", "pods", "Pods: " + String.join(", ", finding.pods()));
        }
        page.close("article");
    }

    private static void consequences(HtmlPage page, ConsequenceLines consequences) {
        if (!consequences.heading().isEmpty()) {
            page.text("p", consequences.heading()).open("ul", "evidence");
            consequences.lines().forEach(line -> page.text("li", line));
            page.close("ul");
        }
    }

    private static void list(HtmlPage page, String title, List<String> lines) {
        if (!lines.isEmpty()) {
            page.open("section", "").text("h2", title).open("ul", "");
            lines.forEach(line -> page.text("li", line));
            page.close("ul").close("section");
        }
    }

    private static void pulls(HtmlPage page, Report report) {
        if (report.pulls().isEmpty()) {
            return;
        }
        page.table("Image pulls", "Verdict", "Image", "Consumer", "Credentials used, and the answer", "For");
        List<PullRows.Row> rows = PullRows.of(report);
        for (PullRows.Row row : rows) {
            page.row(
                    Label.of(row.tone()),
                    List.of(row.words()),
                    List.of(row.image()),
                    List.of(row.consumerAndPlatforms()),
                    row.answers().isEmpty() ? List.of("-") : row.answers(),
                    List.of(row.accountsAndContainers()));
        }
        page.endTable();
        PullRows.notes(rows).forEach(sentence -> page.text("p", sentence));
    }

    private static void rights(HtmlPage page, Report report) {
        List<PermissionRow> missing = report.permissions().stream()
                .filter(row -> row.answer() == RightAnswer.NO)
                .toList();
        if (!missing.isEmpty()) {
            page.table(Summary.rightsTitle(missing), "Who", "Right", "Needed for");
            missing.forEach(row ->
                    page.row("bad", List.of(Summary.who(row)), List.of(Summary.right(row)), List.of(row.neededFor())));
            page.endTable();
        }
        List<PermissionRow> unknown = report.permissions().stream()
                .filter(row -> row.answer() == RightAnswer.UNKNOWN)
                .toList();
        if (!unknown.isEmpty()) {
            page.open("details", "")
                    .text("summary", NameList.count(unknown.size(), "right") + " could not be checked")
                    .open("ul", "evidence");
            unknown.forEach(row ->
                    page.text("li", Summary.who(row) + ": " + Summary.right(row) + " (" + row.neededFor() + ")"));
            page.close("ul").close("details");
        }
    }

    private static void unseen(HtmlPage page, Report report) {
        if (report.unknown().isEmpty()) {
            return;
        }
        page.table("Could not check", "What", "Why");
        UncheckedFacts.of(report).forEach(each -> page.row("unknown", each.facts(), List.of(each.reason())));
        page.endTable();
        if (!report.missingRole().isEmpty()) {
            page.open("section", "")
                    .text("h2", "The smallest Role that lets us look")
                    .block(report.missingRole());
            page.close("section");
        }
    }

    private static String about(Report report) {
        Report.Versions versions = report.versions();
        return "Namespace " + report.request().namespace() + "; Argo " + Summary.argo(report)
                + (versions.kubernetes().isEmpty() ? "" : "; Kubernetes " + versions.kubernetes())
                + (versions.cluster().isEmpty() ? "" : "; " + versions.cluster())
                + (versions.proxy().isEmpty()
                        ? ""
                        : " through the proxy " + versions.proxy() + ", which resolves its name")
                + (report.identity().user().isEmpty()
                        ? ""
                        : "; as user " + report.identity().user());
    }

    static String style() {
        try (InputStream in = Html.class.getResourceAsStream("report.css")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
