package io.jenkins.plugins.argopreflight.engine.http;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Turns a host name into addresses. */
@FunctionalInterface
public interface Resolver {

    InetAddress[] resolve(String host) throws UnknownHostException;

    /** This machine's own. */
    static Resolver ofSystem() {
        return InetAddress::getAllByName;
    }
}
