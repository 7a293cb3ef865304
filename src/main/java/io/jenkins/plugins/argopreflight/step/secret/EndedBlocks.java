package io.jenkins.plugins.argopreflight.step.secret;

import hudson.Extension;
import hudson.model.AsyncPeriodicWork;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.argopreflight.action.SecretsAction;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterConnection.Timeouts;
import io.jenkins.plugins.argopreflight.engine.sync.block.Block;
import io.jenkins.plugins.argopreflight.engine.sync.block.Holds;
import io.jenkins.plugins.argopreflight.step.BuildName;
import io.jenkins.plugins.argopreflight.step.ClusterChoice;
import io.jenkins.plugins.argopreflight.step.ClusterConnector;
import io.jenkins.plugins.argopreflight.step.ClusterUse;
import io.jenkins.plugins.argopreflight.step.Messages;
import io.jenkins.plugins.argopreflight.step.StepLog;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The periodic clean-up of {@code withArgoRegistrySecret} blocks that still have changes in the cluster after their
 * build has ended: the build was killed or deleted, it cannot be resumed, or the cluster did not answer. The clean-up
 * uses the credentials of the job. After failures it tries again after growing pauses, and gives up after a week.
 */
@Extension
public class EndedBlocks extends AsyncPeriodicWork {

    private static final Logger LOGGER = Logger.getLogger(EndedBlocks.class.getName());
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    private static final Duration GIVE_UP = Duration.ofDays(7);

    /** The time of the next attempt, and the pause after it. */
    private record Attempt(Instant next, Duration pause) {}

    private final Map<String, Attempt> attempts = new HashMap<>();
    /** The ids of blocks whose build could not be found in the previous round. */
    private Set<String> missing = Set.of();

    public EndedBlocks() {
        super("Argo Preflight blocks of builds that have ended");
    }

    @Override
    public long getRecurrencePeriod() {
        return Duration.ofMinutes(1).toMillis();
    }

    @Override
    protected Level getNormalLoggingLevel() {
        return Level.FINE;
    }

    @Override
    protected void execute(TaskListener listener) throws IOException, InterruptedException {
        undo(BlockHolds.get(), listener, Instant.now());
    }

    /**
     * Runs one round of the clean-up.
     *
     * @param holds the record of the Secrets that blocks use
     */
    synchronized void undo(Holds holds, TaskListener listener, Instant now) throws IOException, InterruptedException {
        Set<String> missingNow = new HashSet<>();
        for (Block block : holds.blocks()) {
            Optional<Run<?, ?>> build = BlockHolds.build(block);
            boolean missedAgain = build.isEmpty() && missing.contains(block.id());
            if (build.isEmpty()) {
                missingNow.add(block.id());
            }
            if (missedAgain || !holds.isRunning(block)) {
                undoBlock(holds, block, build, listener, now);
            }
        }
        missing = missingNow;
        attempts.keySet().retainAll(holds.blocks().stream().map(Block::id).toList());
    }

    /**
     * Undoes the changes of a block, if its next attempt is due. After a failure, the pause doubles. A block of another
     * Jenkins controller, as the owner of its Secrets shows, is forgotten.
     */
    private void undoBlock(Holds holds, Block block, Optional<Run<?, ?>> build, TaskListener listener, Instant now)
            throws IOException, InterruptedException {
        Attempt attempt = attempts.getOrDefault(block.id(), new Attempt(now, Duration.ofMinutes(1)));
        if (now.isBefore(attempt.next())) {
            return;
        }
        boolean isOfThisController = holds.secretsOf(block.id()).stream()
                .allMatch(key -> key.owner().startsWith(ControllerIdentity.id() + "."));
        boolean tooLate = block.endedAt() != 0
                && Instant.ofEpochSecond(block.endedAt()).plus(GIVE_UP).isBefore(now);
        if (!isOfThisController || tooLate) {
            LOGGER.warning(() -> "The block of build " + block.build() + " is forgotten, "
                    + (isOfThisController
                            ? "since it could not be undone for a week"
                            : "since another controller ran it")
                    + "; it used " + holds.secretsOf(block.id()));
            holds.forget(block.id());
            return;
        }
        PrintStream log = new StepLog(listener.getLogger());
        try {
            log.println("Build " + block.build() + " has ended without undoing its block");
            ClusterConnector connector = ClusterConnector.afterBuild(
                    ClusterChoice.of(block.cluster()),
                    ClusterUse.READ_OR_UNDO,
                    build,
                    BuildName.item(block.build()),
                    log);
            new BlockEnd(holds, block.id(), block.build(), log).run(connector, Timeouts.DEFAULT);
            record(build, block, Messages.RegistrySecret_removedLater());
        } catch (IOException | RuntimeException e) {
            Duration pause = attempt.pause().multipliedBy(2);
            attempts.put(
                    block.id(),
                    new Attempt(now.plus(attempt.pause()), pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause));
            log.println(e.getMessage());
            LOGGER.log(Level.WARNING, () -> "Build " + block.build() + ": " + e.getMessage());
        }
    }

    private static void record(Optional<Run<?, ?>> build, Block block, String sentence) throws IOException {
        if (build.isPresent()) {
            SecretsAction.recordEnd(build.get(), block.id(), sentence);
        }
    }
}
