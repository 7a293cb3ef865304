package io.jenkins.plugins.argopreflight.engine.http;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * How a client reaches servers.
 *
 * @param policy which addresses can be asked
 * @param proxies on the way
 * @param authorities trusted besides the system's
 * @param resolver turns names into addresses
 * @param connect how long connecting can take, over all addresses of a host
 * @param executor for what cannot be interrupted
 */
public record HttpSettings(
        AddressPolicy policy,
        Proxies proxies,
        List<X509Certificate> authorities,
        Resolver resolver,
        Duration connect,
        Executor executor) {}
