package io.jenkins.plugins.argopreflight.engine.sync.plan;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.DiffLine;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * The change of one ServiceAccount. Only the entry with the name of our Secret is touched; the list is written as a
 * whole with the resourceVersion at which it was read, since every kind of merge patch replaces it (imagePullSecrets
 * has no patchMergeKey in <a href="https://github.com/kubernetes/api/blob/master/core/v1/types.go">core/v1
 * ServiceAccount</a>).
 *
 * @param account the name of the ServiceAccount
 * @param action the kind of change
 * @param object the object to write; with KEEP, the present one
 * @param diff the differences, line by line
 */
public record AccountStep(String account, Action action, ObjectNode object, List<DiffLine> diff) {

    public enum Action {
        KEEP,
        BIND,
        UNBIND,
        CREATE
    }

    private static final String LIST = "imagePullSecrets";

    /** Adds the name unless the list has it. */
    public static AccountStep bind(ObjectNode current, String secret) {
        if (refersTo(current, secret)) {
            return new AccountStep(KubeObjects.name(current), Action.KEEP, current, List.of());
        }
        ObjectNode wanted = current.deepCopy();
        KubeObjects.addName(wanted, LIST, secret);
        return new AccountStep(
                KubeObjects.name(current), Action.BIND, wanted, List.of(DiffLine.added(LIST + ": " + secret)));
    }

    /** Removes every entry of the name, and nothing else. */
    public static AccountStep unbind(ObjectNode current, String secret) {
        if (!refersTo(current, secret)) {
            return new AccountStep(KubeObjects.name(current), Action.KEEP, current, List.of());
        }
        ObjectNode wanted = current.deepCopy();
        ArrayNode kept = wanted.arrayNode();
        current.path(LIST).forEach(entry -> {
            if (!Json.text(entry, "name").equals(secret)) {
                kept.add(entry.deepCopy());
            }
        });
        if (kept.isEmpty()) {
            wanted.remove(LIST);
        } else {
            wanted.set(LIST, kept);
        }
        return new AccountStep(
                KubeObjects.name(current), Action.UNBIND, wanted, List.of(DiffLine.removed(LIST + ": " + secret)));
    }

    /** Creates a ServiceAccount that refers to the Secret. */
    static AccountStep create(String namespace, String account, String secret) {
        ObjectNode wanted = KubeObjects.of(Resource.SERVICE_ACCOUNTS, namespace, account);
        KubeObjects.metadata(wanted).withObject("/labels").put(OwnershipLabels.MANAGED_BY, OwnershipLabels.US);
        KubeObjects.addName(wanted, LIST, secret);
        return new AccountStep(account, Action.CREATE, wanted, List.of(DiffLine.added(LIST + ": " + secret)));
    }

    public static boolean refersTo(ObjectNode account, String secret) {
        return pullSecrets(account).contains(secret);
    }

    public static List<String> pullSecrets(ObjectNode account) {
        return KubeObjects.names(account.path(LIST));
    }

    /** Returns notes about this ServiceAccount for the user, although nothing is wrong. */
    static List<String> notes(ObjectNode account, String secret) {
        List<String> notes = new ArrayList<>();
        String name = KubeObjects.name(account);
        if (KubeObjects.enforcesMountableSecrets(account)) {
            notes.add(
                    "ServiceAccount " + name + " has the annotation " + KubeObjects.ENFORCE_MOUNTABLE_SECRETS
                            + ": a pod that "
                            + "names an image pull Secret itself is refused unless this ServiceAccount's imagePullSecrets hold it");
        }
        if (KubeObjects.names(account.path("secrets")).contains(secret)) {
            notes.add("ServiceAccount " + name + " lists " + secret + " under .secrets, where it does not serve to "
                    + "pull images and can be taken for the API token: remove it there");
        }
        return notes;
    }
}
