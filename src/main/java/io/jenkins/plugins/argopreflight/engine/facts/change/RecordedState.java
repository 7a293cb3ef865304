package io.jenkins.plugins.argopreflight.engine.facts.change;

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
 * The images and objects that a run read because its workflows depend on them, to compare a later run with it. An
 * object that is not in this state was not read, or is beyond {@link #LIMIT}.
 *
 * @param cluster the API server's URL, or the snapshot's folder; "" if none was asked
 * @param objects at most {@link #LIMIT}, images and credentials first
 * @param complete kinds of which all objects in a namespace are included, such as {@code ResourceQuota ci}
 */
public record RecordedState(String cluster, List<RecordedObject> objects, List<String> complete) {

    /** The state of a run that read nothing. */
    public static final RecordedState NONE = new RecordedState("", List.of(), List.of());

    /** The maximum of recorded objects. If there are more objects, {@link #complete} is empty. */
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

    /**
     * Returns one state for both, in which the later state takes precedence. A later state of another cluster is left
     * out.
     */
    public RecordedState and(RecordedState later) {
        if (isEmpty() || later.isEmpty() || !cluster.equals(later.cluster)) {
            return isEmpty() ? later : this;
        }
        Map<String, RecordedObject> all = new LinkedHashMap<>();
        Stream.of(this, later)
                .flatMap(state -> state.objects.stream())
                .forEach(object -> all.merge(object.key(), object, RecordedState::merge));
        return of(
                cluster,
                all.values(),
                Stream.concat(complete.stream(), later.complete.stream()).toList());
    }

    /**
     * Merges two records of an object. The digests of an image have several sources, which are read at different times.
     */
    private static RecordedObject merge(RecordedObject earlier, RecordedObject later) {
        if (!later.kind().equals(RecordedObject.IMAGE)) {
            return later;
        }
        Map<String, String> fields = new TreeMap<>(earlier.fields());
        fields.putAll(later.fields());
        return later.withFields(fields);
    }

    /** Returns this state with a checksum in place of the cluster's address, for a file that must not show it. */
    public RecordedState withoutAddress() {
        return new RecordedState(RecordedFields.checksum(cluster), objects, complete);
    }

    /** Returns this state with the cluster's address if it is a state of this cluster, or else {@link #NONE}. */
    public RecordedState of(String server) {
        return cluster.equals(server) || cluster.equals(RecordedFields.checksum(server))
                ? new RecordedState(server, objects, complete)
                : NONE;
    }

    @JsonIgnore
    public boolean isEmpty() {
        return objects.isEmpty();
    }
}
