package io.jenkins.plugins.argopreflight.engine.change;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a run read of the images and objects that its workflows depend on, to compare a later run with it. What is not in
 * it was not read: nothing is known of it.
 *
 * @param cluster the API server's URL, or the snapshot's folder; "" when none was asked
 * @param objects at most {@link #LIMIT}, images and credentials first
 * @param complete kinds of which all objects in a namespace are in it, such as {@code ResourceQuota ci}
 */
public record RecordedState(String cluster, List<RecordedObject> objects, List<String> complete) {

    /** Nothing was read. */
    public static final RecordedState NONE = new RecordedState("", List.of(), List.of());

    /** How many objects are recorded at most; then no list is complete. */
    public static final int LIMIT = 500;

    public RecordedState {
        cluster = Objects.requireNonNullElse(cluster, "");
        objects = objects == null ? List.of() : List.copyOf(objects);
        complete = complete == null ? List.of() : List.copyOf(complete);
    }

    static RecordedState of(String cluster, Collection<RecordedObject> objects, Collection<String> complete) {
        boolean all = objects.size() <= LIMIT;
        return new RecordedState(
                cluster,
                objects.stream()
                        .sorted(Comparator.comparing((RecordedObject object) -> RecordedObject.rank(object.kind()))
                                .thenComparing(RecordedObject::key))
                        .limit(LIMIT)
                        .toList(),
                all ? complete.stream().distinct().sorted().toList() : List.of());
    }

    /** Both together, where the later one counts; of another cluster it is left out. */
    public RecordedState and(RecordedState later) {
        if (isEmpty() || later.isEmpty() || !cluster.equals(later.cluster)) {
            return isEmpty() ? later : this;
        }
        Map<String, RecordedObject> all = new LinkedHashMap<>();
        Stream.of(this, later)
                .flatMap(state -> state.objects.stream())
                .forEach(object -> all.merge(object.key(), object, RecordedState::merged));
        return of(
                cluster,
                all.values(),
                Stream.concat(complete.stream(), later.complete.stream()).toList());
    }

    /** The digests of an image have several sources, which are asked at different times. */
    private static RecordedObject merged(RecordedObject earlier, RecordedObject later) {
        if (!later.kind().equals(RecordedObject.IMAGE)) {
            return later;
        }
        Map<String, String> fields = new TreeMap<>(earlier.fields());
        fields.putAll(later.fields());
        return later.with(fields);
    }

    /** The same with a sum in place of the cluster's address, for a file that must not show it. */
    public RecordedState withoutAddress() {
        return new RecordedState(RecordedFields.sum(cluster), objects, complete);
    }

    /** The same with its address where it is of this cluster, else nothing. */
    public RecordedState of(String server) {
        return cluster.equals(server) || cluster.equals(RecordedFields.sum(server))
                ? new RecordedState(server, objects, complete)
                : NONE;
    }

    @JsonIgnore
    public boolean isEmpty() {
        return objects.isEmpty();
    }
}
