package io.jenkins.plugins.argopreflight.action;

import hudson.model.Api;
import hudson.model.Item;
import hudson.model.Run;
import io.jenkins.plugins.argopreflight.engine.diagnose.Cause;
import io.jenkins.plugins.argopreflight.engine.diagnose.Diagnosis;
import io.jenkins.plugins.argopreflight.engine.report.GraphSvg;
import io.jenkins.plugins.argopreflight.engine.report.WorkflowGraph;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import jenkins.management.Badge;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** On a build's page, the workflows that its steps followed or diagnosed: the graph of each, and the causes. */
@ExportedBean
public final class WorkflowsAction extends BuildTab {

    private static final String URL = "argo-workflows";
    private static final Object LOCK = new Object();

    /** Replaced and never changed: Jenkins may be saving the build meanwhile. */
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

    /** One workflow, as the page shows it. */
    public record Part(WorkflowEntry entry, WorkflowGraph graph, List<Cause> causes, String problem) {

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

        /** The class of Jenkins' own box for the phase. */
        public String alert() {
            return switch (entry.getPhase()) {
                case "Succeeded" -> "jenkins-alert-success";
                case "Failed", "Error" -> "jenkins-alert-danger";
                default -> "jenkins-alert-info";
            };
        }
    }

    /** What the page shows to its reader: of each step, in their order. */
    public List<Part> parts() {
        getRun().checkPermission(Item.READ);
        return getEntries().stream().map(this::part).toList();
    }

    private Part part(WorkflowEntry entry) {
        try {
            WorkflowsStore.Kept kept = new WorkflowsStore(getRun().getRootDir()).read(entry.id());
            return new Part(
                    entry, kept.graph(), kept.diagnosis().map(Diagnosis::causes).orElse(List.of()), "");
        } catch (ReportUnreadableException e) {
            WorkflowGraph none = new WorkflowGraph("", "", "", "", List.of(), 0);
            return new Part(
                    entry, none, List.of(), Optional.ofNullable(e.getMessage()).orElse(""));
        }
    }

    @Exported(visibility = 2)
    public List<WorkflowEntry> getEntries() {
        return List.copyOf(entries);
    }

    private long failed() {
        return getEntries().stream()
                .filter(entry ->
                        entry.getPhase().equals("Failed") || entry.getPhase().equals("Error"))
                .count();
    }

    /** In a line, for the build's front page. */
    public String headline() {
        long failed = failed();
        int all = getEntries().size();
        return failed == 0 ? all + (all == 1 ? " workflow" : " workflows") : failed + " of " + all + " failed";
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
        return "Argo Workflows";
    }

    @Override
    public String getUrlName() {
        return URL;
    }

    @Override
    public Badge getBadge() {
        long failed = failed();
        return failed == 0 ? null : new Badge(String.valueOf(failed), failed + " failed", Badge.Severity.DANGER);
    }
}
