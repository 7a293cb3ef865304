package io.jenkins.plugins.argopreflight.engine.sync.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.dockerconfig.DockerConfigMerge;
import io.jenkins.plugins.argopreflight.engine.dockerconfig.KeyChange;
import io.jenkins.plugins.argopreflight.engine.dockerconfig.KeyChange.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Which registries of a Secret are ours, and which are other people's. */
final class OurKeys {

    private OurKeys() {}

    /** Ours after a merge: what is asked for, and what we wrote before that is still there. */
    static Set<String> after(DockerConfigMerge merge, Optional<ObjectNode> marked) {
        Set<String> keys = new TreeSet<>(left(merge, marked));
        merge.changes().stream()
                .filter(change -> change.kind() != Kind.KEPT && change.kind() != Kind.REMOVED)
                .map(KeyChange::key)
                .forEach(keys::add);
        return keys;
    }

    /** What we wrote before, no one asks for now, and is still there. */
    static Set<String> left(DockerConfigMerge merge, Optional<ObjectNode> marked) {
        Set<String> keys = new TreeSet<>(marked.map(OwnershipLabels::keys).orElse(Set.of()));
        keys.retainAll(kept(merge));
        return keys;
    }

    /** What of the Secret is not ours, as it can be printed: registries, and data under other keys. */
    static List<String> others(DockerConfigMerge merge, ObjectNode secret) {
        List<String> others = new ArrayList<>(kept(merge));
        Content.otherKeys(secret).forEach(key -> others.add("data " + key));
        return others;
    }

    /** What stays and was not asked for. */
    static List<String> kept(DockerConfigMerge merge) {
        return merge.changes().stream()
                .filter(change -> change.kind() == Kind.KEPT)
                .map(KeyChange::key)
                .toList();
    }
}
