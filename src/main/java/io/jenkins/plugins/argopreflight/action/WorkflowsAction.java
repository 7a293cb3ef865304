package io.jenkins.plugins.argopreflight.action;

import hudson.model.Api;
import hudson.model.Item;
import hudson.model.Run;
import io.jenkins.plugins.argopreflight.engine.change.RecordedState;
import io.jenkins.plugins.argopreflight.engine.diagnose.Cause;
import io.jenkins.plugins.argopreflight.engine.diagnose.Diagnosis;
import io.jenkins.plugins.argopreflight.engine.render.DiagnosisWords;
import io.jenkins.plugins.argopreflight.engine.render.page.GraphSvg;
import io.jenkins.plugins.argopreflight.engine.render.page.ReportedBefore;
import io.jenkins.plugins.argopreflight.engine.render.page.WorkflowGraph;
import io.jenkins.plugins.argopreflight.engine.report.Report;
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

/** On a build's page, the workflows that its steps followed or diagnosed: the graph of each, and the causes. */
@ExportedBean
public final class WorkflowsAction extends BuildTab {

    /** The page, below the build. */
    public static final String URL = "argo-workflows";

    private static final Object LOCK = new Object();

    /** Replaced and never changed: Jenkins can be saving the build meanwhile. */
    private volatile ArrayList<WorkflowEntry> entries = new ArrayList<>();

    WorkflowsAction() {}

    /** Keeps the state of a workflow; build.xml is written only when its phase or its causes changed. */
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

    private boolean put(WorkflowRecord recorded) throws IOException {
        ArrayList<WorkflowEntry> changed = new ArrayList<>(entries);
        int at = IntStream.range(0, changed.size())
                .filter(i -> changed.get(i).isOwnedBy(recorded.owner()))
                .findFirst()
                .orElse(changed.size());
        String id = at < changed.size() ? changed.get(at).id() : String.valueOf(changed.size() + 1);
        new WorkflowsStore(getRun().getRootDir()).write(id, recorded);
        WorkflowEntry entry = new WorkflowEntry(id, recorded);
        if (at < changed.size() && changed.get(at).isSame(entry)) {
            return false;
        }
        if (at < changed.size()) {
            changed.set(at, entry);
        } else {
            changed.add(entry);
        }
        entries = changed;
        return true;
    }

    /**
     * One workflow, as the page shows it.
     *
     * @param reports of the preflights of the build
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

        /** Which object a cause is about, which nodes it stops, and whether waiting helps. */
        public String about(Cause cause) {
            return DiagnosisWords.subject(cause.subject()) + "; " + DiagnosisWords.duration(cause)
                    + (cause.nodes().isEmpty() ? "" : "; " + DiagnosisWords.nodes(cause));
        }

        /** What shows a cause, a line each. */
        public List<String> evidence(Cause cause) {
            return cause.evidence().stream().map(DiagnosisWords::evidence).toList();
        }

        /** What to do after the fix. */
        public String next(Cause cause) {
            return DiagnosisWords.next(cause.next());
        }

        /** What waits and is no problem, a line each. */
        public List<String> waiting() {
            return diagnosis.map(Diagnosis::waiting).orElse(List.of()).stream()
                    .map(DiagnosisWords::waiting)
                    .toList();
        }

        /** What could not be checked, and why. */
        public List<String> unknown() {
            return diagnosis.map(Diagnosis::unknown).orElse(List.of()).stream()
                    .map(each -> each.fact() + ": " + each.reason())
                    .toList();
        }

        /** The heading of what changed since an earlier build; "" when it was compared with none. */
        public String changedTitle() {
            return diagnosis.map(DiagnosisWords::changedTitle).orElse("");
        }

        /** What changed, a line each, or one sentence. */
        public List<String> changed() {
            return diagnosis.map(DiagnosisWords::changed).orElse(List.of());
        }

        /** What the preflights of the build reported about a cause, before it happened. */
        public List<String> preflights(Cause cause) {
            return reports.stream()
                    .map(report -> ReportedBefore.about(cause, report))
                    .distinct()
                    .toList();
        }

        public boolean isReadable() {
            return problem.isEmpty();
        }

        public boolean isDrawn() {
            return !graph.nodes().isEmpty();
        }

