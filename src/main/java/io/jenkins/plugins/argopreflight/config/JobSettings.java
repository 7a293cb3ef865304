package io.jenkins.plugins.argopreflight.config;

import hudson.AbortException;
import hudson.ExtensionList;
import hudson.model.Item;
import hudson.model.ItemGroup;
import io.jenkins.plugins.argopreflight.engine.util.http.AddressPolicy;
import io.jenkins.plugins.argopreflight.engine.util.limits.RunLimits;
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

/** The settings for a job: those of its folders, innermost first, then those of Jenkins. */
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
        ItemGroup<?> group = item instanceof ItemGroup<?> self ? self : item == null ? null : item.getParent();
        while (group != null) {
            for (FolderLookup lookup : ExtensionList.lookup(FolderLookup.class)) {
                lookup.of(group).ifPresent(folders::add);
            }
            group = group instanceof Item folder ? folder.getParent() : null;
        }
        return folders;
    }

    /** Returns the settings of Jenkins itself. */
    public static JobSettings ofJenkins() {
        return of(null);
    }

    /**
     * Returns the settings of a job or folder.
     *
     * @param item a job or folder; null for Jenkins itself
     */
    public static JobSettings of(@Nullable Item item) {
        List<FolderSettings> folders = folders(item);
        return new JobSettings(folders, folders, Optional.empty());
    }

    /**
     * Returns the settings with only the clusters whose results can decide about a build. If a policy is locked, these
     * are the clusters of the outermost level that locks it and of the levels around it; a cluster of an inner folder
     * cannot replace them.
     */
    public JobSettings withDecidingClusters() {
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

    /** Returns the level whose lock restricts the clusters, such as {@code folder team}; empty without a lock. */
    public Optional<String> lockedBy() {
        return lockedBy;
    }

    /** Returns the clusters by name. A cluster of an inner folder replaces one with the same name further out. */
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

    /**
     * Returns the name of the cluster for steps without the parameter; "" for none. With a lock, clusters that cannot
     * decide about a build are left out.
     */
    public String defaultCluster() {
        Set<String> allowedNames = clusters().keySet();
        return Stream.concat(
                        folders.stream().map(FolderSettings::defaultCluster), Stream.of(global.getDefaultCluster()))
                .filter(name -> !name.isEmpty() && (lockedBy.isEmpty() || allowedNames.contains(name)))
                .findFirst()
                .orElse("");
    }

    /** Returns the default cluster of a folder if a lock makes another cluster the default; otherwise empty. */
    public Optional<String> overriddenDefault() {
        return folders.stream()
                .map(FolderSettings::defaultCluster)
                .filter(name -> !name.isEmpty())
                .findFirst()
                .filter(name -> !name.equals(defaultCluster()));
    }

    /** Returns whether a step can use the ServiceAccount of the controller's own pod. */
    public boolean isOwnCluster() {
        return global.isOwnCluster();
    }

    /** Returns whether a step can use only configured clusters. */
    public boolean isOnlyConfiguredClusters() {
        return global.isOnlyConfiguredClusters();
    }

    /**
     * Returns whether passwords of registries can be sent to servers that are configured only in a kubeconfig on an
     * agent.
     */
    public boolean isAllowAgentServers() {
        return global.isAllowAgentServers();
    }

    /**
     * Returns the policy for a build, before its step sets anything.
     *
     * @throws IllegalArgumentException if the end of a suppression is not a date
     */
    public GatePolicy policy() {
        GatePolicy policy = GatePolicy.initial()
                .with(new GatePolicy.Level(
                        JENKINS,
                        Gates.options(global.getFailOn(), global.getUnstableOn(), global.getIgnores()),
                        global.isLockPolicy()));
        for (int i = folders.size() - 1; i >= 0; i--) {
            policy = policy.with(folders.get(i).policy().get());
        }
        return policy;
    }

    /** Returns whether an administrator allows details of findings outside Jenkins. */
    public boolean isPublishDetails() {
        return global.isPublishDetails();
    }

    /** Returns whether findings are added to the test results of builds, as an administrator configured. */
    public boolean isPublishTests() {
        return global.isPublishTests();
    }

    /**
     * Returns the addresses that builds can connect to. The {@code allowedHosts} of a folder's cluster do not count,
     * and builds cannot connect to its server at an address of the controller itself, since users who configure a
     * folder are not necessarily administrators.
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

    /** Returns sentences that explain how an administrator allows the hosts that a run was refused; empty if none. */
    public static List<String> refusedHosts(AddressPolicy policy) {
        return AddressSettings.refused(policy);
    }

    /**
     * Returns patterns of the images that nodes of a cluster pull with their own credentials. The patterns of a
     * folder's cluster do not count, since users who configure a folder are not necessarily administrators.
     */
    public List<String> nodeCredentials(Optional<ClusterConfiguration> cluster) {
        return cluster.filter(used -> global.getClusters().contains(used))
                .map(ClusterConfiguration::getNodeCredentials)
                .orElse(List.of());
    }

    /** Returns the limits of a run. */
    public RunLimits limits() throws AbortException {
        try {
            return RunLimits.parse(global.getLimits());
        } catch (IllegalArgumentException e) {
            throw new AbortException(e.getMessage());
        }
    }

    public RegistryDefaults registries() {
        return global.getRegistries();
    }
}
