package io.jenkins.plugins.argopreflight.engine.collect.pull;

import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.pull.PullSecretView;
import java.util.List;

/**
 * What stands behind a pull's credentials.
 *
 * @param named the Secrets in effect, in their order, those that do not exist among them
 * @param account whether the ServiceAccount is there; Unknown when it could not be checked
 * @param barred Secrets in effect that the controller is not allowed to get; empty for the kubelet, which can get all
 * @param others Secrets of the namespace that match the image and are not in effect; asked for only where no credential
 *     was found and the registry wants one, else Unknown
 */
public record PullSecrets(
        List<PullSecretView> named, Fact<Boolean> account, List<String> barred, Fact<List<OtherSecret>> others) {

    public PullSecrets {
        named = List.copyOf(named);
        barred = List.copyOf(barred);
    }

    /** Nothing is known. */
    public static PullSecrets none() {
        return new PullSecrets(List.of(), Fact.known(true), List.of(), Fact.unknown("not asked for"));
    }

    PullSecrets others(Fact<List<OtherSecret>> found) {
        return new PullSecrets(named, account, barred, found);
    }

    /**
     * A Secret of the namespace that matches the image and is not in effect.
     *
     * @param works whether the registry takes one of its credentials for the image
     * @param accounts ServiceAccounts that list it
     */
    public record OtherSecret(PullSecretView sight, boolean works, List<String> accounts) {}
}
