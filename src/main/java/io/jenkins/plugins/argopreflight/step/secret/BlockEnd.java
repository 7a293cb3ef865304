package io.jenkins.plugins.argopreflight.step.secret;

import hudson.AbortException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterConnection.Timeouts;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.KubeconfigException;
import io.jenkins.plugins.argopreflight.engine.model.fix.Command;
import io.jenkins.plugins.argopreflight.engine.model.fix.Shell;
import io.jenkins.plugins.argopreflight.engine.render.text.SyncText;
import io.jenkins.plugins.argopreflight.engine.sync.block.Holds;
import io.jenkins.plugins.argopreflight.engine.sync.block.SecretKey;
import io.jenkins.plugins.argopreflight.engine.sync.secret.BlockUndo;
import io.jenkins.plugins.argopreflight.engine.sync.secret.RegistrySecretWriter;
import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import io.jenkins.plugins.argopreflight.engine.util.limits.RunLimits;
import io.jenkins.plugins.argopreflight.step.ClusterConnector;
import io.jenkins.plugins.argopreflight.step.Messages;
import io.jenkins.plugins.argopreflight.step.StepCluster;
import io.jenkins.plugins.argopreflight.step.StepLog;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The end of a {@code withArgoRegistrySecret} block: undoes its changes and reports them in a log. Changes that cannot
 * be undone now are undone later.
 */
final class BlockEnd {

    private final Holds holds;
    private final String block;
    private final String writtenBy;
    private final PrintStream log;

    BlockEnd(Holds holds, String block, String writtenBy, PrintStream log) {
        this.holds = holds;
        this.block = block;
        this.writtenBy = writtenBy;
        this.log = new StepLog(log);
    }

    /**
     * Undoes the changes of the block, except those that other blocks still use.
     *
     * @throws IOException if a change could not be undone; the message names it
     */
    void run(ClusterConnector connector, Timeouts timeouts) throws IOException, InterruptedException {
        boolean completed = false;
        try (Budget.Scope budget = Budget.open(limits(connector))) {
            BlockUndo undo = new BlockUndo(holds, block, RegistrySecretWriter.CONCURRENCY);
            if (undo.needsCluster()) {
                undo(undo, connector, timeouts);
            } else {
                report(undo.run(Optional.empty(), writtenBy, (request, report) -> {}), Messages.BlockEnd_seeAbove());
            }
            completed = true;
        } finally {
            if (!completed) {
                holds.endLater(block);
            }
        }
    }

    /** Returns the configured limits. The block also ends if these cannot be read. */
    private static RunLimits limits(ClusterConnector connector) {
        try {
            return connector.settings().limits();
        } catch (AbortException e) {
            return RunLimits.DEFAULT;
        }
    }

    private void undo(BlockUndo undo, ClusterConnector connector, Timeouts timeouts)
            throws IOException, InterruptedException {
        try (StepCluster cluster = connector.connect(timeouts)) {
            String server = SecretKey.normalize(cluster.gateway().server());
            boolean sameServer =
                    undo.keys().stream().allMatch(key -> key.server().equals(server));
            report(undo(undo, cluster), sameServer ? Messages.BlockEnd_seeAbove() : Messages.BlockEnd_otherAddress());
        } catch (KubeconfigException e) {
            throw notUndone(undo.keys(), ": " + e.getMessage());
        }
    }

    private BlockUndo.Result undo(BlockUndo undo, StepCluster cluster) throws IOException, InterruptedException {
        try {
            return undo.run(
                    Optional.of(cluster.gateway()),
                    writtenBy,
                    (request, report) ->
                            log.print(cluster.forLog(SyncText.inStep().render(request, report))));
        } catch (ClusterException | IllegalArgumentException e) {
            throw notUndone(undo.keys(), ": " + cluster.forLog(String.valueOf(e.getMessage())));
        }
    }

    private void report(BlockUndo.Result result, String whyLeft) throws AbortException {
        result.shared().forEach(key -> log.println(Messages.BlockEnd_shared(key.name(), key.namespace())));
        result.existing().forEach(key -> log.println(Messages.BlockEnd_there(key.name(), key.namespace())));
        if (!result.left().isEmpty()) {
            throw notUndone(result.left(), whyLeft);
        }
    }

    private static AbortException notUndone(List<SecretKey> keys, String reason) {
        SecretKey first = keys.get(0);
        List<String> namespaces =
                keys.stream().map(SecretKey::namespace).distinct().toList();
        return new AbortException(Messages.BlockEnd_left(
                first.name(),
                String.join(",", namespaces),
                reason,
                namespaces.stream()
                        .map(namespace -> Shell.inline(Command.kubectl("delete", "secret")
                                .name("Secret", first.name())
                                .namespace(namespace)))
                        .collect(Collectors.joining("; "))));
    }
}
