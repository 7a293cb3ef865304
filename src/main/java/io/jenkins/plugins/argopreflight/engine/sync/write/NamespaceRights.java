package io.jenkins.plugins.argopreflight.engine.sync.write;

import io.jenkins.plugins.argopreflight.engine.kubernetes.rbac.RbacCommand;
import io.jenkins.plugins.argopreflight.engine.model.fix.Operand;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import io.jenkins.plugins.argopreflight.engine.sync.KnownRights;
import io.jenkins.plugins.argopreflight.engine.sync.SyncMode;
import io.jenkins.plugins.argopreflight.engine.sync.SyncRequest;
import io.jenkins.plugins.argopreflight.engine.sync.plan.AccountStep;
import io.jenkins.plugins.argopreflight.engine.sync.plan.OwnershipLabels;
import io.jenkins.plugins.argopreflight.engine.sync.plan.SecretAction;
import io.jenkins.plugins.argopreflight.engine.sync.plan.SyncPlan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The rights of the login in one namespace, and those that a request and its plan need. */
final class NamespaceRights {

    private static final String SECRETS = "secrets";
    private static final String ACCOUNTS = "serviceaccounts";

    private final String namespace;
    private final KnownRights known;

    NamespaceRights(String namespace, KnownRights known) {
        this.namespace = namespace;
        this.known = known;
    }

    boolean mayGetSecret(String name) {
        return may(right("get", SECRETS).named(name));
    }

    boolean mayListAccounts() {
        return may(right("list", ACCOUNTS));
    }

    boolean mayGetAccount(String name) {
        return may(right("get", ACCOUNTS).named(name));
    }

    boolean may(Right right) {
        return known.may(right);
    }

    /**
     * Returns the missing rights without which the sync does not begin. The right to get the Secret is one of them,
     * since each later run would be refused without it; it is not if the Secret can be replaced without reading it.
     */
    List<Right> missingToLook(SyncRequest request) {
        boolean adopted = request.options().adopt() && !request.options().recreate();
        if (!adopted && !mayGetSecret(request.name())) {
            Right get = right("get", SECRETS).named(request.name());
            return request.mode() == SyncMode.APPLY ? missing(creationRights(request)) : List.of(get);
        }
        if (mayListAccounts()) {
            return List.of();
        }
        if (request.serviceAccounts().isEmpty()) {
            return request.mode() == SyncMode.APPLY ? List.of() : List.of(right("list", ACCOUNTS));
        }
        List<Right> missing = request.serviceAccounts().stream()
                .map(account -> right("get", ACCOUNTS).named(account))
                .filter(right -> !may(right))
                .toList();
        return !missing.isEmpty() && request.options().recreate() ? List.of(right("list", ACCOUNTS)) : missing;
    }

    /** Returns the missing rights that the writes of a plan need. */
    List<Right> missingToWrite(SyncRequest request, SyncPlan plan, boolean readable, boolean cleanUp) {
        Set<Right> needed =
                new LinkedHashSet<>(secretRights(request, plan.secret().action(), readable));
        for (AccountStep step : plan.accounts()) {
            switch (step.action()) {
                case CREATE -> needed.add(right("create", ACCOUNTS));
                case BIND, UNBIND -> needed.add(right("update", ACCOUNTS).named(step.account()));
                case KEEP -> {}
            }
        }
        if (cleanUp) {
            needed.addAll(recreationRights(request.name()));
        }
        return missing(needed);
    }

    private List<Right> missing(Collection<Right> needed) {
        return needed.stream().filter(right -> !may(right)).toList();
    }

    /** Returns whether none of the rights that a request can need is granted, as in a namespace that does not exist. */
    boolean isNoneGranted(SyncRequest request) {
        return needed(request).stream().noneMatch(this::may);
    }

    /**
     * Returns the call of {@code docs/rbac/rbac.sh} that grants what a request needs; empty where no manifest has it.
     */
    Optional<String> grantCommand(SyncRequest request, String user) {
        List<Operand> accounts = request.serviceAccounts().stream()
                .map(account -> Operand.name("ServiceAccount", account))
                .toList();
        // Without an account, the script grants rights on the one of the name default.
        if (user.isEmpty() || accounts.isEmpty() || request.options().recreate()) {
            return Optional.empty();
        }
        return RbacCommand.in(namespace)
                .to(user)
                .secrets(Operand.name("Secret", request.name()))
                .accounts(Operand.list(accounts))
                .granting(manifests(request));
    }

