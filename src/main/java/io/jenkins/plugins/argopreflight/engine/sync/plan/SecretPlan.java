package io.jenkins.plugins.argopreflight.engine.sync.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.DiffLine;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.DockerConfig;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.DockerConfigException;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.DockerConfigMerge;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.KeyChange;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.RegistryCredential;
import io.jenkins.plugins.argopreflight.engine.sync.SyncRequest;
import io.jenkins.plugins.argopreflight.engine.sync.plan.SecretAction.Action;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.secret.Password;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The decision about a Secret, from its present state and the request. Pure: no I/O, no clock.
 *
 * <p>A Secret's type never changes, and neither does the data of an immutable Secret (<a
 * href="https://github.com/kubernetes/kubernetes/blob/v1.34.4/pkg/apis/core/validation/validation.go">ValidateSecretUpdate</a>):
 * both are reported before anything is written.
 */
public final class SecretPlan {

    private final SyncRequest request;
    private final DockerConfig wanted;

    /**
     * Creates a plan for all namespaces of a request.
     *
     * @param wanted the requested registries; none unless the mode is APPLY
     */
    public SecretPlan(SyncRequest request, DockerConfig wanted) {
        this.request = request;
        this.wanted = wanted;
    }

    /**
     * Decides what to do with the Secret in one namespace.
     *
     * @param namespace the namespace
     * @param current the Secret of that name; empty if there is none
     * @param temporary the temporary Secret that an interrupted --recreate left; empty for none
     */
    public SecretAction decide(String namespace, Optional<ObjectNode> current, Optional<ObjectNode> temporary) {
        Optional<String> refusal = current.flatMap(secret -> new RefusalReason(request, secret).find());
        if (refusal.isPresent()) {
            return SecretAction.refuse(current.orElseThrow(), refusal.get());
        }
        try {
            return switch (request.mode()) {
                case APPLY -> current.isPresent() ? update(current.get()) : create(namespace, temporary);
                case UNBIND -> SecretAction.keep(current, List.of());
                case DELETE -> current.isPresent() ? delete(current.get()) : absent(temporary);
            };
        } catch (DockerConfigException e) {
            return SecretAction.refuse(
                    current.or(() -> temporary).orElseThrow(),
                    "Secret " + request.name() + " in namespace " + namespace
                            + " cannot be read, so its other registries would be lost: " + e.getMessage()
                            + ". Fix or delete it, or choose another --name");
        }
    }

    private SecretAction create(String namespace, Optional<ObjectNode> temporary) {
        DockerConfigMerge merge = merge(temporary.map(Content::of).orElse(Content.none()), temporary);
        ObjectNode object = temporary
                .map(SecretPlan::fresh)
                .orElseGet(() -> KubeObjects.of(Resource.SECRETS, namespace, request.name()));
        object.put("type", Content.TYPE);
        KubeObjects.metadata(object).put("name", request.name());
        Content.put(object, temporary.isPresent() ? merge.json() : wanted.toJson());
        OwnershipLabels.put(object, request.owner(), ids(merge, temporary));
        temporary.ifPresent(copy -> OwnershipLabels.putTemporary(object, KubeObjects.name(copy)));
        return SecretAction.create(object, diff(merge), notes(merge, temporary));
    }

    /**
     * Plans the change of an existing Secret. If its type or its immutability prevents an update, it is recreated or
     * refused.
     */
    private SecretAction update(ObjectNode current) {
        Password before = Content.of(current);
        Optional<ObjectNode> ours =
                Optional.of(current).filter(secret -> OwnershipLabels.isOurs(secret, request.owner()));
        DockerConfigMerge merge = merge(before, ours);
        List<String> notes = notes(merge, ours);
        takenOver(current).ifPresent(notes::add);
        ObjectNode object = current.deepCopy();
        OwnershipLabels.put(object, request.owner(), ids(merge, ours));
        boolean wrongType = !Json.text(current, "type").equals(Content.TYPE);
        if (!merge.isWrite() && !wrongType) {
            return object.equals(current)
                    ? SecretAction.keep(Optional.of(current), notes)
                    : SecretAction.change(Action.UPDATE, current, object, markDiff(current), notes);
        }
        Content.put(object, merge.isWrite() ? merge.json() : before);
        boolean immutable = current.path("immutable").asBoolean();
        List<DiffLine> diff = new ArrayList<>(diff(merge));
        if (wrongType) {
            diff.add(DiffLine.changed("type: " + Json.text(current, "type") + " -> " + Content.TYPE));
        }
        if (immutable) {
            diff.add(DiffLine.removed("immutable: true"));
        }
        diff.addAll(markDiff(current));
        if (!wrongType && !immutable) {
            notes.add("pods that refer to " + request.name()
                    + " and wait for an image need nothing: the kubelet reads the Secret at each attempt");
            return SecretAction.change(Action.UPDATE, current, object, diff, notes);
        }
        if (!request.options().recreate()) {
            return SecretAction.refuse(current, RefusalReason.immutable(current, diff(merge)));
        }
        notes.add("Secret " + request.name() + " is deleted and created, since Kubernetes cannot change "
                + (wrongType ? "a type" : "an immutable one") + "; meanwhile the ServiceAccounts refer to "
                + OwnershipLabels.temporaryName(request.name()) + " too. A pod that names " + request.name()
                + " only, and pulls in just that moment, tries again");
        return SecretAction.change(Action.RECREATE, current, fresh(object), diff, notes);
    }

