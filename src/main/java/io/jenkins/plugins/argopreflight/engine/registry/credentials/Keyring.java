package io.jenkins.plugins.argopreflight.engine.registry.credentials;

import io.jenkins.plugins.argopreflight.engine.model.image.ImageReference;
import java.util.List;

/**
 * The credentials that a client of registries takes from pull Secrets, by the rules of that client: the kubelet
 * ({@link KubeletKeyring}) or Argo's controller ({@link ControllerKeychain}).
 */
public interface Keyring {

    /** Returns the credentials for an image, in the order in which they are tried. */
    CredentialLookup lookup(ImageReference image);

    /** Returns notes on parts of the Secrets that do not work as their author expected. */
    List<KeyringNote> notes();
}
