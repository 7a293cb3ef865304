package io.jenkins.plugins.argopreflight.step.secret;

import hudson.ExtensionPoint;

/** The public key of this controller's instance identity; available with the Instance Identity plugin. */
public interface InstanceKey extends ExtensionPoint {

    /** In its encoded form. */
    byte[] encoded();
}
