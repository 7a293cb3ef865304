package io.jenkins.plugins.argopreflight.engine.cluster.fabric8;

import io.fabric8.kubernetes.client.okhttp.OkHttpClientFactory;
import okhttp3.OkHttpClient;

/** An HTTP client that never sends a request twice by itself, nor follows a redirect with our credential. */
final class SingleTryHttpClient extends OkHttpClientFactory {

    @Override
    protected void additionalConfig(OkHttpClient.Builder builder) {
        builder.retryOnConnectionFailure(false).followRedirects(false).followSslRedirects(false);
    }
}
