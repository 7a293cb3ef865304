package io.jenkins.plugins.argopreflight.step.secret;

import hudson.Extension;
import org.jenkinsci.main.modules.instance_identity.InstanceIdentity;

/** The key of the Instance Identity plugin. */
@Extension(optional = true)
public class InstanceIdentityKey implements InstanceKey {

    @Override
    public byte[] encoded() {
        return InstanceIdentity.get().getPublic().getEncoded();
    }
}
