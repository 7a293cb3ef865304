package io.jenkins.plugins.argopreflight.engine.util.http;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * An interceptor that keeps OkHttp from acting on a status by itself: on 408 and 503 it would send the request again,
 * and a 407 without a proxy is an error to it. OkHttp gets a status that it does not know; {@link #of} restores the
 * original.
 */
final class FinalStatus implements Interceptor {

    private static final int STATUS_OFFSET = 1000;

    @Override
    public Response intercept(Chain chain) throws IOException {
        Response response = chain.proceed(chain.request());
        return response.newBuilder().code(response.code() + STATUS_OFFSET).build();
    }

    /** Returns the status that the server sent. */
    static int of(Response response) {
        return response.code() - STATUS_OFFSET;
    }
}
