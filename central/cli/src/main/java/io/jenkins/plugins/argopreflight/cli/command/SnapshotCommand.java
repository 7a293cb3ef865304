package io.jenkins.plugins.argopreflight.cli.command;

import io.jenkins.plugins.argopreflight.cli.console.Exit;
import io.jenkins.plugins.argopreflight.cli.console.Terminal;
import io.jenkins.plugins.argopreflight.cli.option.ClusterOptions;
import io.jenkins.plugins.argopreflight.cli.option.SnapshotOptions;
import io.jenkins.plugins.argopreflight.engine.kubernetes.client.Fabric8Gateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.rbac.SmallestRole;
import io.jenkins.plugins.argopreflight.engine.kubernetes.rbac.WhoAmI;
import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import io.jenkins.plugins.argopreflight.engine.util.limits.RunLimits;
import io.jenkins.plugins.argopreflight.engine.util.text.Visible;
import io.jenkins.plugins.argopreflight.offline.Snapshot;
import java.io.PrintStream;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;

/** The command {@code argo-preflight snapshot}: writes a cluster to a folder of YAML files, without passwords. */
@Command(
        name = "snapshot",
        header = "Capture a cluster as a folder of YAML files, passwords removed.",
        customSynopsis = "argo-preflight snapshot -n NAMESPACE[,NAMESPACE] -o DIR [--argo-namespace NAMESPACE]",
        description = {
            "%nReads what a check of workflows in these namespaces looks at, and writes it to a new folder that"
                    + " --cluster DIR takes instead of a cluster. Of Secrets only types and names of keys are kept;"
                    + " in registry Secrets a marker stands for each password, equal for equal passwords, made with a"
                    + " key that is thrown away. Of ConfigMaps the values are kept that Argo reads as settings,"
                    + " plugins or parameters; values of environment variables are removed. Templates are written as"
                    + " they are: look for passwords in their arguments before you pass the folder on."
                    + " What cannot be read is recorded with the missing right, never taken as absent.",
        },
        exitCodeList = {
            "0:The folder is written; what could not be read stands in its snapshot.yaml.",
            "2:Bad usage, or the folder cannot be written: one line on standard error says what and where.",
            "3:The cluster does not answer.",
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  # Two namespaces with workflows, Argo in its usual place.",
            "  argo-preflight snapshot -n ci,release -o prod-snapshot",
            "",
            "  # With a workflow that failed, to diagnose it elsewhere.",
            "  argo-preflight snapshot -n ci -w build-x7k2p --logs -o failed",
            "  argo-preflight diagnose build-x7k2p -n ci --logs --cluster failed",
            "",
            "  # Look at it elsewhere.",
            "  argo-preflight pods -f workflow.yaml -n ci --cluster prod-snapshot",
        })
public final class SnapshotCommand extends TerminalCommand {

    @ArgGroup(validate = false, exclusive = false, order = 10, heading = "%nWhat and where:%n")
    SnapshotOptions options = new SnapshotOptions();

    @ArgGroup(validate = false, exclusive = false, order = 50, heading = "%nCluster:%n")
    ClusterOptions cluster = new ClusterOptions();

    public SnapshotCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    public Integer call() {
        PrintStream out = terminal.out();
        try (Budget.Scope budget = Budget.open(RunLimits.DEFAULT.ofCommand());
                Fabric8Gateway gateway =
                        ClusterOptions.connect(cluster.connection(options.timeout(), terminal), terminal)) {
            Snapshot.Written written = new Snapshot(
                            gateway, options.concurrency().orElse(Snapshot.CONCURRENCY))
                    .write(
                            options.namespaces(),
                            options.argoNamespace(),
                            options.after(),
                            options.nodeCredentials(),
                            options.folder());
            out.println(written.objects() + " objects are in " + options.folder() + ", " + written.requests()
                    + " requests were sent.");
            if (!written.unseen().isEmpty()) {
                out.println("Not read, so not known:");
                written.unseen().forEach(each -> out.println("  " + Visible.line(each.fact() + ": " + each.reason())));
            }
            if (!written.missingRights().isEmpty()) {
                String user =
                        WhoAmI.ask(gateway).ifKnown().map(who -> who.user()).orElse("");
                out.println("To read it all, have this applied with kubectl apply -f -:");
                out.print(SmallestRole.yaml(written.missingRights(), user));
            }
        }
        return Exit.OK;
    }
}
