package io.jenkins.plugins.argopreflight.step.secret;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.listeners.ItemListener;
import io.jenkins.plugins.argopreflight.engine.sync.block.Block;
import io.jenkins.plugins.argopreflight.engine.sync.block.HoldFile;
import io.jenkins.plugins.argopreflight.engine.sync.block.Holds;
import io.jenkins.plugins.argopreflight.step.BuildName;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/**
 * The stored holds of this controller, in a file of Jenkins' home directory. A hold records that a
 * {@code withArgoRegistrySecret} block uses a Secret. Holds are updated when a job is renamed or moved.
 */
@Extension
public class BlockHolds extends ItemListener {

    private static final Logger LOGGER = Logger.getLogger(BlockHolds.class.getName());
    private static final String FILE = "argo-preflight-holds.json";

    private final Holds holds = new Holds(
            new HoldFile(Jenkins.get().getRootDir().toPath(), FILE), BlockHolds::isRunning, Clock.systemUTC());

    static Holds get() {
        return ExtensionList.lookupSingleton(BlockHolds.class).holds;
    }

    @Override
    public void onLocationChanged(Item item, String oldFullName, String newFullName) {
        try {
            holds.moved(oldFullName, newFullName);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "the holds of builds in " + newFullName + " cannot be stored");
        }
    }

    /** Returns the build of a block; empty if it was deleted or is not loaded. */
    static Optional<Run<?, ?>> build(Block block) {
        return BuildName.run(block.build());
    }

    /**
     * Returns whether the build of a block runs. A build that cannot be found counts as running, since it is possibly
     * still being loaded; {@link EndedBlocks} checks it again.
     */
    private static boolean isRunning(Block block) {
        return build(block).map(Run::isBuilding).orElse(true);
    }
}
