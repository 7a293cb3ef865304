package io.jenkins.plugins.argopreflight.config;

import hudson.ExtensionList;
import hudson.model.Item;
import hudson.model.ItemGroup;
import io.jenkins.plugins.argopreflight.engine.budget.RunLimits;
import io.jenkins.plugins.argopreflight.engine.http.AddressPolicy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.jspecify.annotations.Nullable;

/** What holds for a job: its folders from the innermost on, then Jenkins. */
public final class JobSettings {

    private static final String JENKINS = "Jenkins";

    private final List<FolderSettings> folders;
    private final List<FolderSettings> foldersOfClusters;
    private final Optional<String> lockedBy;
    private final ArgoPreflightConfiguration global = ArgoPreflightConfiguration.get();

    private JobSettings(
            List<FolderSettings> folders, List<FolderSettings> foldersOfClusters, Optional<String> lockedBy) {
        this.folders = folders;
        this.foldersOfClusters = foldersOfClusters;
        this.lockedBy = lockedBy;
    }

    private static List<FolderSettings> folders(@Nullable Item item) {
        List<FolderSettings> folders = new ArrayList<>();
        ItemGroup<?> group = item instanceof ItemGroup<?> itself ? itself : item == null ? null : item.getParent();
        while (group != null) {
            for (FolderLookup lookup : ExtensionList.lookup(FolderLookup.class)) {
                lookup.of(group).ifPresent(folders::add);
            }
            group = group instanceof Item folder ? folder.getParent() : null;
        }
        return folders;
    }

    /** @param item a job or folder; null for Jenkins itself */
    public static JobSettings of(@Nullable Item item) {
        List<FolderSettings> folders = folders(item);
        return new JobSettings(folders, folders, Optional.empty());
    }

    /**
     * The same settings with the clusters that can judge. Where a policy is locked, these are the clusters of the outermost
     * level that locks it and of the levels around that one; no cluster of a folder further in hides one of them.
     */
    public JobSettings judging() {
        if (global.isLockPolicy()) {
            return new JobSettings(folders, List.of(), Optional.of(JENKINS));
        }
        for (int i = folders.size() - 1; i >= 0; i--) {
            Optional<String> locking = folders.get(i).lockedBy();
            if (locking.isPresent()) {
                return new JobSettings(folders, folders.subList(i, folders.size()), locking);
            }
        }
        return this;
    }

    /** The level whose lock decides which clusters judge, such as {@code folder team}; empty for settings without a lock. */
    public Optional<String> lockedBy() {
        return lockedBy;
    }

    /** The clusters by their names; an inner folder's hides one of the same name further out. */
    public Map<String, NamedCluster> clusters() {
        Map<String, NamedCluster> clusters = new LinkedHashMap<>();
        for (FolderSettings folder : foldersOfClusters) {
            folder.clusters()
                    .forEach(cluster ->
                            clusters.putIfAbsent(cluster.getName(), new NamedCluster(cluster, folder.folder())));
        }
        global.getClusters()
                .forEach(cluster -> clusters.putIfAbsent(cluster.getName(), new NamedCluster(cluster, Jenkins.get())));
        return clusters;
    }

    /** The name of the cluster that is taken when a step names none; "" for none. A lock leaves out those that do not judge. */
    public String defaultCluster() {
        Set<String> judging = clusters().keySet();
        return Stream.concat(
                        folders.stream().map(FolderSettings::defaultCluster), Stream.of(global.getDefaultCluster()))
                .filter(name -> !name.isEmpty() && (lockedBy.isEmpty() || judging.contains(name)))
                .findFirst()
                .orElse("");
    }

    /** The default cluster of a folder that a lock leaves out, where it would be the one that is taken. */
    public Optional<String> overriddenDefault() {
        return folders.stream()
                .map(FolderSettings::defaultCluster)
                .filter(name -> !name.isEmpty())
                .findFirst()
                .filter(name -> !name.equals(defaultCluster()));
    }

    /** Whether a step can use the ServiceAccount of the controller's own pod. */
    public boolean isOwnCluster() {
        return global.isOwnCluster();
    }

    /** Whether a step can use no cluster but a configured one. */
    public boolean isOnlyConfiguredClusters() {
        return global.isOnlyConfiguredClusters();
    }

    /** Returns whether passwords of registries can be sent to servers that only a kubeconfig on an agent names. */
    public boolean isAllowAgentServers() {
        return global.isAllowAgentServers();
    }

    /**
     * What decides about a build, before its step sets anything.
     *
     * @throws IllegalArgumentException when the end of a suppression is no date
     */
    public GatePolicy policy() {
        GatePolicy policy = GatePolicy.initial()
                .with(new GatePolicy.Level(
                        JENKINS,
                        Gates.of("failOn", global.getFailOn()),
                        Gates.of("unstableOn", global.getUnstableOn()),
                        IgnoredCheck.toIgnores(global.getIgnores()),
                        global.isLockPolicy()));
        for (int i = folders.size() - 1; i >= 0; i--) {
            policy = policy.with(folders.get(i).policy().get());
        }
        return policy;
    }

    /** Whether an administrator allows findings with their details outside Jenkins. */
    public boolean isPublishDetails() {
        return global.isPublishDetails();
    }

    /** Whether an administrator wants findings among the test results of builds. */
    public boolean isPublishTests() {
        return global.isPublishTests();
    }

    /**
     * Which addresses builds can ask. What a folder's cluster allows does not count, and its server is not asked at an
     * address of the controller itself: those who configure a folder need not be administrators.
     *
     * @param cluster the configured cluster that is used; empty for none
     */
    public AddressPolicy addressPolicy(Optional<ClusterConfiguration> cluster) {
        List<String> allowed = Stream.concat(
                        global.getAllowedHosts().stream(),
                        cluster.filter(used -> global.getClusters().contains(used)).stream()
                                .flatMap(used -> used.getAllowedHosts().stream()))
                .toList();
        Map<Boolean, List<String>> servers = Stream.concat(
                        clusters().values().stream().map(NamedCluster::configuration), cluster.stream())
                .collect(Collectors.partitioningBy(
                        global.getClusters()::contains,
                        Collectors.flatMapping(
                                each -> Stream.of(each.getServerUrl(), each.getArgoServer()), Collectors.toList())));
        return AddressSettings.policy(
                allowed,
                Objects.requireNonNull(servers.get(true)),
                Objects.requireNonNull(servers.get(false)),
                registries().hosts());
    }

    /** Returns how an administrator allows the hosts that a run was refused, in sentences; none where no host was. */
    public static List<String> refusedHosts(AddressPolicy policy) {
        return AddressSettings.refused(policy);
    }

    /**
     * Images that the nodes of a cluster pull with credentials of their own. What a folder's cluster says does not
     * count: those who configure a folder need not be administrators.
     */
    public List<String> nodeCredentials(Optional<ClusterConfiguration> cluster) {
        return cluster.filter(used -> global.getClusters().contains(used))
                .map(ClusterConfiguration::getNodeCredentials)
                .orElse(List.of());
    }

    /** What one run can use at most. */
    public RunLimits limits() {
        return RunLimits.parse(global.getLimits());
    }

    public RegistryDefaults registries() {
        return global.getRegistries();
    }
}
