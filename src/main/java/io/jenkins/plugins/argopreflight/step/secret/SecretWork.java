package io.jenkins.plugins.argopreflight.step.secret;

import hudson.AbortException;
import hudson.model.Run;
import io.jenkins.plugins.argopreflight.action.Redacted;
import io.jenkins.plugins.argopreflight.action.SecretsAction;
import io.jenkins.plugins.argopreflight.action.SecretsRecord;
import io.jenkins.plugins.argopreflight.config.JobSettings;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterConnection.Timeouts;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.KubeconfigException;
import io.jenkins.plugins.argopreflight.engine.model.fact.Label;
import io.jenkins.plugins.argopreflight.engine.preflight.RunResult;
import io.jenkins.plugins.argopreflight.engine.registry.RegistrySettings;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.RegistryKey;
import io.jenkins.plugins.argopreflight.engine.render.text.SyncTable;
import io.jenkins.plugins.argopreflight.engine.render.text.SyncText;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.Status;
import io.jenkins.plugins.argopreflight.engine.sync.SecretOwner;
import io.jenkins.plugins.argopreflight.engine.sync.SyncRequest;
import io.jenkins.plugins.argopreflight.engine.sync.block.Block;
import io.jenkins.plugins.argopreflight.engine.sync.block.Holds;
import io.jenkins.plugins.argopreflight.engine.sync.block.SecretKey;
import io.jenkins.plugins.argopreflight.engine.sync.secret.BlockSecretWriter;
import io.jenkins.plugins.argopreflight.engine.sync.secret.RegistrySecretWriter;
import io.jenkins.plugins.argopreflight.engine.sync.secret.SyncReport;
import io.jenkins.plugins.argopreflight.engine.util.http.AddressPolicy;
import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import io.jenkins.plugins.argopreflight.step.ClusterConnector;
import io.jenkins.plugins.argopreflight.step.ClusterUse;
import io.jenkins.plugins.argopreflight.step.Messages;
import io.jenkins.plugins.argopreflight.step.StepCluster;
import io.jenkins.plugins.argopreflight.step.StepLog;
import io.jenkins.plugins.argopreflight.step.UnstableBuild;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** The tasks of a step in the cluster, with their output in the build's log. */
final class SecretWork {

    /** The timeouts for the clean-up after an abort, which must be quick. */
    static final Timeouts SHORT = new Timeouts(Duration.ofSeconds(3), Duration.ofSeconds(4), Duration.ofSeconds(5));

    private final SecretRequest request;
    private final StepContext context;
    private final Run<?, ?> run;
    private final PrintStream log;
    private final SecretOwner owner;
    private final String block;
    private final Holds holds;

    SecretWork(SecretRequest request, StepContext context, String block) throws IOException, InterruptedException {
        this.request = request;
        this.context = context;
        this.block = block;
        this.holds = BlockHolds.get();
        this.run = context.get(Run.class);
        this.log = StepLog.of(context);
        this.owner = FolderOwner.of(run.getParent());
    }

    /**
     * The result of writing the Secret.
     *
     * @param request the request to the engine
     * @param report the engine's report; after an interruption, that of the changes so far
     * @param failure the message of the step's failure, with the reason if it is the same in all namespaces; "" if the
     *     step does not fail
     */
    record WriteResult(SyncRequest request, SyncReport report, String failure) {

        boolean isFailed() {
            return report.result() == RunResult.FAILED;
        }

        boolean isUnchecked() {
            return report.result() == RunResult.UNCHECKED;
        }

        /** Returns the value of the step, of types that a Pipeline can store and its sandbox allows. */
        Map<String, Object> result() {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("secretName", request.name());
            result.put("namespaces", list(report.namespaces().stream().map(NamespaceOutcome::namespace)));
            result.put("serviceAccounts", list(request.serviceAccounts().stream()));
            result.put(
                    "changed",
                    report.namespaces().stream().anyMatch(namespace -> namespace.status() == Status.CHANGED));
            result.put(
                    "registries",
                    list(request.credentials().stream()
                            .map(credential -> RegistryKey.canonical(credential.registry()))
                            .distinct()));
            result.put("result", Label.of(report.result()));
            return result;
        }

        private static List<String> list(Stream<String> texts) {
            return texts.collect(Collectors.toCollection(ArrayList::new));
        }
    }

