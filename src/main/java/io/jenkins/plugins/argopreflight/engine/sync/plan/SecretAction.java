package io.jenkins.plugins.argopreflight.engine.sync.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.DiffLine;
import java.util.List;
import java.util.Optional;

/**
 * The change of a Secret.
 *
 * @param action the kind of change
 * @param current the Secret in the cluster; empty if there is none
 * @param wanted the Secret to write; with KEEP the present one; empty if it is to be deleted
 * @param diff the differences, line by line, with no secret in it
 * @param notes information for the user although nothing is wrong
 * @param refusal with REFUSE, the reason: what, where, do this; otherwise ""
 */
public record SecretAction(
        Action action,
        Optional<ObjectNode> current,
        Optional<ObjectNode> wanted,
        List<DiffLine> diff,
        List<String> notes,
        String refusal) {

    public enum Action {
        KEEP,
        CREATE,
        UPDATE,
        /** Delete and create, while a temporary copy takes its place. */
        RECREATE,
        DELETE,
        /** Remove our registries, return the Secret to its previous owner, leave the bindings. */
        RELEASE,
        REFUSE
    }

    public static SecretAction keep(Optional<ObjectNode> current, List<String> notes) {
        return new SecretAction(Action.KEEP, current, current, List.of(), notes, "");
    }

    static SecretAction create(ObjectNode wanted, List<DiffLine> diff, List<String> notes) {
        return new SecretAction(Action.CREATE, Optional.empty(), Optional.of(wanted), diff, notes, "");
    }

    public static SecretAction change(
            Action action, ObjectNode current, ObjectNode wanted, List<DiffLine> diff, List<String> notes) {
        return new SecretAction(action, Optional.of(current), Optional.of(wanted), diff, notes, "");
    }

    static SecretAction delete(ObjectNode current, List<DiffLine> diff) {
        return new SecretAction(Action.DELETE, Optional.of(current), Optional.empty(), diff, List.of(), "");
    }

    public static SecretAction refuse(ObjectNode current, String refusal) {
        return new SecretAction(
                Action.REFUSE, Optional.of(current), Optional.of(current), List.of(), List.of(), refusal);
    }

    /** Returns this step after it was carried out, with the object as the server stored it. */
    public SecretAction stored(ObjectNode object) {
        return new SecretAction(action, current, Optional.of(object), diff, notes, refusal);
    }

    /** The Secret's name; "" if there is none and none is to be created. */
    public String name() {
        return wanted.or(() -> current).map(KubeObjects::name).orElse("");
    }
}
