package io.jenkins.plugins.argopreflight.cli.option;

import io.jenkins.plugins.argopreflight.cli.console.UsageException;
import io.jenkins.plugins.argopreflight.engine.sync.SecretOwner;
import io.jenkins.plugins.argopreflight.engine.sync.SyncMode;
import io.jenkins.plugins.argopreflight.engine.sync.SyncRequest;
import picocli.CommandLine.Option;

/** The options for the changes that a sync makes, and for its removal. */
public final class ModeOptions {

    @Option(
            names = "--dry-run",
            order = 1,
            description = "Print what would change, passwords redacted; needs no right to write.")
    boolean dryRun;

    @Option(
            names = "--adopt",
            order = 2,
            description = "Take over a Secret that Argo Preflight does not manage, and keep its other registries.")
    boolean adopt;

    @Option(
            names = "--recreate",
            order = 3,
            description = "Replace a Secret of another type or with immutable: true, which no update can change.")
    boolean recreate;

    @Option(
            names = "--prune",
            order = 4,
            description = "Drop registries that an earlier sync wrote and that are no longer asked for.")
    boolean prune;

    @Option(names = "--create-service-account", order = 5, description = "Make ServiceAccounts that do not exist.")
    boolean createServiceAccount;

    @Option(
            names = "--unbind",
            order = 6,
            description = "Take the Secret's name out of the ServiceAccounts (all that have it, unless named).")
    boolean unbind;

    @Option(names = "--delete", order = 7, description = "The same, and delete the Secret.")
    boolean delete;

    @Option(
            names = "--owner",
            order = 8,
            paramLabel = "NAME",
            description = "The owner recorded on the Secret; a Secret of another owner is refused. Default: cli.")
    String owner = SecretOwner.CLI.id();

    public SyncMode mode() {
        if (unbind && delete) {
            throw new UsageException("--unbind and --delete exclude each other: --delete unbinds as well");
        }
        SyncMode mode = delete ? SyncMode.DELETE : unbind ? SyncMode.UNBIND : SyncMode.APPLY;
        if (mode != SyncMode.APPLY && (recreate || prune || createServiceAccount)) {
            throw new UsageException((delete ? "--delete" : "--unbind")
                    + " takes things away: leave out --recreate, --prune, --create-service-account");
        }
        return mode;
    }

    /** Returns the owner of the Secret. */
    public SecretOwner owner() {
        if (owner.equals(SecretOwner.CLI.id())) {
            return SecretOwner.CLI;
        }
        SecretOwner.problem(owner).ifPresent(problem -> {
            throw new UsageException("--owner " + problem);
        });
        return new SecretOwner(owner, "argo-preflight sync --owner " + owner);
    }

    public SyncRequest.Options options() {
        return new SyncRequest.Options(dryRun, adopt, recreate, prune, createServiceAccount);
    }
}