    /**
     * Removes a Secret that this owner can remove. It is deleted if all content is ours. Otherwise our registries are
     * removed, and the rest is returned to its owner.
     */
    private SecretAction delete(ObjectNode current) {
        List<String> ours = OwnershipLabels.isOurs(current, request.owner())
                ? List.copyOf(OwnershipLabels.keys(current))
                : List.of();
        DockerConfigMerge rest = wanted.mergeInto(Content.of(current), ours, /* prune= */ true);
        if (rest.isEmpty() && Content.otherKeys(current).isEmpty()) {
            return SecretAction.delete(current, diff(rest));
        }
        String others = String.join(", ", OurKeys.others(rest, current));
        if (rest.isWrite() && current.path("immutable").asBoolean()) {
            return SecretAction.refuse(
                    current,
                    "Secret " + request.name() + " in namespace "
                            + KubeObjects.namespace(current)
                            + " is immutable: true and holds what others put there ("
                            + others
                            + "), so our registries cannot be taken out of it. Delete it with kubectl if that is not "
                            + "needed");
        }
        ObjectNode object = current.deepCopy();
        if (rest.isWrite()) {
            Content.put(object, rest.json());
        }
        OwnershipLabels.remove(object);
        return SecretAction.change(
                Action.RELEASE,
                current,
                object,
                diff(rest),
                List.of("Secret " + request.name()
                        + " stays, bound as it is: it holds what others put there (" + others
                        + "); our registries were taken out, and it is no longer marked as ours"));
    }

    /**
     * Removes the temporary Secret of an interrupted --recreate, too, unless only the temporary Secret has the content
     * of others.
     */
    private SecretAction absent(Optional<ObjectNode> temporary) {
        return temporary
                .filter(copy -> delete(copy).action() != Action.DELETE)
                .map(copy -> SecretAction.refuse(
                        copy,
                        "Secret " + KubeObjects.name(copy) + " in namespace " + KubeObjects.namespace(copy)
                                + " holds what others put into Secret " + request.name()
                                + ", which --recreate deleted before it was interrupted. Write it again first"))
                .orElseGet(() -> SecretAction.keep(Optional.empty(), List.of()));
    }

    private DockerConfigMerge merge(Password existing, Optional<ObjectNode> marked) {
        List<String> ours =
                marked.map(secret -> List.copyOf(OwnershipLabels.keys(secret))).orElse(List.of());
        return wanted.mergeInto(existing, ours, request.options().prune());
    }

    /** Returns a copy that can be created: no identity from the server, mutable, of the right type. */
    private static ObjectNode fresh(ObjectNode object) {
        ObjectNode copy = object.deepCopy();
        copy.put("type", Content.TYPE).remove("immutable");
        KubeObjects.metadata(copy)
                .remove(List.of("uid", "resourceVersion", "creationTimestamp", "managedFields", "generation"));
        return copy;
    }

    /** Returns the credentials' ids by key: of the requested ones, and of earlier ones that stay. */
    private SortedMap<String, String> ids(DockerConfigMerge merge, Optional<ObjectNode> marked) {
        SortedMap<String, String> ids = new TreeMap<>();
        SortedMap<String, String> before =
                marked.map(OwnershipLabels::credentialIds).orElseGet(TreeMap::new);
        for (String key : OurKeys.afterMerge(merge, marked)) {
            RegistryCredential requested = wanted.entries().get(key);
            ids.put(key, requested == null ? before.getOrDefault(key, "") : requested.id());
        }
        return ids;
    }

    private static List<DiffLine> diff(DockerConfigMerge merge) {
        return merge.changes().stream()
                .filter(KeyChange::isWrite)
                .map(KeyChange::line)
                .toList();
    }

    private List<DiffLine> markDiff(ObjectNode current) {
        String owner = "label " + OwnershipLabels.OWNER + ": ";
        if (!OwnershipLabels.isManaged(current)) {
            return List.of(
                    DiffLine.added("label " + OwnershipLabels.MANAGED_BY + ": " + OwnershipLabels.US),
                    DiffLine.added(owner + request.owner().id()));
        }
        Optional<String> before = OwnershipLabels.ownerId(current);
        if (before.isEmpty()) {
            return List.of(DiffLine.added(owner + request.owner().id()));
        }
        return before.get().equals(request.owner().id())
                ? List.of(DiffLine.changed("annotations " + OwnershipLabels.PREFIX + "…"))
                : List.of(DiffLine.changed(
                        owner + before.get() + " -> " + request.owner().id()));
    }

    /** Returns a note about the previous owner, if the owner changes. */
    private Optional<String> takenOver(ObjectNode current) {
        String secret = "Secret " + request.name() + " in namespace " + KubeObjects.namespace(current);
        String now = " now belongs to " + request.owner().name();
        if (!OwnershipLabels.isManaged(current)) {
            return Ownership.of(current).map(former -> secret + now + "; it seemed to belong to " + former);
        }
        Optional<String> former = OwnershipLabels.ownerId(current);
        if (former.isEmpty()) {
            return Optional.of(secret + now + ": it was written by a version that recorded no owner");
        }
        return former.filter(id -> !id.equals(request.owner().id()))
                .flatMap(id -> OwnershipLabels.owner(current))
                .map(owner -> secret + now + "; it belonged to " + owner);
    }

    private List<String> notes(DockerConfigMerge merge, Optional<ObjectNode> marked) {
        List<String> notes = new ArrayList<>(wanted.notes());
        merge.notes().forEach(note -> notes.add("Secret " + request.name() + ": " + note));
        Set<String> leftoverKeys = OurKeys.leftover(merge, marked);
        if (!leftoverKeys.isEmpty()) {
            notes.add("Secret " + request.name() + " still holds " + String.join(", ", leftoverKeys)
                    + ", which Argo Preflight wrote and this call does not list: --prune removes them");
        }
        return notes;
    }
}
