package io.jenkins.plugins.argopreflight.offline.admission;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.kube.Objects;
import io.jenkins.plugins.argopreflight.engine.kube.Right;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Admission's steps: the first that refuses answers; until then what could not be checked is collected. */
final class Steps {

    private final Map<String, Optional<Right>> unknown = new LinkedHashMap<>();
    private Optional<String> refusal = Optional.empty();

    void take(Supplier<Optional<String>> step) {
        refusal = refusal.or(step);
    }

    <T> void take(Fact<T> fact, Function<T, Optional<String>> step) {
        if (refusal.isPresent()) {
            return;
        }
        fact.ifUnknown().ifPresent(reason -> unknown.put(reason.reason(), reason.missingRight()));
        try {
            refusal = fact.ifKnown().flatMap(step);
        } catch (IllegalArgumentException e) {
            unknown.put("an object of the cluster is malformed: " + e.getMessage(), Optional.empty());
        }
    }

    /** A step whose refusal holds only where something else is known: else it is collected as that. */
    <T> void takeUnless(Fact<?> needed, Fact<T> fact, Function<T, Optional<String>> step) {
        if (needed.ifKnown().isPresent()) {
            take(fact, step);
        } else if (refusal.isEmpty()) {
            take(fact, known -> Optional.empty());
        }
    }

    /** Whether nothing stands against a step; what does is collected. */
    boolean know(Optional<String> obstacle) {
        if (refusal.isEmpty()) {
            obstacle.ifPresent(reason -> unknown.put(reason, Optional.empty()));
        }
        return obstacle.isEmpty();
    }

    boolean isRefused() {
        return refusal.isPresent();
    }

    Fact<Optional<String>> answer() {
        if (refusal.isPresent() || unknown.isEmpty()) {
            return Fact.known(refusal);
        }
        Optional<Right> right =
                unknown.values().stream().flatMap(Optional::stream).findFirst();
        return new Fact.Unknown<>(String.join("; ", unknown.keySet()), right);
    }

    /** How the server calls a pod in its answers. */
    static String forbidden(JsonNode pod, String why) {
        return "pods \"" + Objects.name(pod) + "\" is forbidden: " + why;
    }
}
