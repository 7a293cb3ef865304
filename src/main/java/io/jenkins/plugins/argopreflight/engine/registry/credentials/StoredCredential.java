package io.jenkins.plugins.argopreflight.engine.registry.credentials;

import io.jenkins.plugins.argopreflight.engine.util.secret.Password;

/**
 * A credential that a consumer found for an image.
 *
 * @param secret the name of the Secret
 * @param key the registry key in the Secret; {@code ***} replaces a user name or query in it
 * @param username the user name that is sent
 * @param password the password that is sent
 */
public record StoredCredential(String secret, String key, String username, Password password) {}
