package io.jenkins.plugins.argopreflight.action;

import hudson.model.Api;
import hudson.model.Item;
import hudson.model.Run;
import io.jenkins.plugins.argopreflight.engine.preflight.RunResult;
import io.jenkins.plugins.argopreflight.engine.render.text.SyncTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import jenkins.management.Badge;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * The tab of a build with the Secrets that its steps wrote: the changes in each namespace, and the fixes of failures.
 */
@ExportedBean
public final class SecretsAction extends BuildTab {

    private static final String URL = "argo-registry-secrets";
    private static final Object LOCK = new Object();

    /** The entries. The list is replaced and never changed, since Jenkins can save the build at the same time. */
    private volatile ArrayList<SecretsEntry> entries = new ArrayList<>();

    SecretsAction() {}

    /**
     * Records the result of a step. It replaces the earlier result of the same owner. The cluster's address is redacted
     * in the stored texts.
     */
    public static void record(Run<?, ?> run, SecretsRecord recorded) throws IOException {
        synchronized (LOCK) {
            SecretsAction action = run.getAction(SecretsAction.class);
            if (action == null) {
                action = new SecretsAction();
                run.addAction(action);
            }
            action.store(recorded);
            run.save();
        }
    }

    /**
     * Records the end of a Pipeline block, if the build has a result of the block.
     *
     * @param owner the id of the block
     * @param sentence the change of the Secret at the end of the block, for the page
     */
    public static void recordEnd(Run<?, ?> run, String owner, String sentence) throws IOException {
        synchronized (LOCK) {
            SecretsAction action = run.getAction(SecretsAction.class);
            if (action != null) {
                action.getEntries().stream()
                        .filter(entry -> entry.isOwnedBy(owner))
                        .forEach(entry -> entry.endAs(sentence));
                run.save();
            }
        }
    }

    /** Writes the result to a file in the build's folder, and replaces or adds the entry of its owner. */
    private void store(SecretsRecord recorded) throws IOException {
        ArrayList<SecretsEntry> changedEntries = new ArrayList<>(entries);
        int index = 0;
        while (index < changedEntries.size() && !changedEntries.get(index).isOwnedBy(recorded.owner())) {
            index++;
        }
        String id = index < changedEntries.size()
                ? changedEntries.get(index).id()
                : String.valueOf(changedEntries.size() + 1);
        new SecretsStore(getRun().getRootDir()).write(id, recorded.table(), recorded.server());
        SecretsEntry entry = new SecretsEntry(id, recorded);
        if (index < changedEntries.size()) {
            changedEntries.set(index, entry);
        } else {
            changedEntries.add(entry);
        }
        entries = changedEntries;
    }

    /** The result of a step, as the page shows it. */
    public record Part(SecretsEntry entry, SyncTable table, String problem) {

        /** Returns the CSS class of Jenkins' alert for the result. */
        public String alert() {
            return switch (entry.runResult()) {
                case OK -> "jenkins-alert-success";
                case FAILED -> "jenkins-alert-danger";
                case UNCHECKED -> "jenkins-alert-warning";
            };
        }

        public boolean isReadable() {
            return problem.isEmpty();
        }

        public String registries() {
            return String.join(", ", table.registries());
        }
    }

    /** Returns the results of the steps in their order, as the page shows them. */
    public List<Part> parts() {
        getRun().checkPermission(Item.READ);
        return getEntries().stream().map(this::part).toList();
    }

    private Part part(SecretsEntry entry) {
        try {
            return new Part(entry, new SecretsStore(getRun().getRootDir()).read(entry.id()), "");
        } catch (ReportUnreadableException e) {
            return new Part(
                    entry, new SyncTable("", entry.getResult(), List.of(), List.of(), List.of()), e.getMessage());
        }
    }

    @Exported(visibility = 2)
    public List<SecretsEntry> getEntries() {
        return List.copyOf(entries);
    }

    private long failed() {
        return getEntries().stream()
                .filter(entry -> entry.runResult() == RunResult.FAILED)
                .count();
    }

    /** Returns the number of Secrets for each result in one line, for the build's page. */
    public String headline() {
        Map<String, Long> words = getEntries().stream()
                .collect(Collectors.groupingBy(SecretsEntry::word, TreeMap::new, Collectors.counting()));
        return words.entrySet().stream()
                .map(word -> word.getValue() + " " + word.getKey())
                .collect(Collectors.joining(", "));
    }

    /** Returns the CSS class of the card on the build's page: red after a failure, "" for the default color. */
    public String cardColor() {
        return failed() == 0 ? "" : "jenkins-!-error-color";
    }

    public Api getApi() {
        return new Api(this);
    }

    @Override
    public String getIconFileName() {
        return "symbol-key";
    }

    @Override
    public String getDisplayName() {
        return Messages.SecretsAction_displayName();
    }

    @Override
    public String getUrlName() {
        return URL;
    }

    @Override
    public @Nullable Badge getBadge() {
        long failed = failed();
        return failed == 0
                ? null
                : new Badge(String.valueOf(failed), Messages.SecretsAction_badge(failed), Badge.Severity.DANGER);
    }
}
