package io.jenkins.plugins.argopreflight.engine.util.http;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** A function that resolves a host name to addresses. */
@FunctionalInterface
public interface Resolver {

    InetAddress[] resolve(String host) throws UnknownHostException;

    /** Returns the resolver of this machine. */
    static Resolver ofSystem() {
        return InetAddress::getAllByName;
    }
}
