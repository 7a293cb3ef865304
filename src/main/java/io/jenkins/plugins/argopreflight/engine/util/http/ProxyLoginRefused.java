package io.jenkins.plugins.argopreflight.engine.util.http;

import java.io.IOException;
import java.net.URI;

/** The error for a proxy that answered 407: it requires a user and password, or other ones. */
public final class ProxyLoginRefused extends IOException {

    private static final long serialVersionUID = 1L;

    private final transient URI proxy;

    ProxyLoginRefused(URI proxy) {
        super("407 Proxy Authentication Required");
        this.proxy = proxy;
    }

    public URI proxy() {
        return proxy;
    }
}
