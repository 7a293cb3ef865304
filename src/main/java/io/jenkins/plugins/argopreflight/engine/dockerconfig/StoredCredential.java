package io.jenkins.plugins.argopreflight.engine.dockerconfig;

import io.jenkins.plugins.argopreflight.engine.secret.Password;

/**
 * A credential that a consumer found for an image.
 *
 * @param secret the Secret's name
 * @param key the registry key as it stands in the Secret; a user name or query in it is replaced by {@code ***}
 * @param username the user name as it will be sent
 * @param password the password as it will be sent
 */
public record StoredCredential(String secret, String key, String username, Password password) {}
