package io.jenkins.plugins.argopreflight.step.secret;

import hudson.ExtensionPoint;

/** The public key of this controller's instance identity. It is present only with the Instance Identity plugin. */
public interface InstanceKey extends ExtensionPoint {

    /** Returns the key in its encoded form. */
    byte[] encoded();
}
