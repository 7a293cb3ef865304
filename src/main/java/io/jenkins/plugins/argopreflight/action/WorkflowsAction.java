package io.jenkins.plugins.argopreflight.action;

import hudson.model.Api;
import hudson.model.Item;
import hudson.model.Run;
import io.jenkins.plugins.argopreflight.engine.diagnose.Cause;
import io.jenkins.plugins.argopreflight.engine.diagnose.Diagnosis;
import io.jenkins.plugins.argopreflight.engine.facts.change.RecordedState;
import io.jenkins.plugins.argopreflight.engine.preflight.Report;
import io.jenkins.plugins.argopreflight.engine.render.DiagnosisTexts;
import io.jenkins.plugins.argopreflight.engine.render.page.GraphSvg;
import io.jenkins.plugins.argopreflight.engine.render.page.ReportedBefore;
import io.jenkins.plugins.argopreflight.engine.render.page.WorkflowGraph;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import jenkins.management.Badge;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.WebMethod;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** The tab of a build with the workflows that its steps followed or diagnosed: the graph and the causes of each. */
@ExportedBean
public final class WorkflowsAction extends BuildTab {

    /** The URL of the page, relative to the build. */
    public static final String URL = "argo-workflows";

    private static final Object LOCK = new Object();

    /** The entries. The list is replaced and never changed, since Jenkins can save the build at the same time. */
    private volatile ArrayList<WorkflowEntry> entries = new ArrayList<>();

    WorkflowsAction() {}

    /** Records the state of a workflow. build.xml is written only if its phase or causes changed. */
    public static void record(Run<?, ?> run, WorkflowRecord recorded) throws IOException {
        synchronized (LOCK) {
            WorkflowsAction action = run.getAction(WorkflowsAction.class);
            if (action == null) {
                action = new WorkflowsAction();
                run.addAction(action);
            }
            if (action.put(recorded)) {
                run.save();
            }
        }
    }

    /** Writes the data into the build's folder, and returns whether build.xml changes. */
    private boolean put(WorkflowRecord recorded) throws IOException {
        ArrayList<WorkflowEntry> changedEntries = new ArrayList<>(entries);
        int index = IntStream.range(0, changedEntries.size())
                .filter(i -> changedEntries.get(i).isOwnedBy(recorded.owner()))
                .findFirst()
                .orElse(changedEntries.size());
        String id = index < changedEntries.size()
                ? changedEntries.get(index).id()
                : String.valueOf(changedEntries.size() + 1);
        new WorkflowsStore(getRun().getRootDir()).write(id, recorded);
        WorkflowEntry entry = new WorkflowEntry(id, recorded);
        if (index < changedEntries.size() && changedEntries.get(index).isSameState(entry)) {
            return false;
        }
        if (index < changedEntries.size()) {
            changedEntries.set(index, entry);
        } else {
            changedEntries.add(entry);
        }
        entries = changedEntries;
        return true;
    }

