package io.jenkins.plugins.argopreflight.engine.sync.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kube.Objects;
import java.util.List;
import java.util.Optional;

/**
 * What is to be done to the Secret.
 *
 * @param action what to do
 * @param current as it is in the cluster; empty when there is none
 * @param wanted as it is to be written; with KEEP as it is; empty when it is to be gone
 * @param diff what changes, line by line, with no secret in it
 * @param notes what a person should know although nothing is wrong
 * @param refusal with REFUSE, why: what, where, do this; else ""
 */
public record SecretAction(
        Action action,
        Optional<ObjectNode> current,
        Optional<ObjectNode> wanted,
        List<String> diff,
        List<String> notes,
        String refusal) {

    public enum Action {
        KEEP,
        CREATE,
        UPDATE,
        /** Delete and create, behind a stand-in. */
        RECREATE,
        DELETE,
        /** Take our registries out, give the Secret back, leave the bindings. */
        RELEASE,
        REFUSE
    }

    public static SecretAction keep(Optional<ObjectNode> current, List<String> notes) {
        return new SecretAction(Action.KEEP, current, current, List.of(), notes, "");
    }

    static SecretAction create(ObjectNode wanted, List<String> diff, List<String> notes) {
        return new SecretAction(Action.CREATE, Optional.empty(), Optional.of(wanted), diff, notes, "");
    }

    public static SecretAction change(
            Action action, ObjectNode current, ObjectNode wanted, List<String> diff, List<String> notes) {
        return new SecretAction(action, Optional.of(current), Optional.of(wanted), diff, notes, "");
    }

    static SecretAction delete(ObjectNode current, List<String> diff) {
        return new SecretAction(Action.DELETE, Optional.of(current), Optional.empty(), diff, List.of(), "");
    }

    public static SecretAction refuse(ObjectNode current, String refusal) {
        return new SecretAction(
                Action.REFUSE, Optional.of(current), Optional.of(current), List.of(), List.of(), refusal);
    }

    /** The same step, carried out: with the object as the server stored it. */
    public SecretAction stored(ObjectNode object) {
        return new SecretAction(action, current, Optional.of(object), diff, notes, refusal);
    }

    /** The Secret's name; "" when there neither is one nor shall be one. */
    public String name() {
        return wanted.or(() -> current).map(Objects::name).orElse("");
    }
}
