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
import io.jenkins.plugins.argopreflight.engine.sync.plan.OwnershipLabels;
import io.jenkins.plugins.argopreflight.engine.sync.plan.SecretAction;
import io.jenkins.plugins.argopreflight.engine.sync.plan.SecretAction.Action;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A writer that carries out a step on the Secret. After every failure it reads the Secret and decides the step again,
 * so that a write whose answer was lost is not repeated, and a Secret that another owner wrote is not overwritten.
 */
final class SecretWriter {

    private final ClusterGateway gateway;
    private final NamespaceReader reader;
    private final SecretOwner owner;
    private final String writtenBy;
    private final Clock clock;

    SecretWriter(ClusterGateway gateway, NamespaceReader reader, SyncRequest request, Clock clock) {
        this.gateway = gateway;
        this.reader = reader;
        this.owner = request.owner();
        this.writtenBy = request.writtenBy();
        this.clock = clock;
    }

    /**
     * Carries out a step.
     *
     * @param first a step that is not RECREATE
     * @param decide returns the step for the Secret as it is now
     * @return the step with the Secret as the server stored it. It is REFUSE or RECREATE if that is the step for a
     *     Secret that was changed meanwhile
     */
    SecretAction write(SecretAction first, Function<Optional<ObjectNode>, SecretAction> decide, WriteMode mode) {
        Attempts attempts = new Attempts();
        SecretAction step = first;
        while (true) {
            try {
                switch (step.action()) {
                    case CREATE -> {
                        return step.stored(gateway.create(Resource.SECRETS, signed(step), mode));
                    }
                    case UPDATE, RELEASE -> {
                        return step.stored(gateway.replace(Resource.SECRETS, signed(step), mode));
                    }
                    case DELETE -> {
                        delete(step.current().orElseThrow(), mode);
                        return step;
                    }
                    case KEEP -> {
                        // If the first step was another one, the server carried it out, but its answer was lost.
                        return new SecretAction(
                                first.action(), first.current(), step.wanted(), first.diff(), first.notes(), "");
                    }
                    default -> {
                        return step;
                    }
                }
            } catch (ClusterException e) {
                Optional<ObjectNode> now = attempts.readAfter(e, () -> reader.secret(first.name()));
                step = isReleased(step, now) ? SecretAction.keep(now, first.notes()) : decide.apply(now);
            }
        }
    }

    /**
     * Writes the Secret without reading it, and replaces any Secret of this name: for a login that is not allowed to
     * get it.
     */
    ObjectNode writeBlindly(SecretAction create, WriteMode mode) {
        Attempts attempts = new Attempts();
        boolean exists = false;
        while (true) {
            try {
                return exists
                        ? gateway.replace(Resource.SECRETS, signed(create), mode)
                        : gateway.create(Resource.SECRETS, signed(create), mode);
            } catch (ClusterException e) {
                if (e.kind() == (exists ? Kind.NOT_FOUND : Kind.ALREADY_EXISTS)) {
                    exists = !exists;
                } else {
                    attempts.afterFailure(e);
                }
            }
        }
    }

    /** Deletes any object of this name without reading it. A Secret that does not exist is no error. */
    SecretAction deleteBlindly(String namespace, String name, WriteMode mode) {
        Attempts.repeating(() -> delete(KubeObjects.of(Resource.SECRETS, namespace, name), mode));
        return new SecretAction(Action.DELETE, Optional.empty(), Optional.empty(), List.of(), List.of(), "");
    }

    /** Deletes just the object that was read. If it is already deleted, this is no error. */
    void delete(ObjectNode object, WriteMode mode) {
        try {
            gateway.delete(
                    Resource.SECRETS,
                    KubeObjects.namespace(object),
                    KubeObjects.name(object),
                    KubeObjects.uid(object),
                    KubeObjects.resourceVersion(object),
                    mode);
        } catch (ClusterException e) {
            if (e.kind() != Kind.NOT_FOUND) {
                throw e;
            }
        }
    }

    ObjectNode signed(SecretAction step) {
        ObjectNode object = step.wanted().orElseThrow().deepCopy();
        if (step.action() != Action.RELEASE) {
            OwnershipLabels.sign(object, owner, writtenBy, clock.instant());
        }
        return object;
    }

    /**
     * Returns whether the release of a Secret was stored although it failed. The Secret then has no owner mark, so that
     * another decision would be REFUSE.
     */
    private static boolean isReleased(SecretAction step, Optional<ObjectNode> now) {
        return step.action() == Action.RELEASE
                && now.isPresent()
                && !OwnershipLabels.isManaged(now.get())
                && now.get().path("data").equals(step.wanted().orElseThrow().path("data"));
    }
}
