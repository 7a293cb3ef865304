package io.jenkins.plugins.argopreflight.step.secret;

import hudson.AbortException;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.argopreflight.action.SecretsAction;
import io.jenkins.plugins.argopreflight.action.SecretsRecord;
import io.jenkins.plugins.argopreflight.config.Settings;
import io.jenkins.plugins.argopreflight.engine.RegistrySecret;
import io.jenkins.plugins.argopreflight.engine.RunResult;
import io.jenkins.plugins.argopreflight.engine.SyncReport;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterConnection.Timeouts;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterException;
import io.jenkins.plugins.argopreflight.engine.cluster.KubeconfigException;
import io.jenkins.plugins.argopreflight.engine.http.AddressPolicy;
import io.jenkins.plugins.argopreflight.engine.http.AllowedHosts;
import io.jenkins.plugins.argopreflight.engine.registry.RegistrySettings;
import io.jenkins.plugins.argopreflight.engine.report.Style;
import io.jenkins.plugins.argopreflight.engine.report.SyncTable;
import io.jenkins.plugins.argopreflight.engine.report.SyncText;
import io.jenkins.plugins.argopreflight.engine.sync.SecretOwner;
import io.jenkins.plugins.argopreflight.engine.sync.SyncIntent;
import io.jenkins.plugins.argopreflight.engine.sync.SyncMode;
import io.jenkins.plugins.argopreflight.engine.sync.SyncRequest;
import io.jenkins.plugins.argopreflight.step.ClusterConnector;
import io.jenkins.plugins.argopreflight.step.StepCluster;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** The step's errands to the cluster, each with its words in the build's log. */
final class SecretWork {

    /** For clearing up after an abort, which must not take long. */
    static final Timeouts SHORT = new Timeouts(Duration.ofSeconds(3), Duration.ofSeconds(4), Duration.ofSeconds(5));

    private final SecretRequest request;
    private final StepContext context;
    private final Run<?, ?> run;
    private final PrintStream log;
    private final SecretOwner owner;

    SecretWork(SecretRequest request, StepContext context) throws IOException, InterruptedException {
        this.request = request;
        this.context = context;
        this.run = context.get(Run.class);
        this.log = context.get(TaskListener.class).getLogger();
        this.owner = FolderOwner.of(run.getParent());
    }

    /**
     * What was asked and what came of it.
     *
     * @param request as the engine took it
     * @param report its answer; when the work was interrupted, of what was done until then
     */
    record Done(SyncRequest request, SyncReport report) {

        boolean isFailed() {
            return report.result() == RunResult.FAILED;
        }

        Map<String, Object> result() {
            return SecretResult.of(request, report);
        }
    }

    /**
     * Writes.
     *
     * @param intents hears, with the server's address, what is about to be written: it is not before this returns
     * @throws IOException when nothing could be begun, in a sentence
     */
    Done apply(BiConsumer<String, SyncIntent> intents) throws IOException, InterruptedException {
        ClusterConnector connector = new ClusterConnector(request.cluster, context);
        try (StepCluster cluster = connector.connect(Timeouts.DEFAULT)) {
            return apply(connector.settings(), cluster, intents);
        } catch (KubeconfigException e) {
            throw new AbortException(e.getMessage());
        }
    }

    private Done apply(Settings settings, StepCluster cluster, BiConsumer<String, SyncIntent> intents)
            throws AbortException {
        try {
            AddressPolicy policy = settings.addressPolicy(cluster.configuration())
                    .alsoAllowing(AllowedHosts.of(request.domainHosts(run)));
            RegistrySettings registries = settings.registries().toSettings(policy);
            SyncRequest asked = request.apply(run, cluster.namespace(), owner, writtenBy());
            cluster.checkNamespaces(asked.namespaces());
            if (!asked.options().dryRun()) {
                cluster.checkWrites();
            }
            String server = cluster.gateway().server();
            SyncReport report = new RegistrySecret(cluster.gateway(), RegistrySecret.CONCURRENCY, Clock.systemUTC())
                    .announcing(intent -> intents.accept(server, intent))
                    .run(asked, request.verifyImages, registries, done -> {});
            log.print(cluster.told(new SyncText(Style.PLAIN).render(asked, report)));
            return new Done(asked, report);
        } catch (ClusterException | IllegalArgumentException e) {
            throw new AbortException(cluster.told(e.getMessage()));
        }
    }

