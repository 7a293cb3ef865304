package io.jenkins.plugins.argopreflight.action;

import hudson.model.Api;
import hudson.model.Item;
import io.jenkins.plugins.argopreflight.action.ReportRecord.Verdict;
import io.jenkins.plugins.argopreflight.engine.facts.change.RecordedState;
import io.jenkins.plugins.argopreflight.engine.preflight.Report;
import java.io.IOException;
import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import jenkins.management.Badge;
import jenkins.model.Jenkins;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.WebMethod;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.springframework.security.access.AccessDeniedException;

/** The report of a preflight on its build's page. The report is a file next to build.xml, which is read on demand. */
@ExportedBean
public final class PreflightReportAction extends BuildTab {

    /** The id of a report for which the step sets no id. */
    public static final String DEFAULT_ID = "argo-preflight";

    private final String id;
    private final String name;
    private final String owner;

    @SuppressWarnings("UnusedVariable") // Later versions read it from build.xml.
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

    /** Returns the result for programs: passed, unstable or failed. */
    @Exported(visibility = 2)
    public String getResult() {
        return verdict.toLowerCase(Locale.ROOT);
    }

    /** Returns the CSS class of the card on the build's page. */
    public String cardColor() {
        if (isFailed()) {
            return "jenkins-!-error-color";
        }
        return is(Verdict.UNSTABLE) || counts.failed() != 0 ? "jenkins-!-warning-color" : "";
    }

    /** Returns whether the report passed with its {@code failOn} and {@code unstableOn}. */
    boolean isPassed() {
        return is(Verdict.PASSED);
    }

    /** Returns whether the report failed the build. */
    boolean isFailed() {
        return is(Verdict.FAILED);
    }

    private boolean is(Verdict expected) {
        return expected.name().equals(verdict);
    }

    /** Returns the result, read from the name in build.xml; empty for a name of a later version. */
    private Optional<Verdict> verdict() {
        return Stream.of(Verdict.values())
                .filter(each -> each.name().equals(verdict))
                .findFirst();
    }

    /** Returns whether the step with this id recorded the report. A later record of the same step replaces it. */
    boolean isOwnedBy(String stepId) {
        return owner.equals(stepId);
    }

    public ReportCounts counts() {
        return counts;
    }

    /** Returns the numbers of findings in one line. */
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
        String newFindings = counts.fresh() == 0 ? "" : "; " + Messages.PreflightReportAction_new(counts.fresh());
        return parts.isEmpty() ? Messages.PreflightReportAction_nothing() : String.join(", ", parts) + newFindings;
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
     * Returns the content of the page for the current user.
     *
     * @param from the number of the first finding to show, as in the links of the page; null or an invalid number for
     *     the first page
     */
    public ReportPage page(String from) {
        getRun().checkPermission(Item.READ);
        try {
            Report report = report();
            return ReportPage.of(
                    shown(),
                    canConfigure() ? report.versions().cluster() : "",
                    verdict().orElse(Verdict.UNSTABLE),
                    shownHistory(report),
                    from);
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

    /** Returns the report for the current user. Only users who can configure the job see the cluster's address. */
    Report shown() throws ReportUnreadableException {
        Report report = report();
        return canConfigure() ? report : Redacted.of(report);
    }

    private boolean canConfigure() {
        return getRun().getParent().hasPermission(Item.CONFIGURE);
    }

    /** Returns the whole report, which is not restricted to what the current user can see. */
    synchronized Report report() throws ReportUnreadableException {
        Report cached = read == null ? null : read.get();
        if (cached == null) {
            cached = store().read(id);
            read = new SoftReference<>(cached);
        }
        return cached;
    }

    /** Returns the recorded state of the cluster, for comparisons. */
    RecordedState recorded() {
        return store().readRecorded(id);
    }

    /** Returns the history for the current user. A reference build that the user is not allowed to read is left out. */
    private History shownHistory(Report report) {
        History history = history();
        if (history.hasReference() && !canRead(history.referenceJob())) {
            return history.withoutReference();
        }
        return canConfigure()
                ? history
                : history.withoutAddress(new HiddenServer(report.versions().cluster()));
    }

    private static boolean canRead(String job) {
        try {
            Item found = Jenkins.get().getItemByFullName(job);
            return found != null && found.hasPermission(Item.READ);
        } catch (AccessDeniedException e) {
            // The user is only allowed to discover the job.
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
