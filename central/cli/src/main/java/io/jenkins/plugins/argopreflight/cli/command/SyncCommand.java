package io.jenkins.plugins.argopreflight.cli.command;

import io.jenkins.plugins.argopreflight.cli.console.OnShutdown;
import io.jenkins.plugins.argopreflight.cli.console.Progress;
import io.jenkins.plugins.argopreflight.cli.console.Terminal;
import io.jenkins.plugins.argopreflight.cli.console.UsageException;
import io.jenkins.plugins.argopreflight.cli.option.ClusterOptions;
import io.jenkins.plugins.argopreflight.cli.option.CredentialOptions;
import io.jenkins.plugins.argopreflight.cli.option.ModeOptions;
import io.jenkins.plugins.argopreflight.cli.option.Outputs;
import io.jenkins.plugins.argopreflight.cli.option.RegistryOptions;
import io.jenkins.plugins.argopreflight.cli.option.TargetOptions;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterConnection;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.client.Fabric8Gateway;
import io.jenkins.plugins.argopreflight.engine.registry.RegistrySettings;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.RegistryCredential;
import io.jenkins.plugins.argopreflight.engine.render.json.SyncJson;
import io.jenkins.plugins.argopreflight.engine.render.text.SyncText;
import io.jenkins.plugins.argopreflight.engine.sync.SyncMode;
import io.jenkins.plugins.argopreflight.engine.sync.SyncRequest;
import io.jenkins.plugins.argopreflight.engine.sync.secret.RegistrySecretWriter;
import io.jenkins.plugins.argopreflight.engine.sync.secret.SyncReport;
import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The command {@code argo-preflight sync}: writes credentials as a Secret, adds it to ServiceAccounts, and verifies
 * pulls.
 */
@Command(
        name = "sync",
        header = "Write registry credentials as one Secret into namespaces, bind it to ServiceAccounts, and verify it.",
        customSynopsis = {
            "argo-preflight sync --name SECRET -n NS[,NS] [--service-account SA[,SA]]",
            "                    (--docker-config FILE | --registry HOST --username USER --password-stdin)",
            "                    [--verify-image IMAGE] [--dry-run] [--adopt] [--recreate] [--prune]",
            "       argo-preflight sync --name SECRET -n NS[,NS] (--unbind | --delete)",
        },
        description = {
            "%nWrites the Secret (type kubernetes.io/dockerconfigjson), adds its name to imagePullSecrets of the"
                    + " ServiceAccounts without losing other entries, reads it back, and asks the registries with it"
                    + " and without it. With --verify-image the credentials are tried before anything is written. A"
                    + " Secret that Argo Preflight does not manage is refused; a second run writes nothing."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  # One registry for the pods of two ServiceAccounts in two namespaces, verified with an image:",
            "  argo-preflight sync --name regcred -n argo,ci --service-account default,argo-workflow \\",
            "      --registry registry.example.com --username team --password-file team.txt \\",
            "      --verify-image registry.example.com/team/image:v1.2",
            "",
            "  # Two registries in one Secret, in every namespace labelled team=build; look first:",
            "  argo-preflight sync --name regcred --namespace-selector team=build --service-account default \\",
            "      --dry-run --registry registry.example.com --username team --password-env TEAM_PASSWORD \\",
            "      --registry docker.io --username hub-bot --password-file hub-token.txt",
            "",
            "  # Take exactly that away again:",
            "  argo-preflight sync --name regcred -n argo,ci --delete",
            "",
            "Environment:",
            "  KUBECONFIG                          the kubeconfig, when --kubeconfig is not given",
            "  HTTPS_PROXY, HTTP_PROXY, NO_PROXY   proxies on the way to registries",
            "  NO_COLOR, CLICOLOR_FORCE            never colour, or colour although it is no terminal",
        })
public final class SyncCommand extends LimitedCommand {

    @ArgGroup(validate = false, exclusive = false, order = 10, heading = "%nWhat, where, for whom:%n")
    TargetOptions target = new TargetOptions();

    @Mixin
    CredentialOptions credentials;

    /** The option for the images to verify. */
    static final class Proof {
        @Option(
                names = "--verify-image",
                order = 0,
                paramLabel = "IMAGE",
                description = "Ask its registry as the kubelet would, before and after the write; can be repeated."
                        + " Nothing is changed if the registry refuses the credentials, or its address is not"
                        + " allowed.")
        List<String> verifyImages = new ArrayList<>();
    }

    @ArgGroup(validate = false, exclusive = false, order = 30, heading = "%nProof:%n")
    Proof proof = new Proof();

    @ArgGroup(validate = false, exclusive = false, order = 31, heading = "%nRegistries:%n")
    RegistryOptions registries = new RegistryOptions();

    @ArgGroup(validate = false, exclusive = false, order = 40, heading = "%nHow far it goes:%n")
    ModeOptions mode = new ModeOptions();

    @ArgGroup(validate = false, exclusive = false, order = 50, heading = "%nCluster:%n")
    ClusterOptions cluster = new ClusterOptions();

    public SyncCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    public Integer call() {
        Outputs outputs = new Outputs(run.outputs(), terminal);
        ClusterConnection connection = cluster.connection(run, terminal);
        SyncRequest request = request();
        RegistrySettings settings = registries.settings(terminal.env(), run);
        try (OnShutdown signalled = new OnShutdown()) {
            SyncReport report = run(connection, request, settings);
            // Even after an interruption, the changes so far are reported.
            Thread.interrupted();
            outputs.write(
                    style -> new SyncText(style).render(request, report), () -> new SyncJson().render(request, report));
            terminal.out().flush();
            return report.result().exitCode();
        }
    }

    private SyncReport run(ClusterConnection connection, SyncRequest request, RegistrySettings settings) {
        try (Budget.Scope budget = Budget.open(limits.limits());
                Fabric8Gateway gateway = ClusterOptions.connect(connection, terminal);
                Progress progress = Progress.counting(terminal, "namespaces done")) {
            int concurrency = run.concurrency().orElse(RegistrySecretWriter.CONCURRENCY);
            return new RegistrySecretWriter(gateway, concurrency, Clock.systemUTC())
                    .run(request, proof.verifyImages, settings, outcome -> progress.step());
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        } catch (ClusterException e) {
            if (e.kind() == ClusterException.Kind.INVALID
                    && !request.namespaceSelector().isEmpty()) {
                throw new UsageException("--namespace-selector " + request.namespaceSelector() + ": " + e.getMessage());
            }
            throw e;
        }
    }

    private SyncRequest request() {
        String name = target.name();
        SyncMode syncMode = mode.mode();
        if (syncMode != SyncMode.APPLY && credentials.isGiven()) {
            throw new UsageException(
                    "--unbind and --delete need no credentials: leave out --registry, --docker-config");
        }
        if (syncMode == SyncMode.APPLY && !credentials.isGiven()) {
            throw new UsageException(
                    "no credentials: add --docker-config FILE, or --registry HOST --username USER --password-stdin");
        }
        List<String> namespaces = target.namespaces();
        List<RegistryCredential> registryCredentials =
                syncMode == SyncMode.APPLY ? credentials.read(terminal) : List.of();
        return new SyncRequest(
                syncMode,
                name,
                namespaces,
                target.namespaceSelector(),
                registryCredentials,
                target.serviceAccounts(),
                mode.options(),
                mode.owner(),
                "argo-preflight sync");
    }
}
