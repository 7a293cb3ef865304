package io.jenkins.plugins.argopreflight.engine.sync.block;

import java.util.Map;

/**
 * A run of the body of the step {@code withArgoRegistrySecret}, which uses Secrets, with everything that is needed to
 * undo its changes after its build was deleted: names and ids, never a secret.
 *
 * @param id the id of the block, which a restart does not change
 * @param build the build that runs it
 * @param cluster the parameters with which the build found the cluster
 * @param endedAt the time when it ended without being undone, in seconds since 1970; 0 while it runs
 */
public record Block(String id, String build, Map<String, String> cluster, long endedAt) {

    public Block {
        cluster = Map.copyOf(cluster);
    }

    Block ended(long now) {
        return endedAt == 0 ? new Block(id, build, cluster, now) : this;
    }

    Block withBuild(String newBuild) {
        return new Block(id, newBuild, cluster, endedAt);
    }
}