    /**
     * Writes the Secret.
     *
     * @throws IOException if nothing could be written; the message is a sentence
     */
    WriteResult apply() throws IOException, InterruptedException {
        ClusterConnector connector = new ClusterConnector(request.cluster, ClusterUse.SEND_PASSWORDS, context);
        try (Budget.Scope budget = Budget.open(connector.settings().limits());
                StepCluster cluster = connector.connect(Timeouts.DEFAULT)) {
            return apply(connector.settings(), cluster);
        } catch (KubeconfigException e) {
            throw new AbortException(e.getMessage());
        }
    }

    private WriteResult apply(JobSettings settings, StepCluster cluster) throws AbortException {
        try {
            AddressPolicy policy =
                    settings.addressPolicy(cluster.configuration()).alsoAllowing(request.domainHosts(run));
            RegistrySettings registries = settings.registries().toSettings(policy);
            SyncRequest syncRequest = request.apply(run, cluster.namespace(), owner, writtenBy());
            cluster.checkNamespaces(syncRequest.namespaces());
            if (!syncRequest.options().dryRun()) {
                cluster.checkWrites();
            }
            BlockSecretWriter writer = new BlockSecretWriter(holds, cluster.named(), RegistrySecretWriter.CONCURRENCY);
            SyncReport report = context.hasBody()
                    ? writer.apply(block(), syncRequest, request.verifyImages, registries)
                    : writer.applyPermanently(syncRequest, request.verifyImages, registries);
            log.print(cluster.forLog(SyncText.inStep().render(syncRequest, report)));
            JobSettings.refusedHosts(policy).forEach(log::println);
            String failure = report.refusal()
                    .map(reason -> Messages.RegistrySecret_notWritten(request.name, cluster.forLog(reason)))
                    .orElseGet(() -> Messages.RegistrySecret_notEverywhere(request.name));
            return new WriteResult(syncRequest, report, failure);
        } catch (ClusterException | IllegalArgumentException e) {
            throw new AbortException(cluster.forLog(String.valueOf(e.getMessage())));
        }
    }

    /** Takes the holds of a block that an earlier version began. */
    void resume(SecretUndo undo) throws IOException {
        if (holds.secretsOf(block).isEmpty()) {
            undo.hold(holds, owner, request.name, block());
        }
    }

    /** Returns whether the block possibly has changes to undo. */
    boolean hasHolds() {
        return !holds.secretsOf(block).isEmpty();
    }

    /**
     * Undoes the changes of the block, except those that other blocks still use.
     *
     * @throws IOException if a change could not be undone; the message names it
     */
    void undo(Timeouts timeouts) throws IOException, InterruptedException {
        new BlockEnd(holds, block, writtenBy(), log)
                .run(new ClusterConnector(request.cluster, ClusterUse.READ_OR_UNDO, context), timeouts);
    }

    private Block block() {
        return new Block(block, run.getExternalizableId(), request.cluster.toMap(), 0);
    }

    /** Marks the build as unstable, since the Secret is written but could not be verified. */
    void markUnstable() throws IOException, InterruptedException {
        UnstableBuild.mark(context, log, Messages.RegistrySecret_unproved(request.name));
    }

    /**
     * Records the result on the build's page. An error is only logged, so that a full disk does not prevent the removal
     * of a Secret.
     */
    void record(WriteResult result) {
        String step = context.hasBody() ? RegistrySecretBlockStep.FUNCTION : RegistrySecretStep.FUNCTION;
        SyncReport report = result.report();
        SyncTable table = SyncTable.of(result.request(), report);
        logFailure(() -> SecretsAction.record(
                run, new SecretsRecord(block, step, request.name, table, report.done(), report.server())));
    }

    /** Records the end of a block on the build's page. */
    void recordEnd(String sentence) {
        String server = holds.secretsOf(block).stream()
                .findFirst()
                .map(SecretKey::server)
                .orElse("");
        logFailure(() ->
                SecretsAction.recordEnd(run, block, server.isEmpty() ? sentence : Redacted.text(server, sentence)));
    }

    @FunctionalInterface
    private interface Recording {
        void run() throws IOException;
    }

    private void logFailure(Recording recording) {
        try {
            recording.run();
        } catch (IOException e) {
            log.println(Messages.RegistrySecret_notOnPage(String.valueOf(e.getMessage())));
        }
    }

    void say(String sentence) {
        log.println(sentence);
    }

    /** Returns the build's URL, or its name if Jenkins has no root URL. */
    String writtenBy() {
        String root = Jenkins.get().getRootUrl();
        return root == null ? run.getFullDisplayName() : root + run.getUrl();
    }
}