    /**
     * A workflow, as the page shows it.
     *
     * @param reports reports of the build's preflights
     */
    public record Part(
            WorkflowEntry entry,
            WorkflowGraph graph,
            Optional<Diagnosis> diagnosis,
            List<Report> reports,
            String problem) {

        public List<Cause> causes() {
            return diagnosis.map(Diagnosis::causes).orElse(List.of());
        }

        /** Returns the object of a cause, the duration, and the affected nodes. */
        public String about(Cause cause) {
            return DiagnosisTexts.subject(cause.subject()) + "; " + DiagnosisTexts.permanence(cause)
                    + (cause.nodes().isEmpty() ? "" : "; " + DiagnosisTexts.nodes(cause));
        }

        /** Returns the evidence of a cause, in lines. */
        public List<String> evidence(Cause cause) {
            return cause.evidence().stream().map(DiagnosisTexts::evidence).toList();
        }

        /** Returns a sentence about the next step after the cause is fixed. */
        public String next(Cause cause) {
            return DiagnosisTexts.next(cause.next());
        }

        /** Returns a line for each node that waits without a problem. */
        public List<String> waiting() {
            return diagnosis.map(Diagnosis::waiting).orElse(List.of()).stream()
                    .map(DiagnosisTexts::waiting)
                    .toList();
        }

        /** Returns the facts that could not be checked, with the reason. */
        public List<String> unknown() {
            return diagnosis.map(Diagnosis::unknown).orElse(List.of()).stream()
                    .map(each -> each.fact() + ": " + each.reason())
                    .toList();
        }

        /** Returns the heading of the changes since an earlier build; "" if none was compared. */
        public String changedTitle() {
            return diagnosis.map(DiagnosisTexts::changedTitle).orElse("");
        }

        /** Returns the changes since an earlier build, in lines, or one sentence. */
        public List<String> changed() {
            return diagnosis.map(DiagnosisTexts::changed).orElse(List.of());
        }

        /** Returns the results of the build's preflights for a cause, in sentences. */
        public List<String> preflights(Cause cause) {
            return reports.stream()
                    .map(report -> ReportedBefore.sentence(cause, report))
                    .distinct()
                    .toList();
        }

        public boolean isReadable() {
            return problem.isEmpty();
        }

        public boolean isDrawn() {
            return !graph.nodes().isEmpty();
        }

        /** Returns the graph, whose nodes link to the rows of the table. */
        public String svg() {
            return GraphSvg.of(graph, rowId());
        }

        /** Returns the prefix of the rows' ids; the index of the node follows it. */
        public String rowId() {
            return "ap-node-" + entry.id() + "-";
        }

        /** Returns the phase and, if it is known, the reason for it. */
        public String banner() {
            String phase = entry.getPhase().isEmpty() ? Messages.WorkflowsAction_noPhase() : entry.getPhase();
            String cause =
                    causes().isEmpty() ? graph.failure() : causes().get(0).title();
            String others = causes().size() > 1 ? " " + Messages.WorkflowsAction_more(causes().size() - 1) : "";
            return phase + (cause.isEmpty() ? "" : ": " + cause + others);
        }

        /** Returns the CSS class of Jenkins' alert for the phase. */
        public String alert() {
            if (entry.isWrong()) {
                return "jenkins-alert-danger";
            }
            return entry.getPhase().equals("Succeeded") ? "jenkins-alert-success" : "jenkins-alert-info";
        }
    }

    /** Returns the workflows of the steps in their order, as the page shows them. */
    public List<Part> parts() {
        getRun().checkPermission(Item.READ);
        List<WorkflowEntry> entries = getEntries();
        boolean haveCauses = entries.stream().anyMatch(entry -> entry.getCauses() > 0);
        List<Report> reports = haveCauses ? reports() : List.of();
        return entries.stream().map(entry -> part(entry, reports)).toList();
    }

    private Part part(WorkflowEntry entry, List<Report> reports) {
        try {
            WorkflowsStore.StoredWorkflow stored = new WorkflowsStore(getRun().getRootDir()).read(entry.id());
            return new Part(entry, stored.graph(), stored.diagnosis(), reports, "");
        } catch (ReportUnreadableException e) {
            WorkflowGraph none = new WorkflowGraph("", "", "", "", List.of(), 0);
            return new Part(
                    entry,
                    none,
                    Optional.empty(),
                    List.of(),
                    Optional.ofNullable(e.getMessage()).orElse(""));
        }
    }

    /** Returns the reports of the build that can be read. */
    private List<Report> reports() {
        List<Report> reports = new ArrayList<>();
        for (PreflightReportAction action : getRun().getActions(PreflightReportAction.class)) {
            try {
                reports.add(action.shown());
            } catch (ReportUnreadableException e) {
                // The page of the report shows the error.
            }
        }
        return reports;
    }

