package io.jenkins.plugins.argopreflight.engine.cluster.fabric8;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.okhttp.OkHttpClientFactory;
import io.jenkins.plugins.argopreflight.engine.cluster.KubeconfigException;
import io.jenkins.plugins.argopreflight.engine.net.MetadataAddress;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import okhttp3.Dns;
import okhttp3.OkHttpClient;

/** An HTTP client that never sends a request twice by itself, nor follows a redirect with our credential. */
final class SingleTryHttpClient extends OkHttpClientFactory {

    private static final Pattern LITERAL = Pattern.compile("[0-9.]+|\\[?[0-9A-Fa-f:.]*:[^]]*]?");

    private final boolean guarded;

    /** @param guarded whether names that lead to link-local or metadata addresses lead nowhere */
    SingleTryHttpClient(boolean guarded) {
        this.guarded = guarded;
    }

    @Override
    protected void additionalConfig(OkHttpClient.Builder builder) {
        builder.retryOnConnectionFailure(false).followRedirects(false).followSslRedirects(false);
        if (guarded) {
            builder.dns(SingleTryHttpClient::lookup);
        }
    }

    private static List<InetAddress> lookup(String host) throws UnknownHostException {
        List<InetAddress> addresses = Dns.SYSTEM.lookup(host);
        if (addresses.stream().anyMatch(MetadataAddress::is)) {
            throw new UnknownHostException(host);
        }
        return addresses;
    }

    /** Addresses are not looked up as names are, so those that are written as such are refused here. */
    static void refuseMetadata(Config config) {
        Stream.of(config.getMasterUrl(), config.getHttpsProxy(), config.getHttpProxy())
                .filter(url -> url != null)
                .forEach(url -> {
                    String host = URI.create(url).getHost();
                    if (host == null || LITERAL.matcher(host).matches() && isMetadata(host)) {
                        throw new KubeconfigException(
                                host == null
                                        ? "the server or proxy is not a URL with a host"
                                        : "server or proxy " + host
                                                + " is a link-local or metadata address: not asked");
                    }
                });
    }

    private static boolean isMetadata(String literal) {
        try {
            return MetadataAddress.is(InetAddress.getByName(literal));
        } catch (UnknownHostException e) {
            return true;
        }
    }
}
