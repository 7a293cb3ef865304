package io.jenkins.plugins.argopreflight.offline.admission;

import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The result of {@link BuiltInAdmission} for a pod.
 *
 * @param builtIn the answer of Kubernetes' built-in admission and validation: its refusal, empty if it admits the pod,
 *     Unknown if a check that can refuse it could not be made
 * @param warnings warnings of the server, such as {@code would violate PodSecurity …}
 * @param notJudged webhooks and policies that also apply to the pod
 */
public record AdmissionResult(
        Fact<Optional<PodRefusal>> builtIn, List<String> warnings, List<UnevaluatedPolicy> notJudged) {

    public AdmissionResult {
        warnings = List.copyOf(warnings);
        notJudged = List.copyOf(notJudged);
    }

    /**
     * Returns the answer with webhooks and policies. A pod that the built-in checks admit is Unknown if a webhook or
     * policy applies to it, or could apply because a right was missing to read it. Policies that were not captured, as
     * in a snapshot without them, do not count.
     */
    public Fact<Optional<PodRefusal>> refusal() {
        List<UnevaluatedPolicy> others = others();
        if (others.isEmpty()) {
            return builtIn;
        }
        return new Fact.Unknown<>(
                others.stream().map(UnevaluatedPolicy::toString).collect(Collectors.joining("; ")),
                others.stream().flatMap(other -> other.missingRight().stream()).findFirst());
    }

    /** Returns the first policy because of which the answer is Unknown. */
    public Optional<String> policy() {
        return others().stream()
                .filter(other -> other.kind().equals(AdmissionObjects.POLICIES.kind()))
                .map(UnevaluatedPolicy::name)
                .filter(name -> !name.isEmpty())
                .findFirst();
    }

    private List<UnevaluatedPolicy> others() {
        return builtIn.ifKnown().filter(Optional::isEmpty).isPresent()
                ? notJudged.stream().filter(UnevaluatedPolicy::mayMatter).toList()
                : List.of();
    }
}