    /** Returns the state of a cluster that the build's diagnoses read. Unreadable diagnoses are left out. */
    RecordedState recorded(String cluster) {
        RecordedState all = RecordedState.NONE;
        for (WorkflowEntry entry : getEntries()) {
            try {
                all = all.and(new WorkflowsStore(getRun().getRootDir())
                        .read(entry.id())
                        .recorded()
                        .of(cluster));
            } catch (ReportUnreadableException e) {
                // The workflow's part of the page shows the error.
            }
        }
        return all;
    }

    /** Sends the lines of a node's containers in the log of its step. */
    @WebMethod(name = "node.log")
    public void nodeLog(StaplerResponse2 response, @QueryParameter String workflow, @QueryParameter int node)
            throws IOException {
        getRun().checkPermission(Item.READ);
        Optional<Part> part = getEntries().stream()
                .filter(entry -> entry.id().equals(workflow))
                .findFirst()
                .map(entry -> part(entry, List.of()));
        List<WorkflowGraph.Node> nodes = part.map(each -> each.graph().nodes()).orElse(List.of());
        if (node < 0 || node >= nodes.size() || nodes.get(node).log().isEmpty()) {
            response.sendError(404, Messages.WorkflowsAction_noLog());
            return;
        }
        NodeLog.send(getRun(), part.get().entry().flowNode(), nodes.get(node).log(), response);
    }

    @Exported(visibility = 2)
    public List<WorkflowEntry> getEntries() {
        return List.copyOf(entries);
    }

    /**
     * Returns the number of distinct workflows with a matching entry. Several steps can have entries of the same
     * workflow.
     */
    private long count(Predicate<WorkflowEntry> filter) {
        var matching = getEntries().stream().filter(filter);
        return matching.map(WorkflowEntry::getWorkflow).distinct().count();
    }

    private long failed() {
        return count(WorkflowEntry::isFailed);
    }

    /** Returns the number of workflows that a cause blocks and that had not ended when the build did. */
    private long blocked() {
        return count(entry -> entry.isWrong() && !entry.isFailed());
    }

    /** Returns whether no workflow failed and none has a cause. */
    boolean isWell() {
        return failed() == 0 && getEntries().stream().allMatch(entry -> entry.getCauses() == 0);
    }

    /** Returns the numbers of workflows in one line, for the build's page. */
    public String headline() {
        long failed = failed();
        long blocked = blocked();
        long all = count(entry -> true);
        if (failed > 0) {
            return Messages.WorkflowsAction_failed(failed, all);
        }
        return blocked > 0 ? Messages.WorkflowsAction_hang(blocked, all) : Messages.WorkflowsAction_all(all);
    }

    /**
     * Returns a list with one workflow that has a known cause, preferring failed ones; an empty list if there is none.
     */
    public List<WorkflowEntry> caused() {
        return getEntries().stream()
                .filter(entry -> entry.isWrong() && !entry.getCause().isEmpty())
                .sorted(Comparator.comparing(entry -> !entry.isFailed()))
                .limit(1)
                .toList();
    }

    /** Returns the workflow that a step recorded; empty if it has no problem or the cause is not known. */
    public static Optional<WorkflowEntry> wrong(Run<?, ?> run, String owner) {
        WorkflowsAction action = run.getAction(WorkflowsAction.class);
        List<WorkflowEntry> all = action == null ? List.of() : action.getEntries();
        return all.stream()
                .filter(entry -> entry.isOwnedBy(owner)
                        && entry.isWrong()
                        && !entry.getCause().isEmpty())
                .findFirst();
    }

    public Api getApi() {
        return new Api(this);
    }

    @Override
    public String getIconFileName() {
        return "symbol-list";
    }

    @Override
    public String getDisplayName() {
        return Messages.WorkflowsAction_displayName();
    }

    @Override
    public String getUrlName() {
        return URL;
    }

    @Override
    public @Nullable Badge getBadge() {
        long wrong = failed() > 0 ? failed() : blocked();
        return wrong == 0 ? null : new Badge(String.valueOf(wrong), headline(), Badge.Severity.DANGER);
    }
}
