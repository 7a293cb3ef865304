package org.jenkinsci.main.modules.instance_identity;

import java.security.interfaces.RSAPublicKey;

public class InstanceIdentity {

    private InstanceIdentity() {}

    public RSAPublicKey getPublic() {
        throw new UnsupportedOperationException();
    }

    public static InstanceIdentity get() {
        throw new UnsupportedOperationException();
    }
}
