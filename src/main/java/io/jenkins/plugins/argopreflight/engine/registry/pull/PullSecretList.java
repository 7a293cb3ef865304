package io.jenkins.plugins.argopreflight.engine.registry.pull;

import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import java.util.List;
import java.util.Optional;

/**
 * The pull Secrets that are in effect for a pod, and the place that lists them.
 *
 * @param serviceAccount the ServiceAccount whose imagePullSecrets are in effect, "" for none
 * @param names names of the Secrets, in the order in which they are listed
 * @param otherSource the place that lists them, such as {@code spec.imagePullSecrets}; empty if only the ServiceAccount
 *     does
 * @param ignored names that seem to be in effect and are not: those of the ServiceAccount, which the spec's list
 *     replaces
 * @param accountExists whether the ServiceAccount exists; Unknown if it could not be checked
 */
public record PullSecretList(
        String serviceAccount,
        List<String> names,
        Optional<String> otherSource,
        List<String> ignored,
        Fact<Boolean> accountExists) {

    public PullSecretList {
        names = List.copyOf(names);
        ignored = List.copyOf(ignored);
    }

    /** Creates the list of a ServiceAccount that exists. */
    public static PullSecretList ofAccount(String serviceAccount, List<String> names) {
        return new PullSecretList(serviceAccount, names, Optional.empty(), List.of(), Fact.known(true));
    }

    /** Creates a list that does not depend on a ServiceAccount. */
    public static PullSecretList withoutAccount(List<String> names, String source) {
        return new PullSecretList("", names, Optional.of(source), List.of(), Fact.known(true));
    }

    /** Returns the place that lists the Secrets, as reports show it. */
    String source() {
        return otherSource.orElseGet(() -> account(serviceAccount));
    }

    /** Returns the text that reports use for a ServiceAccount as the place of a list. */
    public static String account(String name) {
        return "ServiceAccount \"" + name + "\"";
    }
}
