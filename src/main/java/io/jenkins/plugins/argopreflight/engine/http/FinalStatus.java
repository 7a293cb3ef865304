package io.jenkins.plugins.argopreflight.engine.http;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Keeps OkHttp from acting on a status by itself: on 408 and 503 it would send the request again, and a 407 without a
 * proxy is an error to it. It sees no status that it knows; {@link #of} takes that back.
 */
final class FinalStatus implements Interceptor {

    private static final int HIDDEN = 1000;

    @Override
    public Response intercept(Chain chain) throws IOException {
        Response response = chain.proceed(chain.request());
        return response.newBuilder().code(response.code() + HIDDEN).build();
    }

    static int of(Response response) {
        return response.code() - HIDDEN;
    }
}
