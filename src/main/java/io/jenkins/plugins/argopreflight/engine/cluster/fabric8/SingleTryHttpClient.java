package io.jenkins.plugins.argopreflight.engine.cluster.fabric8;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.okhttp.OkHttpClientFactory;
import io.jenkins.plugins.argopreflight.engine.cluster.KubeconfigException;
import io.jenkins.plugins.argopreflight.engine.http.AddressPolicy;
import io.jenkins.plugins.argopreflight.engine.http.AddressRefused;
import io.jenkins.plugins.argopreflight.engine.http.GuardedDns;
import io.jenkins.plugins.argopreflight.engine.http.Resolver;
import java.net.URI;
import java.util.Optional;
import java.util.stream.Stream;
import okhttp3.Dns;
import okhttp3.OkHttpClient;

/** An HTTP client that never sends a request twice by itself, nor follows a redirect with our credential. */
final class SingleTryHttpClient extends OkHttpClientFactory {

    private final Optional<Dns> dns;

    private SingleTryHttpClient(Optional<Dns> dns) {
        this.dns = dns;
    }

    /** For a server that the user of this process chose. */
    static SingleTryHttpClient unguarded() {
        return new SingleTryHttpClient(Optional.empty());
    }

    /**
     * For a server that somebody else chose. Addresses are not looked up as names are, so those that are written as such
     * are refused here.
     *
     * @param policy which addresses may be asked
     * @throws KubeconfigException when the server or its proxy must not be asked
     */
    static SingleTryHttpClient guarded(Config config, AddressPolicy policy, Resolver resolver) {
        try {
            for (String proxy : Stream.of(config.getHttpsProxy(), config.getHttpProxy())
                    .filter(url -> url != null)
                    .toList()) {
                GuardedDns.check(AddressPolicy.UNRESTRICTED, URI.create(proxy), resolver);
            }
            return new SingleTryHttpClient(
                    Optional.of(GuardedDns.check(policy, URI.create(config.getMasterUrl()), resolver)));
        } catch (AddressRefused e) {
            throw new KubeconfigException(AddressRefused.REASON + ": " + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw new KubeconfigException("the server or proxy is not a URL with a host");
        }
    }

    @Override
    protected void additionalConfig(OkHttpClient.Builder builder) {
        builder.retryOnConnectionFailure(false).followRedirects(false).followSslRedirects(false);
        dns.ifPresent(builder::dns);
    }
}
