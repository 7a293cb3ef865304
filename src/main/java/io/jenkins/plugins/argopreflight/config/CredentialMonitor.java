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
 * The monitor that warns administrators of credentials for clusters: those that expire in less than 14 days and must be
 * replaced by hand, and those whose tokens could not be renewed.
 */
@Extension
public class CredentialMonitor extends AdministrativeMonitor {

    private volatile List<String> expiring = List.of();

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
        return Stream.concat(expiring.stream(), NamedCluster.failedRenewals().stream())
                .toList();
    }

    /** Reads again when each credential expires. Sends no request to the clusters. */
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
        expiring = List.copyOf(sentences);
    }

    private static List<NamedCluster> clusters() {
        List<NamedCluster> all =
                new ArrayList<>(JobSettings.ofJenkins().clusters().values());
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
