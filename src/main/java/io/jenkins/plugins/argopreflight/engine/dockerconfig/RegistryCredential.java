package io.jenkins.plugins.argopreflight.engine.dockerconfig;

import io.jenkins.plugins.argopreflight.engine.secret.Password;

/**
 * A credential that someone asks to be stored for one registry.
 *
 * @param registry as it was written: {@code registry.example.com}, {@code https://index.docker.io/v1/}
 * @param username the user name
 * @param password the password or token
 * @param email "" for none
 * @param id where it comes from, for annotations and messages: a Jenkins credentials id, a file; never secret
 */
public record RegistryCredential(String registry, String username, Password password, String email, String id) {}
