package io.jenkins.plugins.argopreflight.engine.sync;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.cluster.Objects;
import io.jenkins.plugins.argopreflight.engine.cluster.Resource;
import io.jenkins.plugins.argopreflight.engine.dockerconfig.DockerConfig;
import io.jenkins.plugins.argopreflight.engine.dockerconfig.DockerConfigException;
import io.jenkins.plugins.argopreflight.engine.dockerconfig.DockerConfigMerge;
import io.jenkins.plugins.argopreflight.engine.dockerconfig.KeyChange;
import io.jenkins.plugins.argopreflight.engine.dockerconfig.RegistryCredential;
import io.jenkins.plugins.argopreflight.engine.secret.Password;
import io.jenkins.plugins.argopreflight.engine.sync.SecretStep.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Decides, from the Secret as it is and the request, what becomes of it. Pure: no I/O, no clock.
 *
 * <p>A Secret's type never changes, and the data of an immutable one neither
 * (<a href="https://github.com/kubernetes/kubernetes/blob/v1.34.4/pkg/apis/core/validation/validation.go">
 * ValidateSecretUpdate</a>): both are told before anything is written.
 */
final class SecretPlan {

    private final SyncRequest request;
    private final DockerConfig wanted;

    /** @param wanted the registries asked for; none unless the mode is APPLY */
    SecretPlan(SyncRequest request, DockerConfig wanted) {
        this.request = request;
        this.wanted = wanted;
    }

    /**
     * @param namespace where
     * @param current the Secret of that name; empty when there is none
     * @param standIn what an interrupted --recreate left; empty for nothing
     */
    SecretStep decide(String namespace, Optional<ObjectNode> current, Optional<ObjectNode> standIn) {
        Optional<String> objection = current.flatMap(secret -> new Objection(request, secret).find());
        if (objection.isPresent()) {
            return SecretStep.refuse(current.orElseThrow(), objection.get());
        }
        try {
            return switch (request.mode()) {
                case APPLY -> current.isPresent() ? update(current.get()) : create(namespace, standIn);
                case UNBIND -> SecretStep.keep(current, List.of());
                case DELETE -> current.isPresent() ? delete(current.get()) : SecretStep.keep(current, List.of());
            };
        } catch (DockerConfigException e) {
            return SecretStep.refuse(
                    current.or(() -> standIn).orElseThrow(),
                    "Secret " + request.name() + " in namespace " + namespace
                            + " cannot be read, so its other registries would be lost: " + e.getMessage()
                            + ". Mend or delete it, or choose another --name");
        }
    }

    private SecretStep create(String namespace, Optional<ObjectNode> standIn) {
        DockerConfigMerge merge = merge(standIn.map(Content::of).orElse(Content.none()), standIn);
        ObjectNode object = Objects.of(Resource.SECRETS, namespace, request.name());
        object.put("type", Content.TYPE);
        Content.put(object, standIn.isPresent() ? merge.json() : wanted.toJson());
        Marks.put(object, request.owner(), ids(merge, standIn));
        standIn.ifPresent(left -> Marks.putStandIn(object, Objects.name(left)));
        return SecretStep.create(object, diff(merge), notes(merge, standIn));
    }

    private SecretStep update(ObjectNode current) {
        Password before = Content.of(current);
        Optional<ObjectNode> ours = Optional.of(current).filter(secret -> Marks.isOurs(secret, request.owner()));
        DockerConfigMerge merge = merge(before, ours);
        List<String> notes = notes(merge, ours);
        takenOver(current).ifPresent(notes::add);
        ObjectNode object = current.deepCopy();
        Marks.put(object, request.owner(), ids(merge, ours));
        boolean wrongType = !Objects.text(current, "type").equals(Content.TYPE);
        if (!merge.isWrite() && !wrongType) {
            return object.equals(current)
                    ? SecretStep.keep(Optional.of(current), notes)
                    : SecretStep.change(Action.UPDATE, current, object, markDiff(current), notes);
        }
        Content.put(object, merge.isWrite() ? merge.json() : before);
        boolean immutable = current.path("immutable").asBoolean();
        List<String> diff = new ArrayList<>(diff(merge));
        if (wrongType) {
            diff.add("~ type: " + Objects.text(current, "type") + " -> " + Content.TYPE);
        }
        if (immutable) {
            diff.add("- immutable: true");
        }
        diff.addAll(markDiff(current));
        if (!wrongType && !immutable) {
            notes.add("pods that refer to " + request.name()
                    + " and wait for an image need nothing: the kubelet reads the Secret at each attempt");
            return SecretStep.change(Action.UPDATE, current, object, diff, notes);
        }
        if (!request.options().recreate()) {
            return SecretStep.refuse(current, Objection.immutable(current, diff(merge)));
        }
        notes.add("Secret " + request.name() + " is deleted and created, since Kubernetes cannot change "
                + (wrongType ? "a type" : "an immutable one") + "; meanwhile the ServiceAccounts refer to "
                + StandIn.nameFor(request.name()) + " too. A pod that names " + request.name()
                + " only, and pulls in just that moment, tries again");
        return SecretStep.change(Action.RECREATE, current, fresh(object), diff, notes);
    }