    /**
     * Takes away what a block put there, but for what other blocks still live on.
     *
     * @throws IOException when something is left, in a sentence that says what
     */
    void undo(SecretUndo undo, String block, Timeouts timeouts) throws IOException, InterruptedException {
        List<String> deleted = new ArrayList<>();
        for (String namespace : undo.touched()) {
            boolean shared = SecretHolds.get().isShared(undo.server, namespace, request.name, block);
            if (SecretHolds.get().release(undo.server, namespace, request.name, block)) {
                deleted.add(namespace);
            } else if (shared) {
                log.println("Secret " + request.name + " in namespace " + namespace
                        + " stays: another block still lives on it, and takes it away at its end");
            } else {
                log.println("Secret " + request.name + " in namespace " + namespace
                        + " stays: it was there before this block");
            }
        }
        Map<String, List<String>> unbound = undo.boundOnly();
        unbound.keySet()
                .removeIf(namespace -> deleted.contains(namespace)
                        || SecretHolds.get().isShared(undo.server, namespace, request.name, block));
        if (deleted.isEmpty() && unbound.isEmpty()) {
            return;
        }
        try (StepCluster cluster = new ClusterConnector(request.cluster, context).connect(timeouts)) {
            takeAway(cluster, deleted, unbound);
        } catch (KubeconfigException e) {
            throw notTakenAway(undo.touched(), ": " + e.getMessage());
        }
    }

    private void takeAway(StepCluster cluster, List<String> deleted, Map<String, List<String>> unbound)
            throws AbortException {
        List<String> all = new ArrayList<>(deleted);
        all.addAll(unbound.keySet());
        try {
            boolean left = !deleted.isEmpty()
                    && isLeft(cluster, request.takeAway(SyncMode.DELETE, deleted, List.of(), owner, writtenBy()));
            for (Map.Entry<String, List<String>> one : unbound.entrySet()) {
                left |= isLeft(
                        cluster, request.takeAway(SyncMode.UNBIND, List.of(one.getKey()), one.getValue(), owner, writtenBy()));
            }
            if (left) {
                throw notTakenAway(all, " everywhere (see above)");
            }
        } catch (ClusterException | IllegalArgumentException e) {
            throw notTakenAway(all, ": " + cluster.told(e.getMessage()));
        }
    }

    private AbortException notTakenAway(List<String> namespaces, String why) {
        return new AbortException("Secret " + request.name + " could not be taken away from "
                + String.join(", ", namespaces) + why + "; by hand: argo-preflight sync --name " + request.name + " -n "
                + String.join(",", namespaces) + " --delete");
    }

    private boolean isLeft(StepCluster cluster, SyncRequest asked) {
        SyncReport report = new RegistrySecret(cluster.gateway(), RegistrySecret.CONCURRENCY, Clock.systemUTC())
                .run(asked, done -> {});
        log.print(cluster.told(new SyncText(Style.PLAIN).render(asked, report)));
        return report.result() == RunResult.FAILED;
    }

    /** Onto the build's page; a disk that is full does not keep a Secret from being taken away. */
    void keep(Done done, String owner) {
        String step = context.hasBody() ? RegistrySecretBlockStep.FUNCTION : RegistrySecretStep.FUNCTION;
        SyncTable table = SyncTable.of(done.request(), done.report());
        keeping(() -> SecretsAction.record(
                run,
                new SecretsRecord(
                        owner, step, request.name, table, done.report().server())));
    }

    /** A block is over: what became of the Secret, onto the build's page. */
    void keepEnd(String owner, String sentence) {
        keeping(() -> SecretsAction.end(run, owner, sentence));
    }

    @FunctionalInterface
    private interface Keeping {
        void run() throws IOException;
    }

    private void keeping(Keeping keeping) {
        try {
            keeping.run();
        } catch (IOException e) {
            log.println("What was done is not on the build's page: " + e.getMessage());
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
