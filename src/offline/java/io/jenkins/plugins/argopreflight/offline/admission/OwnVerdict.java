package io.jenkins.plugins.argopreflight.offline.admission;

import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What our own admission says to a pod.
 *
 * @param builtIn what Kubernetes' own admission and validation answer: the server's words, empty when it lets the pod
 *     in, Unknown when something could not be checked that could refuse it
 * @param warnings what the server would warn of, {@code would violate PodSecurity …}
 * @param notJudged webhooks and policies that look at such pods too
 */
public record OwnVerdict(Fact<Optional<String>> builtIn, List<String> warnings, List<NotJudged> notJudged) {

    public OwnVerdict {
        warnings = List.copyOf(warnings);
        notJudged = List.copyOf(notJudged);
    }

    /**
     * The answer as a whole: what is let in is Unknown where another user or program has a say, or can have and we were kept from
     * looking. Policies that no one looked for, as in a snapshot without them, do not make it so.
     */
    public Fact<Optional<String>> refusal() {
        List<NotJudged> others = others();
        if (others.isEmpty()) {
            return builtIn;
        }
        return new Fact.Unknown<>(
                others.stream().map(NotJudged::toString).collect(Collectors.joining("; ")),
                others.stream().flatMap(other -> other.missingRight().stream()).findFirst());
    }

    /** The policy for which it is Unknown, or the first of them. */
    public Optional<String> policy() {
        return others().stream()
                .filter(other -> other.kind().equals(AdmissionObjects.POLICIES.kind()))
                .map(NotJudged::name)
                .filter(name -> !name.isEmpty())
                .findFirst();
    }

    private List<NotJudged> others() {
        return builtIn.ifKnown().filter(Optional::isEmpty).isPresent()
                ? notJudged.stream().filter(NotJudged::mayMatter).toList()
                : List.of();
    }
}
