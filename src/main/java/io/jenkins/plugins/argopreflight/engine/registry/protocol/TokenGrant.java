package io.jenkins.plugins.argopreflight.engine.registry.protocol;

import io.jenkins.plugins.argopreflight.engine.util.secret.Password;
import java.net.URI;
import java.util.Optional;

/**
 * The answer of a token server.
 *
 * @param realm the address of the server
 * @param token the token; empty if it was refused
 * @param reply the HTTP answer
 * @param depth the number of requests until this answer that were sent one after the other
 */
public record TokenGrant(URI realm, Optional<Password> token, RegistryReply reply, int depth) {}
