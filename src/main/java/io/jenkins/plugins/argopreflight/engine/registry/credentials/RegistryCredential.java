package io.jenkins.plugins.argopreflight.engine.registry.credentials;

import io.jenkins.plugins.argopreflight.engine.util.secret.Password;

/**
 * A credential that is requested for one registry.
 *
 * @param registry the registry as written: {@code registry.example.com}, {@code https://index.docker.io/v1/}
 * @param username the user name
 * @param password the password or token
 * @param email the email address, or ""
 * @param id the source for annotations and messages, such as a Jenkins credentials id or a file; never secret
 */
public record RegistryCredential(String registry, String username, Password password, String email, String id) {}
