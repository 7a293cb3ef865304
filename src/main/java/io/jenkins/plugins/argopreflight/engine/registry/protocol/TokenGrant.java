package io.jenkins.plugins.argopreflight.engine.registry.protocol;

import io.jenkins.plugins.argopreflight.engine.secret.Password;
import java.net.URI;
import java.util.Optional;

/**
 * A token server's answer.
 *
 * @param realm which server
 * @param token the token; empty when it was refused
 * @param reply the HTTP answer
 * @param depth how many requests had to be answered one after the other up to here
 */
public record TokenGrant(URI realm, Optional<Password> token, RegistryReply reply, int depth) {}
