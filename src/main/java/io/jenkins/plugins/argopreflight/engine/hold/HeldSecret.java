package io.jenkins.plugins.argopreflight.engine.hold;

import java.util.List;

/**
 * A Secret that blocks use, and what has to be undone when the last of them ends.
 *
 * @param key which Secret
 * @param created whether it exists because of a block
 * @param bound the ServiceAccounts that refer to it because of a block
 * @param blocks the blocks that use it, also those whose build has ended and that are not undone yet
 */
public record HeldSecret(SecretKey key, boolean created, List<String> bound, List<Block> blocks) {

    public HeldSecret {
        bound = List.copyOf(bound);
        blocks = List.copyOf(blocks);
    }
}
