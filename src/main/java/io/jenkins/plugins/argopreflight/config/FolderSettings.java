package io.jenkins.plugins.argopreflight.config;

import hudson.model.ItemGroup;
import java.util.List;

/**
 * What a folder says for the jobs in it.
 *
 * @param folder where it is said, and whose credentials its clusters use
 * @param clusters its clusters, before those of the folders around it and of Jenkins
 * @param defaultCluster the name of one of these or those; "" to leave it to the folders around it
 * @param failOn "" to leave it to the folders around it
 * @param ignores in addition to theirs
 */
public record FolderSettings(
        ItemGroup<?> folder,
        List<ClusterConfiguration> clusters,
        String defaultCluster,
        String failOn,
        List<IgnoredCheck> ignores) {}
