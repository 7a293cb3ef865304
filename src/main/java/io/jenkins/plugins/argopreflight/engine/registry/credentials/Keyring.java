package io.jenkins.plugins.argopreflight.engine.registry.credentials;

import io.jenkins.plugins.argopreflight.engine.model.image.ImageReference;
import java.util.List;

/** The credentials that one consumer of Secrets uses for an image, by the rules of that consumer. */
public interface Keyring {

    /** Returns the credentials for an image, in the order in which they are tried. */
    CredentialLookup lookup(ImageReference image);

    /** Returns notes on parts of the Secrets that do not work as their author expected. */
    List<KeyringNote> notes();
}
