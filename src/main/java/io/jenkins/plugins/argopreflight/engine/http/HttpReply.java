package io.jenkins.plugins.argopreflight.engine.http;

import java.net.URI;
import java.util.Optional;

/**
 * An answer, its body cut at the request's limit or where the connection broke.
 *
 * @param status the HTTP status
 * @param headers its headers
 * @param body the first bytes of its body
 * @param from what kind of address sent it
 * @param proxy the proxy that was asked, and that resolved the name; empty for none
 */
public record HttpReply(int status, HttpHeaders headers, byte[] body, AddressKind from, Optional<URI> proxy) {}
