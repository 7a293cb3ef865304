package io.jenkins.plugins.argopreflight.engine.facts.change;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The changes between two runs on one cluster. An object that one of the runs did not read is not compared.
 *
 * @param compared the number of objects that both runs read
 * @param changes images first, then credentials, Roles, limits, the controller and other objects
 */
public record StateComparison(int compared, List<Change> changes) {

    /** Compares two states. States of different clusters have nothing to compare. */
    public static StateComparison of(RecordedState before, RecordedState now) {
        if (!before.cluster().equals(now.cluster())) {
            return new StateComparison(0, List.of());
        }
        Map<String, RecordedObject> earlier = byKey(before);
        Map<String, RecordedObject> later = byKey(now);
        Set<String> completeBefore = Set.copyOf(before.complete());
        Set<String> completeNow = Set.copyOf(now.complete());
        int compared = 0;
        List<Change> changes = new ArrayList<>();
        for (RecordedObject object : later.values()) {
            Optional<RecordedObject> old =
                    Optional.ofNullable(earlier.get(object.key())).or(() -> unlisted(object, completeBefore));
            if (old.isPresent()) {
                compared++;
                changes.addAll(ObjectChange.between(old.get(), object));
            }
        }
        for (RecordedObject object : earlier.values()) {
            Optional<RecordedObject> gone = unlisted(object, completeNow);
            if (!later.containsKey(object.key()) && gone.isPresent()) {
                compared++;
                changes.addAll(ObjectChange.between(object, gone.get()));
            }
        }
        changes.sort(Comparator.comparing(change -> RecordedObject.rank(change.kind())));
        return new StateComparison(compared, List.copyOf(changes));
    }

    /**
     * Returns the record of an absent object if a complete list does not contain it; empty if there is no such list.
     */
    private static Optional<RecordedObject> unlisted(RecordedObject object, Set<String> complete) {
        return complete.contains(object.scope())
                ? Optional.of(RecordedObject.absent(object.kind(), object.namespace(), object.name()))
                : Optional.empty();
    }

    private static Map<String, RecordedObject> byKey(RecordedState state) {
        return state.objects().stream()
                .collect(
                        Collectors.toMap(RecordedObject::key, each -> each, (one, other) -> other, LinkedHashMap::new));
    }
}
