package io.jenkins.plugins.argopreflight.engine.util.http;

import java.net.URI;
import java.util.Optional;

/**
 * An answer, with its body cut at the request's limit or where the connection broke.
 *
 * @param status the HTTP status
 * @param headers the headers
 * @param body the first bytes of the body
 * @param from the kind of the address that sent it
 * @param proxy the proxy that was used, and that resolved the name; empty for none
 */
public record HttpReply(int status, HttpHeaders headers, byte[] body, AddressKind from, Optional<URI> proxy) {}
