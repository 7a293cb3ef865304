package io.jenkins.plugins.argopreflight.engine.sync.block;

import java.util.List;

/**
 * A Secret that {@code withArgoRegistrySecret} blocks use, and the changes to undo when the last of them ends.
 *
 * @param key the Secret
 * @param created whether a block created it
 * @param bound the ServiceAccounts that refer to it because of a block
 * @param blocks the blocks that use it, including those whose build has ended and whose changes are not undone yet
 */
public record HeldSecret(SecretKey key, boolean created, List<String> bound, List<Block> blocks) {

    public HeldSecret {
        bound = List.copyOf(bound);
        blocks = List.copyOf(blocks);
    }
}
