package io.jenkins.plugins.argopreflight.action;

import io.jenkins.plugins.argopreflight.engine.preflight.Report;
import io.jenkins.plugins.argopreflight.engine.render.ci.JUnitXml;
import io.jenkins.plugins.argopreflight.engine.render.ci.Sarif;
import io.jenkins.plugins.argopreflight.engine.render.json.PreflightJson;
import io.jenkins.plugins.argopreflight.engine.render.page.Html;
import io.jenkins.plugins.argopreflight.engine.render.page.Markdown;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.kohsuke.stapler.StaplerResponse2;

/** The formats in which a report can be downloaded. */
enum ReportDownload {
    JSON("json", "application/json", report -> new PreflightJson().render(report)),
    JUNIT("junit.xml", "application/xml", report -> new JUnitXml().render(report)),
    SARIF("sarif", "application/sarif+json", report -> new Sarif().render(report)),
    HTML("html", "text/html", report -> new Html().render(report)),
    MARKDOWN("md", "text/markdown", report -> new Markdown().render(report));

    private final String extension;
    private final String type;
    private final Function<Report, String> renderer;

    ReportDownload(String extension, String type, Function<Report, String> renderer) {
        this.extension = extension;
        this.type = type;
        this.renderer = renderer;
    }

    /** Sends the report as an attachment, so that no part of it runs or is shown as a page of Jenkins. */
    void send(Report report, String id, StaplerResponse2 response) throws IOException {
        byte[] content = renderer.apply(report).getBytes(StandardCharsets.UTF_8);
        response.setContentType(type + ";charset=UTF-8");
        response.setHeader("Content-Disposition", "attachment; filename=\"" + id + "." + extension + "\"");
        response.setHeader("Content-Security-Policy", "sandbox; default-src 'none'; style-src 'unsafe-inline'");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.getOutputStream().write(content);
    }
}