    /** Ours to take away: gone when all of it is ours; else our registries leave, and the rest is given back. */
    private SecretStep delete(ObjectNode current) {
        List<String> ours = Marks.isOurs(current, request.owner()) ? List.copyOf(Marks.keys(current)) : List.of();
        DockerConfigMerge rest = wanted.mergeInto(Content.of(current), ours, true);
        if (rest.isEmpty()) {
            return SecretStep.delete(current, diff(rest));
        }
        String others = String.join(", ", OurKeys.kept(rest));
        if (rest.isWrite() && current.path("immutable").asBoolean()) {
            return SecretStep.refuse(
                    current,
                    "Secret " + request.name() + " in namespace "
                            + Objects.namespace(current)
                            + " is immutable: true and holds registries that others put there ("
                            + others
                            + "), so ours cannot be taken out of it. Delete it by hand if those are not needed");
        }
        ObjectNode object = current.deepCopy();
        if (rest.isWrite()) {
            Content.put(object, rest.json());
        }
        Marks.remove(object);
        return SecretStep.change(
                Action.RELEASE,
                current,
                object,
                diff(rest),
                List.of("Secret " + request.name()
                        + " stays, bound as it is: it holds registries that others put there (" + others
                        + "); ours were taken out, and it is no longer marked as ours"));
    }

    private DockerConfigMerge merge(Password existing, Optional<ObjectNode> marked) {
        List<String> ours =
                marked.map(secret -> List.copyOf(Marks.keys(secret))).orElse(List.of());
        return wanted.mergeInto(existing, ours, request.options().prune());
    }

    /** A copy that can be created: no identity from the server, mutable, of the right type. */
    private static ObjectNode fresh(ObjectNode object) {
        ObjectNode copy = object.deepCopy();
        copy.put("type", Content.TYPE).remove("immutable");
        Objects.metadata(copy)
                .remove(List.of("uid", "resourceVersion", "creationTimestamp", "managedFields", "generation"));
        return copy;
    }

    /** The credentials' ids by key: of what is asked for, and of what we wrote before that stays. */
    private SortedMap<String, String> ids(DockerConfigMerge merge, Optional<ObjectNode> marked) {
        SortedMap<String, String> ids = new TreeMap<>();
        SortedMap<String, String> before = marked.map(Marks::credentialIds).orElseGet(TreeMap::new);
        for (String key : OurKeys.after(merge, marked)) {
            RegistryCredential asked = wanted.entries().get(key);
            ids.put(key, asked == null ? before.getOrDefault(key, "") : asked.id());
        }
        return ids;
    }

    private static List<String> diff(DockerConfigMerge merge) {
        return merge.changes().stream()
                .filter(KeyChange::isWrite)
                .map(KeyChange::line)
                .toList();
    }

    private List<String> markDiff(ObjectNode current) {
        String owner = "label " + Marks.OWNER + ": ";
        if (!Marks.isManaged(current)) {
            return List.of(
                    "+ label " + Marks.MANAGED_BY + ": " + Marks.US,
                    "+ " + owner + request.owner().id());
        }
        Optional<String> before = Marks.ownerId(current);
        if (before.isEmpty()) {
            return List.of("+ " + owner + request.owner().id());
        }
        return before.get().equals(request.owner().id())
                ? List.of("~ annotations " + Marks.PREFIX + "…")
                : List.of("~ " + owner + before.get() + " -> " + request.owner().id());
    }

    /** Who owned it until now, when that changes. */
    private Optional<String> takenOver(ObjectNode current) {
        String secret = "Secret " + request.name() + " in namespace " + Objects.namespace(current);
        String now = " now belongs to " + request.owner().name();
        if (!Marks.isManaged(current)) {
            return Ownership.of(current).map(former -> secret + now + "; it seemed to belong to " + former);
        }
        Optional<String> former = Marks.ownerId(current);
        if (former.isEmpty()) {
            return Optional.of(secret + now + ": it was written by a version that recorded no owner");
        }
        return former.filter(id -> !id.equals(request.owner().id()))
                .flatMap(id -> Marks.owner(current))
                .map(owner -> secret + now + "; it belonged to " + owner);
    }

    private List<String> notes(DockerConfigMerge merge, Optional<ObjectNode> marked) {
        List<String> notes = new ArrayList<>(wanted.notes());
        merge.notes().forEach(note -> notes.add("Secret " + request.name() + ": " + note));
        Set<String> left = OurKeys.left(merge, marked);
        if (!left.isEmpty()) {
            notes.add("Secret " + request.name() + " still holds " + String.join(", ", left)
                    + ", which we wrote and nobody asks for now: --prune removes them");
        }
        return notes;
    }
}
