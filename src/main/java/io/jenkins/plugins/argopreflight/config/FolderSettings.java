package io.jenkins.plugins.argopreflight.config;

import hudson.model.ItemGroup;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a folder says for the jobs in it.
 *
 * @param folder where it is reported, and whose credentials its clusters use
 * @param clusters its clusters, before those of the folders around it and of Jenkins
 * @param defaultCluster the name of one of these or those; "" to leave it to the folders around it
 * @param lockedBy its name for messages where it locks the policy for the folders in it and for Jenkinsfiles; else empty
 * @param policy what it sets of failOn, unstableOn and the suppressed checks; throws when a date is none
 */
public record FolderSettings(
        ItemGroup<?> folder,
        List<ClusterConfiguration> clusters,
        String defaultCluster,
        Optional<String> lockedBy,
        Supplier<GatePolicy.Level> policy) {}
