package io.jenkins.plugins.argopreflight.engine.sync.plan;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kube.Objects;
import io.jenkins.plugins.argopreflight.engine.kube.Resource;
import java.util.ArrayList;
import java.util.List;

/**
 * What is to be done to one ServiceAccount. Only the entry of our name is touched; the list is written as a whole with
 * the resourceVersion it was read at, since every kind of merge patch replaces it (imagePullSecrets has no
 * patchMergeKey in
 * <a href="https://github.com/kubernetes/api/blob/master/core/v1/types.go">core/v1 ServiceAccount</a>).
 *
 * @param account its name
 * @param action what to do
 * @param object as it is to be written; with KEEP, as it is
 * @param diff what changes, line by line
 */
public record AccountStep(String account, Action action, ObjectNode object, List<String> diff) {

    public enum Action {
        KEEP,
        BIND,
        UNBIND,
        CREATE
    }

    private static final String LIST = "imagePullSecrets";

    /** Adds the name unless it is there. */
    public static AccountStep bind(ObjectNode current, String secret) {
        if (refersTo(current, secret)) {
            return new AccountStep(Objects.name(current), Action.KEEP, current, List.of());
        }
        ObjectNode wanted = current.deepCopy();
        Objects.addName(wanted, LIST, secret);
        return new AccountStep(Objects.name(current), Action.BIND, wanted, List.of("+ " + LIST + ": " + secret));
    }

    /** Takes every entry of the name away, and nothing else. */
    public static AccountStep unbind(ObjectNode current, String secret) {
        if (!refersTo(current, secret)) {
            return new AccountStep(Objects.name(current), Action.KEEP, current, List.of());
        }
        ObjectNode wanted = current.deepCopy();
        ArrayNode kept = wanted.arrayNode();
        current.path(LIST).forEach(entry -> {
            if (!Objects.text(entry, "name").equals(secret)) {
                kept.add(entry.deepCopy());
            }
        });
        if (kept.isEmpty()) {
            wanted.remove(LIST);
        } else {
            wanted.set(LIST, kept);
        }
        return new AccountStep(Objects.name(current), Action.UNBIND, wanted, List.of("- " + LIST + ": " + secret));
    }

    /** Makes a ServiceAccount that refers to the Secret. */
    static AccountStep create(String namespace, String account, String secret) {
        ObjectNode wanted = Objects.of(Resource.SERVICE_ACCOUNTS, namespace, account);
        Objects.metadata(wanted).withObject("/labels").put(OwnershipLabels.MANAGED_BY, OwnershipLabels.US);
        Objects.addName(wanted, LIST, secret);
        return new AccountStep(account, Action.CREATE, wanted, List.of("+ " + LIST + ": " + secret));
    }

    public static boolean refersTo(ObjectNode account, String secret) {
        return pullSecrets(account).contains(secret);
    }

    public static List<String> pullSecrets(ObjectNode account) {
        return Objects.names(account.path(LIST));
    }

    /** What a person should know about this ServiceAccount although nothing is wrong. */
    static List<String> notes(ObjectNode account, String secret) {
        List<String> notes = new ArrayList<>();
        String name = Objects.name(account);
        if (Objects.annotations(account)
                .getOrDefault("kubernetes.io/enforce-mountable-secrets", "")
                .equals("true")) {
            notes.add(
                    "ServiceAccount " + name + " has kubernetes.io/enforce-mountable-secrets: \"true\": a pod that "
                            + "names an image pull Secret itself is refused unless this ServiceAccount's imagePullSecrets hold it");
        }
        if (Objects.names(account.path("secrets")).contains(secret)) {
            notes.add("ServiceAccount " + name + " lists " + secret + " under .secrets, where it does not serve to "
                    + "pull images and can be taken for the API token: remove it there");
        }
        return notes;
    }
}
