package io.jenkins.plugins.argopreflight.config;

import hudson.model.ItemGroup;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The settings of a folder for the jobs in it.
 *
 * @param folder the folder, whose credentials its clusters use
 * @param clusters its clusters, which take precedence over those of the folders around it and of Jenkins
 * @param defaultCluster the name of one of its clusters or of a cluster around it; "" for the default of the folders
 *     around it
 * @param lockedBy the folder's name for messages if it locks the policy for the folders in it and for Jenkinsfiles,
 *     otherwise empty
 * @param policy supplies its failOn, unstableOn and suppressed checks; throws if a date is invalid
 */
public record FolderSettings(
        ItemGroup<?> folder,
        List<ClusterConfiguration> clusters,
        String defaultCluster,
        Optional<String> lockedBy,
        Supplier<GatePolicy.Level> policy) {}
