package io.jenkins.plugins.argopreflight.step.secret;

import hudson.AbortException;
import hudson.model.Run;
import io.jenkins.plugins.argopreflight.action.Redacted;
import io.jenkins.plugins.argopreflight.action.SecretsAction;
import io.jenkins.plugins.argopreflight.action.SecretsRecord;
import io.jenkins.plugins.argopreflight.config.JobSettings;
import io.jenkins.plugins.argopreflight.engine.RegistrySecret;
import io.jenkins.plugins.argopreflight.engine.SecretBlock;
import io.jenkins.plugins.argopreflight.engine.budget.Budget;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterConnection.Timeouts;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterException;
import io.jenkins.plugins.argopreflight.engine.cluster.KubeconfigException;
import io.jenkins.plugins.argopreflight.engine.hold.Block;
import io.jenkins.plugins.argopreflight.engine.hold.Holds;
import io.jenkins.plugins.argopreflight.engine.hold.SecretKey;
import io.jenkins.plugins.argopreflight.engine.http.AddressPolicy;
import io.jenkins.plugins.argopreflight.engine.registry.RegistrySettings;
import io.jenkins.plugins.argopreflight.engine.render.text.SyncTable;
import io.jenkins.plugins.argopreflight.engine.render.text.SyncText;
import io.jenkins.plugins.argopreflight.engine.report.RunResult;
import io.jenkins.plugins.argopreflight.engine.report.SyncReport;
import io.jenkins.plugins.argopreflight.engine.sync.SecretOwner;
import io.jenkins.plugins.argopreflight.engine.sync.SyncRequest;
import io.jenkins.plugins.argopreflight.step.ClusterConnector;
import io.jenkins.plugins.argopreflight.step.ClusterUse;
import io.jenkins.plugins.argopreflight.step.Messages;
import io.jenkins.plugins.argopreflight.step.StepCluster;
import io.jenkins.plugins.argopreflight.step.StepLog;
import io.jenkins.plugins.argopreflight.step.UnstableBuild;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** The step's tasks to the cluster, each with its words in the build's log. */
final class SecretWork {

    /** For clearing up after an abort, which must not take long. */
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
     * What was asked and what came of it.
     *
     * @param request as the engine took it
     * @param report its answer; when the work was interrupted, of what was done until then
     * @param failure the error of the step if it fails: the reason if it is the same everywhere
     */
    record Done(SyncRequest request, SyncReport report, String failure) {

        boolean isFailed() {
            return report.result() == RunResult.FAILED;
        }

        boolean isUnchecked() {
            return report.result() == RunResult.UNCHECKED;
        }

        Map<String, Object> result() {
            return SecretResult.of(request, report);
        }
    }

    /**
     * Writes.
     *
     * @throws IOException when nothing could be begun, in a sentence
     */
    Done apply() throws IOException, InterruptedException {
        ClusterConnector connector = new ClusterConnector(request.cluster, ClusterUse.SEND_PASSWORDS, context);
        try (Budget.Scope budget = Budget.open(connector.settings().limits());
                StepCluster cluster = connector.connect(Timeouts.DEFAULT)) {
            return apply(connector.settings(), cluster);
        } catch (KubeconfigException e) {
            throw new AbortException(e.getMessage());
        }
    }

    private Done apply(JobSettings settings, StepCluster cluster) throws AbortException {
        try {
            AddressPolicy policy =
                    settings.addressPolicy(cluster.configuration()).alsoAllowing(request.domainHosts(run));
            RegistrySettings registries = settings.registries().toSettings(policy);
            SyncRequest asked = request.apply(run, cluster.namespace(), owner, writtenBy());
            cluster.checkNamespaces(asked.namespaces());
            if (!asked.options().dryRun()) {
                cluster.checkWrites();
            }
            SecretBlock writer = new SecretBlock(holds, cluster.named(), RegistrySecret.CONCURRENCY);
            SyncReport report = context.hasBody()
                    ? writer.apply(block(), asked, request.verifyImages, registries)
                    : writer.applyForever(asked, request.verifyImages, registries);
            log.print(cluster.forLog(SyncText.inStep().render(asked, report)));
            JobSettings.refusedHosts(policy).forEach(log::println);
            String failure = report.refusal()
                    .map(reason -> Messages.RegistrySecret_notWritten(request.name, cluster.forLog(reason)))
                    .orElseGet(() -> Messages.RegistrySecret_notEverywhere(request.name));
            return new Done(asked, report, failure);
        } catch (ClusterException | IllegalArgumentException e) {
            throw new AbortException(cluster.forLog(String.valueOf(e.getMessage())));
        }
    }

    /** Takes the holds of a block that an earlier version began. */
    void resume(SecretUndo undo) throws IOException {
        if (holds.of(block).isEmpty()) {
            undo.hold(holds, owner, request.name, block());
        }
    }

    /** Whether the block can have something to undo. */
    boolean isHeld() {
        return !holds.of(block).isEmpty();
    }

    /**
     * Undoes what the block did, except what other blocks still use.
     *
     * @throws IOException when something is left, in a sentence that says what
     */
    void undo(Timeouts timeouts) throws IOException, InterruptedException {
        new BlockEnd(holds, block, writtenBy(), log)
                .run(new ClusterConnector(request.cluster, ClusterUse.READ, context), timeouts);
    }

    private Block block() {
        return new Block(block, run.getExternalizableId(), request.cluster.toMap(), 0);
    }

    /** The Secret is written, and it is not known whether it works. */
    void markUnstable() throws IOException, InterruptedException {
        UnstableBuild.mark(context, log, Messages.RegistrySecret_unproved(request.name));
    }

    /** Onto the build's page; a disk that is full does not keep a Secret from being taken away. */
    void keep(Done done) {
        String step = context.hasBody() ? RegistrySecretBlockStep.FUNCTION : RegistrySecretStep.FUNCTION;
        SyncTable table = SyncTable.of(done.request(), done.report());
        keeping(() -> SecretsAction.record(
                run,
                new SecretsRecord(
                        block, step, request.name, table, done.report().server())));
    }

    /** A block is over: what became of the Secret, onto the build's page. */
    void keepEnd(String sentence) {
        String server =
                holds.of(block).stream().findFirst().map(SecretKey::server).orElse("");
        keeping(() -> SecretsAction.end(run, block, server.isEmpty() ? sentence : Redacted.text(server, sentence)));
    }

    @FunctionalInterface
    private interface Keeping {
        void run() throws IOException;
    }

    private void keeping(Keeping keeping) {
        try {
            keeping.run();
        } catch (IOException e) {
            log.println(Messages.RegistrySecret_notOnPage(String.valueOf(e.getMessage())));
        }
    }

    void say(String sentence) {
        log.println(sentence);
    }

    /** The build's address, or its name where Jenkins knows no address of its own. */
    String writtenBy() {
        String root = Jenkins.get().getRootUrl();
        return root == null ? run.getFullDisplayName() : root + run.getUrl();
    }
}
