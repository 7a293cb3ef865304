package io.jenkins.plugins.argopreflight.engine.pull;

import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import java.util.List;

/**
 * Which pull Secrets count, and why.
 *
 * @param serviceAccount whose imagePullSecrets count, "" when no ServiceAccount's do
 * @param names in their order
 * @param source why those: {@code spec.imagePullSecrets}, or the ServiceAccount's
 * @param ignored names that look in effect and are not: a ServiceAccount's own, hidden by the spec's
 * @param account whether the ServiceAccount is there; Unknown when it could not be checked
 */
public record InEffect(
        String serviceAccount, List<String> names, String source, List<String> ignored, Fact<Boolean> account) {

    public InEffect {
        names = List.copyOf(names);
        ignored = List.copyOf(ignored);
    }

    /** The list of a ServiceAccount that is there. */
    public static InEffect listed(String serviceAccount, List<String> names) {
        return new InEffect(serviceAccount, names, account(serviceAccount), List.of(), Fact.known(true));
    }

    /** These alone, apart from any ServiceAccount. */
    public static InEffect alone(List<String> names, String source) {
        return new InEffect("", names, source, List.of(), Fact.known(true));
    }

    /** A ServiceAccount as a source. */
    public static String account(String name) {
        return "ServiceAccount \"" + name + "\"";
    }
}
