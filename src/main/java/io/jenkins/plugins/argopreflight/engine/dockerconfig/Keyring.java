package io.jenkins.plugins.argopreflight.engine.dockerconfig;

import io.jenkins.plugins.argopreflight.engine.image.ImageReference;
import java.util.List;

/** Finds the credentials that one consumer of Secrets takes for an image, by that consumer's own rules. */
public interface Keyring {

    /** The credentials for an image, in the order in which they are tried. */
    CredentialLookup lookup(ImageReference image);

    /** What is in the Secrets and does not do what its writer hoped. */
    List<KeyringNote> notes();
}
