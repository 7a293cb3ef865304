package io.jenkins.plugins.argopreflight.config;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.AdministrativeMonitor;
import hudson.model.Item;
import hudson.model.ItemGroup;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import jenkins.model.Jenkins;

/**
 * The monitor that warns administrators of two problems: a cluster's credential that the plugin does not renew ends in
 * less than 14 days, or a token could not be renewed.
 */
@Extension
public class CredentialMonitor extends AdministrativeMonitor {

    private volatile List<String> ending = List.of();

    @Override
    public String getDisplayName() {
        return Messages.Monitor_displayName();
    }

    @Override
    public boolean isActivated() {
        return !getProblems().isEmpty();
    }

    /** Returns a sentence for each problem. */
    public List<String> getProblems() {
        return Stream.concat(ending.stream(), NamedCluster.failedRenewals().stream())
                .toList();
    }

    /** Reads the ends of all credentials again, without a request to the clusters. */
    void read(Clock clock) {
        List<String> sentences = new ArrayList<>();
        for (NamedCluster cluster : clusters()) {
            try {
                Optional<CredentialEnd> end = CredentialEnd.of(cluster);
                end.filter(each -> each.isNear(clock.instant()))
                        .ifPresent(
                                each -> sentences.add(Messages.Monitor_used(each.sentence(clock), cluster.origin())));
            } catch (IOException | RuntimeException e) {
                // The steps that use the cluster report its problem.
            }
        }
        ending = List.copyOf(sentences);
    }

    private static List<NamedCluster> clusters() {
        List<NamedCluster> all = new ArrayList<>(JobSettings.of(null).clusters().values());
        addFolders(Jenkins.get(), all);
        return all;
    }

    private static void addFolders(ItemGroup<?> group, List<NamedCluster> all) {
        for (Item item : group.getItems()) {
            if (item instanceof ItemGroup<?> folder) {
                ExtensionList.lookup(FolderLookup.class).stream()
                        .flatMap(lookup -> lookup.of(folder).stream())
                        .forEach(settings -> settings.clusters()
                                .forEach(cluster -> all.add(new NamedCluster(cluster, settings.folder()))));
                addFolders(folder, all);
            }
        }
    }
}
