package hudson;

import hudson.model.Describable;
import hudson.model.Saveable;
import hudson.util.Secret;
import java.io.Serializable;
import java.util.List;
import java.util.regex.Pattern;

public final class ProxyConfiguration implements Describable<ProxyConfiguration>, Saveable, Serializable {

    private ProxyConfiguration() {}

    public String getName() {
        throw new UnsupportedOperationException();
    }

    public List<Pattern> getNoProxyHostPatterns() {
        throw new UnsupportedOperationException();
    }

    public int getPort() {
        throw new UnsupportedOperationException();
    }

    public Secret getSecretPassword() {
        throw new UnsupportedOperationException();
    }

    public String getUserName() {
        throw new UnsupportedOperationException();
    }
}
