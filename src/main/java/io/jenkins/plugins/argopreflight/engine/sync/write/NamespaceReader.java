package io.jenkins.plugins.argopreflight.engine.sync.write;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.sync.SyncRequest;
import io.jenkins.plugins.argopreflight.engine.sync.plan.AccountStep;
import io.jenkins.plugins.argopreflight.engine.sync.plan.Observation;
import io.jenkins.plugins.argopreflight.engine.sync.plan.OwnershipLabels;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A reader of the objects that a plan needs, in as few requests as the rights allow. */
final class NamespaceReader {

    private final ClusterGateway gateway;
    private final NamespaceRights rights;
    private final String namespace;

    NamespaceReader(ClusterGateway gateway, NamespaceRights rights, String namespace) {
        this.gateway = gateway;
        this.rights = rights;
        this.namespace = namespace;
    }

    Observation observe(SyncRequest request) {
        boolean readable = rights.mayGetSecret(request.name());
        boolean complete = rights.mayListAccounts();
        Optional<ObjectNode> secret = readable ? secret(request.name()) : Optional.empty();
        Map<String, ObjectNode> accounts = complete ? allAccounts() : accounts(request.serviceAccounts());
        Optional<ObjectNode> temporary = readable ? temporary(request, secret, accounts) : Optional.empty();
        return new Observation(readable, secret, temporary, accounts, complete);
    }

    Optional<ObjectNode> secret(String name) {
        return gateway.get(Resource.SECRETS, namespace, name);
    }

    Optional<ObjectNode> account(String name) {
        return rights.mayGetAccount(name)
                ? gateway.get(Resource.SERVICE_ACCOUNTS, namespace, name)
                : gateway.list(Resource.SERVICE_ACCOUNTS, namespace, "", "metadata.name=" + name).stream()
                        .findFirst();
    }

    Map<String, ObjectNode> allAccounts() {
        Map<String, ObjectNode> accounts = new LinkedHashMap<>();
        gateway.list(Resource.SERVICE_ACCOUNTS, namespace, "", "")
                .forEach(account -> accounts.put(KubeObjects.name(account), account));
        return accounts;
    }

    private Map<String, ObjectNode> accounts(Collection<String> names) {
        Map<String, ObjectNode> accounts = new LinkedHashMap<>();
        for (String name : names) {
            account(name).ifPresent(account -> accounts.put(name, account));
        }
        return accounts;
    }

    /**
     * Returns the temporary Secret that an interrupted recreation left: the Secret refers to it, or a ServiceAccount
     * does.
     */
    private Optional<ObjectNode> temporary(
            SyncRequest request, Optional<ObjectNode> secret, Map<String, ObjectNode> accounts) {
        String temporary = OwnershipLabels.temporaryName(request.name());
        boolean hint = secret.flatMap(OwnershipLabels::temporary).isPresent()
                || accounts.values().stream().anyMatch(account -> AccountStep.refersTo(account, temporary));
        return hint
                ? secret(temporary).filter(left -> TemporarySecret.isFor(left, request.name(), request.owner()))
                : Optional.empty();
    }
}
