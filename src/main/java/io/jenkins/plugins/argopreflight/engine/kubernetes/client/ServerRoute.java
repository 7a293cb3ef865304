package io.jenkins.plugins.argopreflight.engine.kubernetes.client;

import java.util.Optional;

/**
 * The route of requests to a server.
 *
 * @param url such as {@code https://host:6443}
 * @param proxy host and port of the proxy on the way, which resolves the server's name; empty for none
 * @param trustAdvice the advice if the certificate authority of the server is not trusted
 */
record ServerRoute(String url, Optional<String> proxy, String trustAdvice) {}
