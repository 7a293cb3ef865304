package io.jenkins.plugins.argopreflight.action;

import hudson.model.Api;
import hudson.model.Item;
import io.jenkins.plugins.argopreflight.action.ReportRecord.Verdict;
import io.jenkins.plugins.argopreflight.engine.change.RecordedState;
import io.jenkins.plugins.argopreflight.engine.report.Report;
import java.io.IOException;
import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import jenkins.management.Badge;
import jenkins.model.Jenkins;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.WebMethod;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.springframework.security.access.AccessDeniedException;

/** A preflight's report on its build's page. The report itself is a file beside build.xml, read when it is looked at. */
@ExportedBean
public final class PreflightReportAction extends BuildTab {

    /** Of the report that no one gave an id. */
    public static final String DEFAULT_ID = "argo-preflight";

    private final String id;
    private final String name;
    private final String owner;

    @SuppressWarnings("UnusedVariable") // for later versions, which read build.xml
    private final int schemaVersion;

    private final String verdict;
    private final ReportCounts counts;

    private transient @Nullable SoftReference<Report> read;

    PreflightReportAction(String id, ReportRecord recorded) {
        this.id = id;
        this.name = recorded.name();
        this.owner = recorded.owner();
        this.schemaVersion = recorded.report().schemaVersion();
        this.verdict = recorded.verdict().name();
        this.counts = ReportCounts.of(recorded.report(), recorded.history());
    }

    @Override
    public String getIconFileName() {
        return "symbol-paper-plane-outline";
    }

    @Override
    public String getDisplayName() {
        return name.isEmpty() ? Messages.displayName() : name;
    }

    @Override
    public String getUrlName() {
        return id;
    }

    @Override
    public @Nullable Badge getBadge() {
        return counts.failed() == 0
                ? null
                : new Badge(
                        String.valueOf(counts.failed()),
                        Messages.PreflightReportAction_badge(counts.failed()),
                        Badge.Severity.DANGER);
    }

    @Exported(visibility = 2)
    public String getId() {
        return id;
    }

    /** In words for programs: passed, unstable, failed. */
    @Exported(visibility = 2)
    public String getResult() {
        return verdict.toLowerCase(Locale.ROOT);
    }

    /** The color of the card on the build's page. */
    public String cardColor() {
        return switch (getResult()) {
            case "failed" -> "jenkins-!-error-color";
            case "unstable" -> "jenkins-!-warning-color";
            default -> counts.failed() == 0 ? "" : "jenkins-!-warning-color";
        };
    }

    /** Whether its gates let it pass. */
    boolean isPassed() {
        return Verdict.PASSED.name().equals(verdict);
    }

    /** Whether its gates failed the build. */
    boolean isFailed() {
        return Verdict.FAILED.name().equals(verdict);
    }

    boolean isOwnedBy(String recorder) {
        return owner.equals(recorder);
    }

    public ReportCounts counts() {
        return counts;
    }

    /** What it came to, in a line. */
    public String headline() {
        List<String> parts = new ArrayList<>();
        if (counts.failed() != 0) {
            parts.add(Messages.PreflightReportAction_failures(counts.failed()));
        }
        if (counts.warned() != 0) {
            parts.add(Messages.PreflightReportAction_warnings(counts.warned()));
        }
        if (counts.unknown() != 0) {
            parts.add(Messages.PreflightReportAction_unknown(counts.unknown()));
        }
        String news = counts.fresh() == 0 ? "" : "; " + Messages.PreflightReportAction_new(counts.fresh());
        return parts.isEmpty() ? Messages.PreflightReportAction_nothing() : String.join(", ", parts) + news;
    }

    @Exported(visibility = 2)
    public int getFailed() {
        return counts.failed();
    }

    @Exported(visibility = 2)
    public int getWarned() {
        return counts.warned();
    }

    @Exported(visibility = 2)
    public int getUnknown() {
        return counts.unknown();
    }

    @Exported(visibility = 2)
    public int getIgnored() {
        return counts.ignored();
    }

    @Exported
    public List<ExportedFinding> getFindings() {
        try {
            return ExportedFinding.of(shown());
        } catch (ReportUnreadableException e) {
            return List.of();
        }
    }

    public Api getApi() {
        return new Api(this);
    }

    /**
     * What the page shows to the one who asks.
     *
     * @param from the first finding, as the page's own links count; null or nonsense for the first
     */
    public ReportPage page(String from) {
        getRun().checkPermission(Item.READ);
        try {
            return ReportPage.of(shown(), getResult(), shownHistory(report()), from);
        } catch (ReportUnreadableException e) {
            return ReportPage.unreadable(e.getMessage());
        }
    }

    @WebMethod(name = "report.json")
    public void json(StaplerResponse2 response) throws IOException {
        send(ReportDownload.JSON, response);
    }

    @WebMethod(name = "report.junit.xml")
    public void junit(StaplerResponse2 response) throws IOException {
        send(ReportDownload.JUNIT, response);
    }

    @WebMethod(name = "report.sarif")
    public void sarif(StaplerResponse2 response) throws IOException {
        send(ReportDownload.SARIF, response);
    }

    @WebMethod(name = "report.html")
    public void html(StaplerResponse2 response) throws IOException {
        send(ReportDownload.HTML, response);
    }

    @WebMethod(name = "report.md")
    public void markdown(StaplerResponse2 response) throws IOException {
        send(ReportDownload.MARKDOWN, response);
    }

    private void send(ReportDownload download, StaplerResponse2 response) throws IOException {
        getRun().checkPermission(Item.READ);
        try {
            download.send(shown(), id, response);
        } catch (ReportUnreadableException e) {
            response.sendError(404, e.getMessage());
        }
    }

    /** The report as the one who asks can see it: where the cluster is, only who configures the job can know. */
    Report shown() throws ReportUnreadableException {
        Report report = report();
        return canConfigure() ? report : Redacted.of(report);
    }

    private boolean canConfigure() {
        return getRun().getParent().hasPermission(Item.CONFIGURE);
    }

    /** The whole report, for those who decide by it. */
    synchronized Report report() throws ReportUnreadableException {
        Report kept = read == null ? null : read.get();
        if (kept == null) {
            kept = store().read(id);
            read = new SoftReference<>(kept);
        }
        return kept;
    }

    /** What was recorded for comparisons. */
    RecordedState recorded() {
        return store().readRecorded(id);
    }

    /** A reference build that the reader is not allowed to read is left out. */
    private History shownHistory(Report report) {
        History history = history();
        if (history.hasReference() && !canRead(history.referenceJob())) {
            return history.withoutReference();
        }
        return canConfigure()
                ? history
                : history.without(new HiddenServer(report.versions().cluster()));
    }

    private static boolean canRead(String job) {
        try {
            Item found = Jenkins.get().getItemByFullName(job);
            return found != null && found.hasPermission(Item.READ);
        } catch (AccessDeniedException e) {
            // The reader is allowed to discover the job only.
            return false;
        }
    }

    History history() {
        return store().readHistory(id);
    }

    private ReportStore store() {
        return new ReportStore(getRun().getRootDir());
    }
}
