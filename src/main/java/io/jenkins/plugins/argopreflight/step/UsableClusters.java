package io.jenkins.plugins.argopreflight.step;

import hudson.AbortException;
import hudson.model.Item;
import io.jenkins.plugins.argopreflight.config.JobSettings;
import io.jenkins.plugins.argopreflight.config.NamedCluster;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The configured clusters that a job can use. */
final class UsableClusters {

    private final JobSettings settings;
    private final Optional<Item> item;

    /**
     * Creates the view of the clusters that a job can use.
     *
     * @param item the job, or the folder that contained it; empty for the top level
     */
    UsableClusters(JobSettings settings, Optional<Item> item) {
        this.settings = settings;
        this.item = item;
    }

    /** Returns the clusters, those of inner folders first. */
    Stream<NamedCluster> all() {
        return settings.clusters().values().stream().filter(this::isUsable);
    }

    private boolean isUsable(NamedCluster cluster) {
        return item.isPresent()
                ? cluster.isFor(item.get())
                : cluster.configuration().getAllowedFolders().isEmpty();
    }

    /** Returns the names of the clusters, for messages. */
    private String names() {
        List<String> names =
                all().map(cluster -> cluster.configuration().getName()).toList();
        return names.isEmpty() ? Messages.ClusterConnector_noOthers() : String.join(", ", names);
    }

    /** Returns the cluster with a name; empty if the job can use none with this name. */
    Optional<NamedCluster> find(String name) {
        return Optional.ofNullable(settings.clusters().get(name)).filter(this::isUsable);
    }

    /**
     * Returns the cluster with a name.
     *
     * @param source the source of the name, for messages
     * @throws AbortException if the job can use none with this name
     */
    NamedCluster get(String name, String source) throws AbortException {
        NamedCluster cluster = settings.clusters().get(name);
        if (cluster == null) {
            throw name.isEmpty() ? noneUsable() : unknownCluster(name, source);
        }
        if (!isUsable(cluster)) {
            throw new AbortException(Messages.ClusterConnector_notForJob(
                    item.map(Item::getFullName).orElseGet(Messages::ClusterConnector_topLevel),
                    cluster.origin(),
                    source));
        }
        return cluster;
    }

    private AbortException noneUsable() {
        return new AbortException(Messages.ClusterConnector_noDefault(names()));
    }

    private AbortException unknownCluster(String name, String source) {
        return settings.lockedBy().isPresent()
                ? lockedPolicy(
                        Messages.ClusterConnector_named(name),
                        settings.lockedBy().get())
                : new AbortException(Messages.ClusterConnector_unknown(name, source, names()));
    }

    /**
     * Checks that no locked policy excludes clusters without configuration.
     *
     * @param parameter the parameter that selects such a cluster
     */
    void checkUnlocked(String parameter) throws AbortException {
        if (settings.lockedBy().isPresent()) {
            throw lockedPolicy(parameter, settings.lockedBy().get());
        }
    }

    private AbortException lockedPolicy(String parameter, String level) {
        return new AbortException(Messages.ClusterConnector_locked(parameter, level, names()));
    }
}
