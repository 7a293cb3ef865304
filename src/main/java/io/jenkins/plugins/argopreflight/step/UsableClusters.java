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

    /** @param item the job, else the folder that contained it; empty for the top level */
    UsableClusters(JobSettings settings, Optional<Item> item) {
        this.settings = settings;
        this.item = item;
    }

    /** Those of inner folders first. */
    Stream<NamedCluster> all() {
        return settings.clusters().values().stream().filter(this::isUsable);
    }

    private boolean isUsable(NamedCluster cluster) {
        return item.isPresent()
                ? cluster.isFor(item.get())
                : cluster.configuration().getAllowedFolders().isEmpty();
    }

    /** Their names, for messages. */
    private String names() {
        List<String> names =
                all().map(cluster -> cluster.configuration().getName()).toList();
        return names.isEmpty() ? Messages.ClusterConnector_noOthers() : String.join(", ", names);
    }

    /** Returns the cluster of a name; empty when the job can use none of this name. */
    Optional<NamedCluster> find(String name) {
        return Optional.ofNullable(settings.clusters().get(name)).filter(this::isUsable);
    }

    /**
     * Returns the cluster of a name.
     *
     * @param why who names it, for messages
     * @throws AbortException when the job can use none of this name
     */
    NamedCluster get(String name, String why) throws AbortException {
        NamedCluster cluster = settings.clusters().get(name);
        if (cluster == null) {
            throw name.isEmpty() ? none() : unknown(name, why);
        }
        if (!isUsable(cluster)) {
            throw new AbortException(Messages.ClusterConnector_notForJob(
                    item.map(Item::getFullName).orElseGet(Messages::ClusterConnector_topLevel), cluster.origin(), why));
        }
        return cluster;
    }

    private AbortException none() {
        return new AbortException(Messages.ClusterConnector_noDefault(names()));
    }

    private AbortException unknown(String name, String why) {
        return settings.lockedBy().isPresent()
                ? locked(
                        Messages.ClusterConnector_named(name),
                        settings.lockedBy().get())
                : new AbortException(Messages.ClusterConnector_unknown(name, why, names()));
    }

    /**
     * Checks that no locked policy keeps a cluster from judging that is not configured.
     *
     * @param what the parameter that leads to it
     */
    void checkUnlocked(String what) throws AbortException {
        if (settings.lockedBy().isPresent()) {
            throw locked(what, settings.lockedBy().get());
        }
    }

    private AbortException locked(String what, String who) {
        return new AbortException(Messages.ClusterConnector_locked(what, who, names()));
    }
}
