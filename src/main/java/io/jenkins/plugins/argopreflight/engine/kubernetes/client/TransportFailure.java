package io.jenkins.plugins.argopreflight.engine.kubernetes.client;

import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.util.http.ConnectionFailure;

/**
 * A failure of a request that got no answer.
 *
 * @param kind the kind of the error
 * @param text the reason, without the URL
 * @param unsent whether the request certainly never reached the server
 * @param temporary whether the failure can be temporary
 */
record TransportFailure(Kind kind, String text, boolean unsent, boolean temporary) {

    static TransportFailure of(Throwable thrown, ServerRoute server) {
        ConnectionFailure failure = ConnectionFailure.of(thrown);
        String text = failure.kind().message();
        return switch (failure.kind()) {
            case ADDRESS_REFUSED -> unsent(Kind.UNREACHABLE, text + ": " + failure.detail());
            case NO_SUCH_HOST -> unsent(Kind.UNREACHABLE, text);
            case NO_ROUTE, REFUSED -> unsent(Kind.UNREACHABLE, text).thatCanBeTemporary();
            case CONNECT_TIMEOUT -> unsent(Kind.TIMEOUT, text).thatCanBeTemporary();
            case UNKNOWN_AUTHORITY -> unsent(Kind.TLS, text + " \"" + failure.detail() + "\"; " + server.trustAdvice());
            case EXPIRED, NOT_YET_VALID, OTHER_NAMES, PLAIN_HTTP -> unsent(Kind.TLS, text);
            case HANDSHAKE -> unsent(Kind.TLS, "tls: " + failure.detail());
            case TLS -> sent(Kind.TLS, "tls: " + failure.detail());
            case TIMEOUT -> sent(Kind.TIMEOUT, "no answer in time").thatCanBeTemporary();
            case MALFORMED -> sent(Kind.UNREACHABLE, text).thatCanBeTemporary();
            case OVERSIZED -> sent(Kind.SERVER_ERROR, text);
            case CUT ->
                sent(Kind.UNREACHABLE, "the connection was cut before the answer")
                        .thatCanBeTemporary();
        };
    }

    private static TransportFailure unsent(Kind kind, String text) {
        return new TransportFailure(kind, text, /* unsent= */ true, /* temporary= */ false);
    }

    private static TransportFailure sent(Kind kind, String text) {
        return new TransportFailure(kind, text, /* unsent= */ false, /* temporary= */ false);
    }

    private TransportFailure thatCanBeTemporary() {
        return new TransportFailure(kind, text, unsent, /* temporary= */ true);
    }

    /**
     * Returns the exception. A failure that affects every request to this server mentions the server alone, so that it
     * is reported once.
     *
     * @param method such as {@code GET}
     * @param path such as {@code /api/v1/namespaces}
     */
    ClusterException toException(String method, ServerRoute server, String path) {
        boolean outage = unsent && kind != Kind.TIMEOUT;
        String remedy = kind == Kind.TIMEOUT
                ? "; run it again when the API server answers faster"
                : kind == Kind.UNREACHABLE && unsent ? "; check the address, and that the server runs" : "";
        String way = server.proxy()
                .map(proxy -> "; it was asked through the proxy " + proxy + ", which resolves the name")
                .orElse("");
        String problem = text + remedy + way;
        return outage
                ? ClusterException.ofServer(kind, server.url(), problem)
                : new ClusterException(kind, method + " " + server.url() + path + ": " + problem);
    }
}