        /** The graph, whose nodes link to the rows of the table. */
        public String svg() {
            return GraphSvg.of(graph, rowId());
        }

        /** Of the rows, with the index of the node behind it. */
        public String rowId() {
            return "ap-node-" + entry.id() + "-";
        }

        /** The phase, and why the workflow is in it, as far as that is known. */
        public String banner() {
            String phase = entry.getPhase().isEmpty() ? Messages.WorkflowsAction_noPhase() : entry.getPhase();
            String cause =
                    causes().isEmpty() ? graph.failure() : causes().get(0).title();
            String more = causes().size() > 1 ? " " + Messages.WorkflowsAction_more(causes().size() - 1) : "";
            return phase + (cause.isEmpty() ? "" : ": " + cause + more);
        }

        /** The class of Jenkins' own box for the phase. */
        public String alert() {
            if (entry.isWrong()) {
                return "jenkins-alert-danger";
            }
            return entry.getPhase().equals("Succeeded") ? "jenkins-alert-success" : "jenkins-alert-info";
        }
    }

    /** What the page shows to its reader: of each step, in their order. */
    public List<Part> parts() {
        getRun().checkPermission(Item.READ);
        List<WorkflowEntry> shown = getEntries();
        boolean caused = shown.stream().anyMatch(entry -> entry.getCauses() > 0);
        List<Report> reports = caused ? reports() : List.of();
        return shown.stream().map(entry -> part(entry, reports)).toList();
    }

    private Part part(WorkflowEntry entry, List<Report> reports) {
        try {
            WorkflowsStore.Kept kept = new WorkflowsStore(getRun().getRootDir()).read(entry.id());
            return new Part(entry, kept.graph(), kept.diagnosis(), reports, "");
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

    /** Those that can be read. */
    private List<Report> reports() {
        List<Report> reports = new ArrayList<>();
        for (PreflightReportAction action : getRun().getActions(PreflightReportAction.class)) {
            try {
                reports.add(action.shown());
            } catch (ReportUnreadableException e) {
                // Its own page says so.
            }
        }
        return reports;
    }

    /** What the diagnoses of the build read, those of them that can be read. */
    RecordedState recorded(String cluster) {
        RecordedState all = RecordedState.NONE;
        for (WorkflowEntry entry : getEntries()) {
            try {
                all = all.and(new WorkflowsStore(getRun().getRootDir())
                        .read(entry.id())
                        .recorded()
                        .of(cluster));
            } catch (ReportUnreadableException e) {
                // Its part of the page says so.
            }
        }
        return all;
    }

    /** The lines that containers of a node wrote, out of the log of its step. */
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

    /** How many workflows there are of which an entry is so; several steps can have one of the same. */
    private long count(Predicate<WorkflowEntry> wanted) {
        var wantedOnes = getEntries().stream().filter(wanted);
        return wantedOnes.map(WorkflowEntry::getWorkflow).distinct().count();
    }

    private long failed() {
        return count(WorkflowEntry::isFailed);
    }

    /** Those for which something was found, and which had not ended when the build did. */
    private long hang() {
        return count(entry -> entry.isWrong() && !entry.isFailed());
    }

    /** Whether each workflow succeeded, or runs without a cause to stop. */
    boolean isWell() {
        return failed() == 0 && getEntries().stream().allMatch(entry -> entry.getCauses() == 0);
    }

    /** In a line, for the build's front page. */
    public String headline() {
        long failed = failed();
        long hang = hang();
        long all = count(entry -> true);
        if (failed > 0) {
            return Messages.WorkflowsAction_failed(failed, all);
        }
        return hang > 0 ? Messages.WorkflowsAction_hang(hang, all) : Messages.WorkflowsAction_all(all);
    }

    /** The first workflow of which a cause is known, those that failed first; none where nothing is wrong. */
    public List<WorkflowEntry> caused() {
        return getEntries().stream()
                .filter(entry -> entry.isWrong() && !entry.getCause().isEmpty())
                .sorted(Comparator.comparing(entry -> !entry.isFailed()))
                .limit(1)
                .toList();
    }

    /** The workflow that a step recorded; empty where nothing of it went wrong, or no cause is known. */
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
        long wrong = failed() > 0 ? failed() : hang();
        return wrong == 0 ? null : new Badge(String.valueOf(wrong), headline(), Badge.Severity.DANGER);
    }
}
