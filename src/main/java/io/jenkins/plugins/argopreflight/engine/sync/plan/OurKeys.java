package io.jenkins.plugins.argopreflight.engine.sync.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.DockerConfigMerge;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.KeyChange;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.KeyChange.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The registries of a Secret, divided into those that Argo Preflight wrote and those of others. */
final class OurKeys {

    private OurKeys() {}

    /** Returns the keys of Argo Preflight after a merge: the requested ones, and earlier ones that are still there. */
    static Set<String> afterMerge(DockerConfigMerge merge, Optional<ObjectNode> marked) {
        Set<String> keys = new TreeSet<>(leftover(merge, marked));
        merge.changes().stream()
                .filter(change -> change.kind() != Kind.KEPT && change.kind() != Kind.REMOVED)
                .map(KeyChange::key)
                .forEach(keys::add);
        return keys;
    }

    /** Returns the keys that an earlier run wrote, that are not requested now, and that are still there. */
    static Set<String> leftover(DockerConfigMerge merge, Optional<ObjectNode> marked) {
        Set<String> keys = new TreeSet<>(marked.map(OwnershipLabels::keys).orElse(Set.of()));
        keys.retainAll(kept(merge));
        return keys;
    }

    /** Returns the content of others, safe to print: registries, and data under other keys. */
    static List<String> others(DockerConfigMerge merge, ObjectNode secret) {
        List<String> others = new ArrayList<>(kept(merge));
        Content.otherKeys(secret).forEach(key -> others.add("data " + key));
        return others;
    }

    /** Returns the keys that stay and were not requested. */
    static List<String> kept(DockerConfigMerge merge) {
        return merge.changes().stream()
                .filter(change -> change.kind() == Kind.KEPT)
                .map(KeyChange::key)
                .toList();
    }
}
