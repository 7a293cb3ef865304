package io.jenkins.plugins.argopreflight.engine.sync.write;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway.WriteMode;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.sync.SecretOwner;
import io.jenkins.plugins.argopreflight.engine.sync.SyncRequest;
import io.jenkins.plugins.argopreflight.engine.sync.plan.AccountStep;
import io.jenkins.plugins.argopreflight.engine.sync.plan.Content;
import io.jenkins.plugins.argopreflight.engine.sync.plan.OwnershipLabels;
import io.jenkins.plugins.argopreflight.engine.sync.plan.SecretAction;
import java.util.List;
import java.util.Optional;

/**
 * The recreation of a Secret whose immutable type or data prevents a change. Each ServiceAccount that refers to the
 * Secret always refers to a valid one: a temporary copy is bound next to it, the Secret is deleted and created, and the
 * copy is deleted. An interruption leaves the copy; the next run finds it, by the Secret's annotation or the binding,
 * and finishes.
 */
final class TemporarySecret {

    private final ClusterGateway gateway;
    private final NamespaceReader reader;
    private final SecretWriter secrets;
    private final AccountWriter accounts;
    private final String name;
    private final SecretOwner owner;
    /** The state that an interruption would leave, in a sentence. */
    private String left = "nothing was changed";

    TemporarySecret(
            ClusterGateway gateway,
            NamespaceReader reader,
            SecretWriter secrets,
            AccountWriter accounts,
            SyncRequest request) {
        this.gateway = gateway;
        this.reader = reader;
        this.secrets = secrets;
        this.accounts = accounts;
        this.name = request.name();
        this.owner = request.owner();
    }

    static boolean isFor(ObjectNode temporary, String name, SecretOwner owner) {
        return OwnershipLabels.isOurs(temporary, owner)
                && OwnershipLabels.temporary(temporary).equals(Optional.of(name));
    }

    String left() {
        return left;
    }

    /** Replaces the Secret; afterwards {@link #remove} must be called. */
    SecretAction recreate(SecretAction step) {
        ObjectNode wanted = secrets.signed(step);
        createCopy(wanted);
        left = "Secret " + name + " is as it was, and Secret " + OwnershipLabels.temporaryName(name) + " is there";
        for (ObjectNode account : reader.allAccounts().values()) {
            if (AccountStep.refersTo(account, name)) {
                accounts.write(
                        AccountStep.bind(account, OwnershipLabels.temporaryName(name)),
                        now -> AccountStep.bind(now, OwnershipLabels.temporaryName(name)),
                        WriteMode.REAL);
            }
        }
        OwnershipLabels.putTemporary(wanted, OwnershipLabels.temporaryName(name));
        left += ", bound wherever " + name + " is";
        delete(step.current().orElseThrow());
        left = "Secret " + name + " is deleted and not yet created; Secret " + OwnershipLabels.temporaryName(name)
                + " holds what it shall hold, and is bound wherever " + name + " is";
        return step.stored(create(wanted));
    }

    /** Unbinds and deletes the temporary copy, and removes the Secret's reference to it. */
    Optional<ObjectNode> remove() {
        for (ObjectNode account : reader.allAccounts().values()) {
            accounts.write(
                    AccountStep.unbind(account, OwnershipLabels.temporaryName(name)),
                    now -> AccountStep.unbind(now, OwnershipLabels.temporaryName(name)),
                    WriteMode.REAL);
        }
        persist(() -> reader.secret(OwnershipLabels.temporaryName(name))
                .filter(left -> isFor(left, name, owner))
                .ifPresent(left -> secrets.delete(left, WriteMode.REAL)));
        Optional<ObjectNode> secret = reader.secret(name);
        return secret.filter(ours -> OwnershipLabels.isOurs(ours, owner))
                        .flatMap(OwnershipLabels::temporary)
                        .isEmpty()
                ? secret
                : Optional.of(secrets.write(unmark(secret), this::unmark, WriteMode.REAL)
                        .wanted()
                        .orElseThrow());
    }

    private SecretAction unmark(Optional<ObjectNode> secret) {
        if (secret.flatMap(OwnershipLabels::temporary).isEmpty()) {
            return SecretAction.keep(secret, List.of());
        }
        ObjectNode clean = secret.get().deepCopy();
        OwnershipLabels.removeTemporary(clean);
        return SecretAction.change(SecretAction.Action.UPDATE, secret.get(), clean, List.of(), List.of());
    }

    private void createCopy(ObjectNode wanted) {
        ObjectNode temporary = wanted.deepCopy();
        KubeObjects.metadata(temporary).put("name", OwnershipLabels.temporaryName(name));
        OwnershipLabels.putTemporary(temporary, name);
        persist(() -> {
            Optional<ObjectNode> current = reader.secret(OwnershipLabels.temporaryName(name));
            if (current.isEmpty()) {
                gateway.create(Resource.SECRETS, temporary, WriteMode.REAL);
            } else if (!isFor(current.get(), name, owner)) {
                throw new ClusterException(
                        Kind.INVALID,
                        "Secret " + OwnershipLabels.temporaryName(name) + " in namespace "
                                + KubeObjects.namespace(temporary)
                                + " is not ours and is in the way of --recreate, which needs that "
                                + "name for a moment: rename it, or choose another --name");
            } else {
                ObjectNode renewed = temporary.deepCopy();
                KubeObjects.metadata(renewed).put("resourceVersion", KubeObjects.resourceVersion(current.get()));
                gateway.replace(Resource.SECRETS, renewed, WriteMode.REAL);
            }
        });
    }

    private void delete(ObjectNode old) {
        persist(() -> {
            Optional<ObjectNode> current =
                    reader.secret(name).filter(now -> KubeObjects.uid(now).equals(KubeObjects.uid(old)));
            if (current.isPresent() && !current.get().path("data").equals(old.path("data"))) {
                throw new ClusterException(
                        Kind.INVALID,
                        "another client changed Secret " + name + " in namespace " + KubeObjects.namespace(old)
                                + " while it was being recreated");
            }
            current.ifPresent(now -> secrets.delete(now, WriteMode.REAL));
        });
    }

    private ObjectNode create(ObjectNode wanted) {
        Attempts attempts = new Attempts();
        while (true) {
            try {
                return gateway.create(Resource.SECRETS, wanted, WriteMode.REAL);
            } catch (ClusterException e) {
                Optional<ObjectNode> current = attempts.readAfter(e, () -> reader.secret(name));
                if (current.isPresent() && !Content.isSame(current.get(), wanted)) {
                    left = "Secret " + OwnershipLabels.temporaryName(name) + " holds what " + name
                            + " shall hold, and is bound wherever it is";
                    throw new ClusterException(
                            Kind.INVALID,
                            "another client created Secret " + name + " in namespace " + KubeObjects.namespace(wanted)
                                    + " while it was being recreated",
                            e);
                } else if (current.isPresent()) {
                    return current.get();
                }
            }
        }
    }

    /** Runs an action that reads before it writes, and repeats it after temporary failures. */
    private static void persist(Runnable action) {
        Attempts.repeating(action);
    }
}
