package io.jenkins.plugins.argopreflight.engine.sync;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.cluster.Objects;
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
record SecretStep(
        Action action,
        Optional<ObjectNode> current,
        Optional<ObjectNode> wanted,
        List<String> diff,
        List<String> notes,
        String refusal) {

    enum Action {
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

    static SecretStep keep(Optional<ObjectNode> current, List<String> notes) {
        return new SecretStep(Action.KEEP, current, current, List.of(), notes, "");
    }

    static SecretStep create(ObjectNode wanted, List<String> diff, List<String> notes) {
        return new SecretStep(Action.CREATE, Optional.empty(), Optional.of(wanted), diff, notes, "");
    }

    static SecretStep change(
            Action action, ObjectNode current, ObjectNode wanted, List<String> diff, List<String> notes) {
        return new SecretStep(action, Optional.of(current), Optional.of(wanted), diff, notes, "");
    }

    static SecretStep delete(ObjectNode current, List<String> diff) {
        return new SecretStep(Action.DELETE, Optional.of(current), Optional.empty(), diff, List.of(), "");
    }

    static SecretStep refuse(ObjectNode current, String refusal) {
        return new SecretStep(Action.REFUSE, Optional.of(current), Optional.of(current), List.of(), List.of(), refusal);
    }

    /** The same step, carried out: with the object as the server stored it. */
    SecretStep stored(ObjectNode object) {
        return new SecretStep(action, current, Optional.of(object), diff, notes, refusal);
    }

    /** The Secret's name; "" when there neither is one nor shall be one. */
    String name() {
        return wanted.or(() -> current).map(Objects::name).orElse("");
    }
}
