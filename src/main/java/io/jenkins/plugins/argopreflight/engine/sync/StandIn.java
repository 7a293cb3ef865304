package io.jenkins.plugins.argopreflight.engine.sync;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterException;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterGateway.WriteMode;
import io.jenkins.plugins.argopreflight.engine.cluster.Objects;
import io.jenkins.plugins.argopreflight.engine.cluster.Resource;
import java.util.List;
import java.util.Optional;

/**
 * Makes a Secret anew whose immutable type or data is in the way, so that every ServiceAccount that refers to it refers
 * to a valid one all the time: a stand-in is bound next to it, the Secret is deleted and created, the stand-in goes. An
 * interruption leaves the stand-in; the next run finds it, by the Secret's annotation or the binding, and finishes.
 */
final class StandIn {

    private static final String SUFFIX = "-stand-in";

    private final ClusterGateway gateway;
    private final NamespaceReader reader;
    private final SecretWriter secrets;
    private final AccountWriter accounts;
    private final String name;
    private final SecretOwner owner;
    /** What an interruption would leave, in a sentence. */
    private String left = "nothing was changed";

    StandIn(
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

    static String nameFor(String name) {
        return name + SUFFIX;
    }

    static boolean isFor(ObjectNode standIn, String name, SecretOwner owner) {
        return Marks.isOurs(standIn, owner) && Marks.standIn(standIn).equals(Optional.of(name));
    }

    String left() {
        return left;
    }

    /** Replaces the Secret; afterwards {@link #remove} is due. */
    SecretStep recreate(SecretStep step) {
        ObjectNode wanted = secrets.signed(step);
        standUp(wanted);
        left = "Secret " + name + " is as it was, and Secret " + nameFor(name) + " is there";
        for (ObjectNode account : reader.all().values()) {
            if (AccountStep.refersTo(account, name)) {
                accounts.write(
                        AccountStep.bind(account, nameFor(name)),
                        now -> AccountStep.bind(now, nameFor(name)),
                        WriteMode.REAL);
            }
        }
        Marks.putStandIn(wanted, nameFor(name));
        left += ", bound wherever " + name + " is";
        delete(step.current().orElseThrow());
        left = "Secret " + name + " is deleted and not yet created; Secret " + nameFor(name)
                + " holds what it shall hold, and is bound wherever " + name + " is";
        return step.stored(create(wanted));
    }

    /** Unbinds and deletes the stand-in, and takes the mark of it from the Secret. */
    Optional<ObjectNode> remove() {
        for (ObjectNode account : reader.all().values()) {
            accounts.write(
                    AccountStep.unbind(account, nameFor(name)),
                    now -> AccountStep.unbind(now, nameFor(name)),
                    WriteMode.REAL);
        }
        persist(() -> reader.secret(nameFor(name))
                .filter(left -> isFor(left, name, owner))
                .ifPresent(left -> secrets.delete(left, WriteMode.REAL)));
        Optional<ObjectNode> secret = reader.secret(name);
        return secret.filter(ours -> Marks.isOurs(ours, owner))
                        .flatMap(Marks::standIn)
                        .isEmpty()
                ? secret
                : Optional.of(secrets.write(unmark(secret), this::unmark, WriteMode.REAL)
                        .wanted()
                        .orElseThrow());
    }

    private SecretStep unmark(Optional<ObjectNode> secret) {
        if (secret.flatMap(Marks::standIn).isEmpty()) {
            return SecretStep.keep(secret, List.of());
        }
        ObjectNode clean = secret.get().deepCopy();
        Marks.removeStandIn(clean);
        return SecretStep.change(SecretStep.Action.UPDATE, secret.get(), clean, List.of(), List.of());
    }

    private void standUp(ObjectNode wanted) {
        ObjectNode standIn = wanted.deepCopy();
        Objects.metadata(standIn).put("name", nameFor(name));
        Marks.putStandIn(standIn, name);
        persist(() -> {
            Optional<ObjectNode> there = reader.secret(nameFor(name));
            if (there.isEmpty()) {
                gateway.create(Resource.SECRETS, standIn, WriteMode.REAL);
            } else if (!isFor(there.get(), name, owner)) {
                throw new ClusterException(
                        Kind.INVALID,
                        "Secret " + nameFor(name) + " in namespace "
                                + Objects.namespace(standIn)
                                + " is not ours and is in the way of --recreate, which needs that "
                                + "name for a moment: rename it, or choose another --name");
            } else {
                ObjectNode renewed = standIn.deepCopy();
                Objects.metadata(renewed).put("resourceVersion", Objects.resourceVersion(there.get()));
                gateway.replace(Resource.SECRETS, renewed, WriteMode.REAL);
            }
        });
    }

    private void delete(ObjectNode old) {
        persist(() -> {
            Optional<ObjectNode> there =
                    reader.secret(name).filter(now -> Objects.uid(now).equals(Objects.uid(old)));
            if (there.isPresent() && !there.get().path("data").equals(old.path("data"))) {
                throw new ClusterException(
                        Kind.INVALID,
                        "somebody else changed Secret " + name + " in namespace " + Objects.namespace(old)
                                + " while it was being recreated");
            }
            there.ifPresent(now -> secrets.delete(now, WriteMode.REAL));
        });
    }

    private ObjectNode create(ObjectNode wanted) {
        Attempts attempts = new Attempts();
        while (true) {
            try {
                return gateway.create(Resource.SECRETS, wanted, WriteMode.REAL);
            } catch (ClusterException e) {
                Optional<ObjectNode> there = attempts.readAfter(e, () -> reader.secret(name));
                if (there.isPresent() && !Content.isSame(there.get(), wanted)) {
                    left = "Secret " + nameFor(name) + " holds what " + name
                            + " shall hold, and is bound wherever it is";
                    throw new ClusterException(
                            Kind.INVALID,
                            "somebody else created Secret " + name + " in namespace " + Objects.namespace(wanted)
                                    + " while it was being recreated",
                            e);
                } else if (there.isPresent()) {
                    return there.get();
                }
            }
        }
    }

    /** Repeats an action that looks before it acts. */
    private static void persist(Runnable action) {
        Attempts.repeating(action);
    }
}
