package io.jenkins.plugins.argopreflight.engine.pull;

import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.registry.ImageConfig;
import java.util.List;

/**
 * Facts beside the verdict that a fix needs.
 *
 * @param config the configuration of the image; Unknown if it could not be read
 * @param tags tags of the repository, if the registry lists them and the image was not found; else Unknown
 * @param others Secrets of the namespace that match the image and are not in effect. They are read only where no
 *     credential was found and the registry requires one; else Unknown.
 */
public record PullDetails(Fact<ImageConfig> config, Fact<List<String>> tags, Fact<List<OtherSecret>> others) {

    /** The value of a pull without further questions. */
    public static final PullDetails NONE = new PullDetails(
            Fact.unknown("the image could not be pulled"),
            Fact.unknown("not asked for"),
            Fact.unknown("other Secrets were not read"));

    /**
     * A Secret of the namespace that matches the image and is not in effect.
     *
     * @param works whether the registry takes one of its credentials for the image
     * @param accounts ServiceAccounts that list it
     */
    public record OtherSecret(PullSecretView sight, boolean works, List<String> accounts) {}
}
