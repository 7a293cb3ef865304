package io.jenkins.plugins.argopreflight.testing.server;

import java.util.Map;

/** The fault that a {@link FaultProxy} causes instead of passing a request on. */
public sealed interface Fault {

    /** The connection ends before the server saw the request. */
    Fault CUT_BEFORE = new Cut(false);

    /** The server carried the request out, and the connection ends before the client hears of it. */
    Fault CUT_AFTER = new Cut(true);

    /** Neither forwarded nor answered until the proxy is closed. */
    Fault STALL = new Stall();

    /** 409 as the API server says it when somebody else changed the object since. */
    static Fault conflict() {
        return answer(409, "Conflict", Map.of());
    }

    static Fault tooManyRequests(int retryAfterSeconds) {
        return answer(429, "TooManyRequests", Map.of("Retry-After", String.valueOf(retryAfterSeconds)));
    }

    static Fault internalError() {
        return answer(500, "InternalError", Map.of());
    }

    static Fault unavailable() {
        return answer(503, "ServiceUnavailable", Map.of());
    }

    /** A Kubernetes Status with this reason; the server never sees the request. */
    static Fault answer(int status, String reason, Map<String, String> headers) {
        return new Answer(status, reason, headers);
    }

    /** See {@link #answer}. */
    record Answer(int status, String reason, Map<String, String> headers) implements Fault {

        String body() {
            return "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\",\"message\":\"injected: "
                    + reason + "\",\"reason\":\"" + reason + "\",\"code\":" + status + "}";
        }
    }

    /** See {@link #CUT_BEFORE} and {@link #CUT_AFTER}. */
    record Cut(boolean afterForwarding) implements Fault {}

    /** See {@link #STALL}. */
    record Stall() implements Fault {}
}
