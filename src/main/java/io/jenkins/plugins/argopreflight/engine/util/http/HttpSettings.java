package io.jenkins.plugins.argopreflight.engine.util.http;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * The settings with which a client reaches servers.
 *
 * @param policy the addresses that can be contacted
 * @param proxies the proxies on the way
 * @param authorities the certificate authorities that are trusted besides the system's
 * @param resolver resolves names to addresses
 * @param connect the time that connecting can take, over all addresses of a host
 * @param executor runs look-ups, which cannot be interrupted
 */
public record HttpSettings(
        AddressPolicy policy,
        Proxies proxies,
        List<X509Certificate> authorities,
        Resolver resolver,
        Duration connect,
        Executor executor) {}
