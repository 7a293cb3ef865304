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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.jspecify.annotations.Nullable;

/** What holds for a job: its folders from the innermost on, then Jenkins. */
public final class JobSettings {

    private final List<FolderSettings> folders = new ArrayList<>();
    private final ArgoPreflightConfiguration global = ArgoPreflightConfiguration.get();

    private JobSettings(@Nullable Item item) {
        ItemGroup<?> group = item instanceof ItemGroup<?> itself ? itself : item == null ? null : item.getParent();
        while (group != null) {
            for (FolderLookup lookup : ExtensionList.lookup(FolderLookup.class)) {
                lookup.of(group).ifPresent(folders::add);
            }
            group = group instanceof Item folder ? folder.getParent() : null;
        }
    }

    /** @param item a job or folder; null for Jenkins itself */
    public static JobSettings of(@Nullable Item item) {
        return new JobSettings(item);
    }

    /** The clusters by their names; an inner folder's hides one of the same name further out. */
    public Map<String, NamedCluster> clusters() {
        Map<String, NamedCluster> clusters = new LinkedHashMap<>();
        for (FolderSettings folder : folders) {
            folder.clusters()
                    .forEach(cluster ->
                            clusters.putIfAbsent(cluster.getName(), new NamedCluster(cluster, folder.folder())));
        }
        global.getClusters()
                .forEach(cluster -> clusters.putIfAbsent(cluster.getName(), new NamedCluster(cluster, Jenkins.get())));
        return clusters;
    }

    /** The name of the cluster that is taken when a step names none; "" for none. */
    public String defaultCluster() {
        return Stream.concat(
                        folders.stream().map(FolderSettings::defaultCluster), Stream.of(global.getDefaultCluster()))
                .filter(name -> !name.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** Whether a step can use the ServiceAccount of the controller's own pod. */
    public boolean isOwnCluster() {
        return global.isOwnCluster();
    }

    /** Whether a step can use no cluster but a configured one. */
    public boolean isOnlyConfiguredClusters() {
        return global.isOnlyConfiguredClusters();
    }

    /**
     * What decides about a build, before its step sets anything.
     *
     * @throws IllegalArgumentException when the end of a suppression is no date
     */
    public GatePolicy policy() {
        GatePolicy policy = GatePolicy.initial()
                .with(new GatePolicy.Level(
                        "Jenkins",
                        Gates.optional(global.getFailOn()),
                        Gates.optional(global.getUnstableOn()),
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
