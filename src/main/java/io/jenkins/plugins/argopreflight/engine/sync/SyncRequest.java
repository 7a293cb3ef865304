package io.jenkins.plugins.argopreflight.engine.sync;

import io.jenkins.plugins.argopreflight.engine.registry.credentials.RegistryCredential;
import java.util.List;

/**
 * A request for one Secret, in some namespaces, bound to some ServiceAccounts.
 *
 * @param mode apply, unbind, or delete
 * @param name the name of the Secret
 * @param namespaces names or globs ({@code ci-*}); a name without such a namespace is reported
 * @param namespaceSelector a label selector that adds namespaces; "" for none
 * @param credentials one for each registry; empty with UNBIND and DELETE
 * @param serviceAccounts the accounts to bind or unbind; empty with UNBIND and DELETE for all accounts that refer to
 *     the Secret
 * @param options permissions for special changes
 * @param owner the owner of the Secret
 * @param writtenBy the writer, for the annotation: {@code argo-preflight sync}, or a job's name and build URL
 */
public record SyncRequest(
        SyncMode mode,
        String name,
        List<String> namespaces,
        String namespaceSelector,
        List<RegistryCredential> credentials,
        List<String> serviceAccounts,
        Options options,
        SecretOwner owner,
        String writtenBy) {

    public SyncRequest {
        namespaces = List.copyOf(namespaces);
        credentials = List.copyOf(credentials);
        serviceAccounts = List.copyOf(serviceAccounts);
    }

    public SyncRequest withoutPrune() {
        return with(options.withoutPrune());
    }

    /** Returns this request as a dry run. */
    public SyncRequest asDryRun() {
        return with(options.asDryRun());
    }

    private SyncRequest with(Options other) {
        return new SyncRequest(
                mode, name, namespaces, namespaceSelector, credentials, serviceAccounts, other, owner, writtenBy);
    }

    /**
     * The permissions of a request.
     *
     * @param dryRun print the difference, write nothing
     * @param adopt take over a Secret that another user or program wrote, keeping its other registries
     * @param recreate replace a Secret whose immutable type (or immutable: true) prevents the change
     * @param prune drop registries that an earlier run wrote and that are no longer requested
     * @param createServiceAccounts create ServiceAccounts that do not exist
     */
    public record Options(
            boolean dryRun, boolean adopt, boolean recreate, boolean prune, boolean createServiceAccounts) {
        public static final Options NONE = new Options(
                /* dryRun= */ false,
                /* adopt= */ false,
                /* recreate= */ false,
                /* prune= */ false,
                /* createServiceAccounts= */ false);

        public Options adopting() {
            return new Options(dryRun, /* adopt= */ true, recreate, prune, createServiceAccounts);
        }

        private Options withoutPrune() {
            return new Options(dryRun, adopt, recreate, /* prune= */ false, createServiceAccounts);
        }

        private Options asDryRun() {
            return new Options(/* dryRun= */ true, adopt, recreate, prune, createServiceAccounts);
        }
    }
}
