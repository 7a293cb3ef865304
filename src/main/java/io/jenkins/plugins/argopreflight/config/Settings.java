package io.jenkins.plugins.argopreflight.config;

import hudson.ExtensionList;
import hudson.model.Item;
import hudson.model.ItemGroup;
import io.jenkins.plugins.argopreflight.engine.Gate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import jenkins.model.Jenkins;

/** What holds for a job: its folders from the innermost on, then Jenkins. */
public final class Settings {

    private final List<FolderSettings> folders = new ArrayList<>();
    private final ArgoPreflightConfiguration global = ArgoPreflightConfiguration.get();

    private Settings(Item item) {
        ItemGroup<?> group = item instanceof ItemGroup<?> itself ? itself : item == null ? null : item.getParent();
        while (group != null) {
            for (FolderLookup lookup : ExtensionList.lookup(FolderLookup.class)) {
                lookup.of(group).ifPresent(folders::add);
            }
            group = group instanceof Item folder ? folder.getParent() : null;
        }
    }

    /** @param item a job or folder; null for Jenkins itself */
    public static Settings of(Item item) {
        return new Settings(item);
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

    /** Whether the controller's own pod may be who we are. */
    public boolean isOwnCluster() {
        return global.isOwnCluster();
    }

    public Gate failOn() {
        Optional<String> folder = folders.stream()
                .map(FolderSettings::failOn)
                .filter(word -> !word.isEmpty())
                .findFirst();
        return Gates.of(folder.orElseGet(global::getFailOn));
    }

    /** The checks that nobody wants to hear of, an inner folder's word first. */
    public List<IgnoredCheck> ignores() {
        return Stream.concat(
                        folders.stream().flatMap(folder -> folder.ignores().stream()), global.getIgnores().stream())
                .toList();
    }

    /** Whether an administrator allows findings with their details outside Jenkins. */
    public boolean isPublishDetails() {
        return global.isPublishDetails();
    }

    public RegistryDefaults registries() {
        return global.getRegistries();
    }
}