    private List<String> manifests(SyncRequest request) {
        boolean blind = request.options().adopt() && !mayGetSecret(request.name());
        List<String> manifests = new ArrayList<>();
        manifests.add(blind ? "registry-secret-blind.yaml" : "registry-secret.yaml");
        if (request.mode() != SyncMode.APPLY) {
            manifests.add("registry-secret-block.yaml");
        }
        if (request.options().createServiceAccounts()) {
            manifests.add("registry-secret-create-accounts.yaml");
        }
        return manifests;
    }

    /** Returns all rights that this request can need in this namespace, and no more: those of the proposed Role. */
    List<Right> needed(SyncRequest request) {
        List<Right> rights = new ArrayList<>();
        if (request.mode() == SyncMode.APPLY) {
            rights.add(right("create", SECRETS));
        }
        rights.add(right("get", SECRETS).named(request.name()));
        if (request.mode() != SyncMode.UNBIND) {
            rights.add(right("update", SECRETS).named(request.name()));
        }
        if (request.mode() == SyncMode.DELETE) {
            rights.add(right("delete", SECRETS).named(request.name()));
        }
        if (request.options().recreate()) {
            rights.addAll(recreationRights(request.name()));
        }
        rights.addAll(accountRights(request));
        return List.copyOf(new LinkedHashSet<>(rights));
    }

    /** Returns all rights to ask for beforehand: those that are needed, and those that save requests or show more. */
    List<Right> worthKnowing(SyncRequest request) {
        List<Right> rights = new ArrayList<>(needed(request));
        rights.add(right("list", ACCOUNTS));
        rights.add(right("list", "pods"));
        return rights;
    }

    private List<Right> accountRights(SyncRequest request) {
        List<Right> rights = new ArrayList<>();
        if (request.options().createServiceAccounts()) {
            rights.add(right("create", ACCOUNTS));
        }
        boolean any = request.options().recreate()
                || request.mode() != SyncMode.APPLY && request.serviceAccounts().isEmpty();
        if (any) {
            rights.add(right("list", ACCOUNTS));
            rights.add(right("update", ACCOUNTS));
            return rights;
        }
        for (String account : request.serviceAccounts()) {
            rights.add(right("get", ACCOUNTS).named(account));
            rights.add(right("update", ACCOUNTS).named(account));
        }
        return rights;
    }

    private List<Right> secretRights(SyncRequest request, SecretAction.Action action, boolean readable) {
        String name = request.name();
        if (!readable && request.mode() == SyncMode.DELETE) {
            return List.of(right("delete", SECRETS).named(name));
        }
        return switch (action) {
            case CREATE -> creationRights(request);
            case UPDATE, RELEASE -> List.of(right("update", SECRETS).named(name));
            case DELETE -> List.of(right("delete", SECRETS).named(name));
            case RECREATE -> recreationRights(name);
            case KEEP, REFUSE -> List.of();
        };
    }

    /** Returns the rights to create the Secret, and to change it later: the first one cannot be limited to a name. */
    private List<Right> creationRights(SyncRequest request) {
        List<Right> rights = new ArrayList<>(List.of(right("create", SECRETS)));
        if (!request.options().adopt() || request.options().recreate()) {
            rights.add(right("get", SECRETS).named(request.name()));
        }
        rights.add(right("update", SECRETS).named(request.name()));
        return rights;
    }

    private List<Right> recreationRights(String name) {
        List<Right> rights = new ArrayList<>();
        rights.add(right("create", SECRETS));
        for (String verb : List.of("get", "update", "delete")) {
            rights.add(right(verb, SECRETS).named(name));
            rights.add(right(verb, SECRETS).named(OwnershipLabels.temporaryName(name)));
        }
        rights.add(right("list", ACCOUNTS));
        rights.add(right("update", ACCOUNTS));
        return rights;
    }

    private Right right(String verb, String resource) {
        return Right.of(verb, "", resource, namespace);
    }
}
