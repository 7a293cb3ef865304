package io.jenkins.plugins.argopreflight.engine.registry;

import io.jenkins.plugins.argopreflight.engine.util.http.AddressPolicy;
import io.jenkins.plugins.argopreflight.engine.util.http.Proxies;
import io.jenkins.plugins.argopreflight.engine.util.http.Resolver;
import io.jenkins.plugins.argopreflight.engine.util.http.Trust;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The settings for requests to registries: trust, proxies, limits, and the real addresses of registries. */
public final class RegistrySettings {

    private final List<X509Certificate> authorities;
    private final Set<String> insecure;
    private final Map<String, URI> addresses;
    private final Proxies proxies;
    private final Duration timeout;
    private final int concurrency;
    private final Predicate<String> allowed;
    private final AddressPolicy addressPolicy;
    private final boolean offline;
    private final Resolver resolver;

    private RegistrySettings(Builder builder) {
        authorities = List.copyOf(builder.authorities);
        insecure = Set.copyOf(builder.insecure);
        addresses = Map.copyOf(builder.addresses);
        proxies = builder.proxies;
        timeout = builder.timeout;
        concurrency = builder.concurrency;
        allowed = builder.allowed;
        addressPolicy = builder.addressPolicy;
        offline = builder.offline;
        resolver = builder.resolver;
    }

    public static Builder builder() {
        return new Builder();
    }

    public static RegistrySettings defaults() {
        return builder().build();
    }

    public List<X509Certificate> authorities() {
        return authorities;
    }

    public Proxies proxies() {
        return proxies;
    }

    /** The time that one question can take, with all its requests. */
    public Duration timeout() {
        return timeout;
    }

    public int concurrency() {
        return concurrency;
    }

    public boolean isOffline() {
        return offline;
    }

    public boolean allows(String host) {
        return allowed.test(host);
    }

    public AddressPolicy addressPolicy() {
        return addressPolicy;
    }

    public Resolver resolver() {
        return resolver;
    }

    /** Returns whether the settings list the host of a URL as insecure. */
    public boolean isInsecure(URI url) {
        return insecure.contains(lower(url.getRawAuthority())) || insecure.contains(lower(url.getHost()));
    }

    /**
     * Returns whether a credential can be sent to a URL: by https, to the own machine, or to a host that the settings
     * list as insecure.
     */
    public boolean maySendCredentials(URI url) {
        return "https".equalsIgnoreCase(url.getScheme()) || RegistryName.isLoopback(url.getHost()) || isInsecure(url);
    }

    /** Returns the real address of the host of a URL; empty if the settings have none. */
    public Optional<URI> address(URI url) {
        URI exact = addresses.get(lower(url.getRawAuthority()));
        boolean isDefaultPort = url.getPort() == 443 || url.getPort() == 80;
        return Optional.ofNullable(exact == null && isDefaultPort ? addresses.get(lower(url.getHost())) : exact);
    }

    private static String lower(String text) {
        return text == null ? "" : text.toLowerCase(Locale.ROOT);
    }

    /** A builder of settings, each of which has a default. */
    public static final class Builder {

        private final List<X509Certificate> authorities = new ArrayList<>();
        private final Set<String> insecure = new HashSet<>();
        private final Map<String, URI> addresses = new HashMap<>();
        private Proxies proxies = Proxies.none();
        private Duration timeout = Duration.ofSeconds(10);
        private int concurrency = 64;
        private Predicate<String> allowed = host -> true;
        private AddressPolicy addressPolicy = AddressPolicy.UNRESTRICTED;
        private boolean offline;
        private Resolver resolver = Resolver.ofSystem();

        private Builder() {}

        /**
         * Trusts the certificates of a PEM file, and those of the system.
         *
         * @throws IllegalArgumentException if the file cannot be read or contains no certificate
         */
        public Builder authority(Path pem) {
            try (InputStream in = Files.newInputStream(pem)) {
                authorities.addAll(Trust.certificates(in));
                return this;
            } catch (IOException | CertificateException e) {
                String why =
                        e instanceof NoSuchFileException ? "there is no such file" : String.valueOf(e.getMessage());
                throw unreadable(pem.toString(), why, e);
            }
        }

        /**
         * Trusts the certificates of a PEM text, and those of the system.
         *
         * @param origin the source of the text, for messages
         * @throws IllegalArgumentException if the text contains no certificate
         */
        public Builder authorities(String origin, String pem) {
            try {
                authorities.addAll(Trust.certificates(pem));
                return this;
            } catch (CertificateException e) {
                throw unreadable(origin, String.valueOf(e.getMessage()), e);
            }
        }

        private static IllegalArgumentException unreadable(String origin, String why, Exception cause) {
            return new IllegalArgumentException(
                    "could not read the certificate authorities of " + origin + ": " + why
                            + "; expected PEM (-----BEGIN CERTIFICATE-----)",
                    cause);
        }

        /**
         * Reaches this registry by https without verification, or else by plain http, as docker's
         * <a href="https://docs.docker.com/reference/cli/dockerd/#insecure-registries">insecure-registries</a>.
         *
         * @param host {@code host} (any port) or {@code host:port}
         */
        public Builder insecure(String host) {
            insecure.add(RegistryName.canonical(host));
            return this;
        }

        /** Takes HTTPS_PROXY, HTTP_PROXY and NO_PROXY from an environment, with Go's rules. */
        public Builder environment(Map<String, String> environment) {
            return proxies(Proxies.of(environment));
        }

        public Builder proxies(Proxies through) {
            proxies = through;
            return this;
        }

        /** Sets the time that one question can take, with all its requests; 10 s by default. */
        public Builder timeout(Duration time) {
            timeout = time;
            return this;
        }

        /** Sets the number of questions that are under way at once; 64 by default. */
        public Builder concurrency(int questions) {
            concurrency = questions;
            return this;
        }

        /**
         * Sets the real address of a host, as containerd's hosts.toml does. The name of the host still decides whether
         * a credential is sent.
         *
         * @param host the registry or token server by name, {@code host[:port]}
         * @param base such as {@code http://127.0.0.1:5000}
         */
        public Builder address(String host, URI base) {
            addresses.put(RegistryName.canonical(host), base);
            return this;
        }

        /** Sets an administrator's rule for every host name, of registries and token servers alike. */
        public Builder allowedHosts(Predicate<String> rule) {
            allowed = rule;
            return this;
        }

        /** Sets the addresses that can be contacted; by default all that this machine can reach. */
        public Builder addressPolicy(AddressPolicy policy) {
            addressPolicy = policy;
            return this;
        }

        /** Sends nothing to registries: every answer is UNKNOWN. */
        public Builder offline() {
            offline = true;
            return this;
        }

        Builder resolver(Resolver names) {
            resolver = names;
            return this;
        }

        public RegistrySettings build() {
            return new RegistrySettings(this);
        }
    }
}
