package io.jenkins.plugins.argopreflight.engine.registry;

import io.jenkins.plugins.argopreflight.engine.util.secret.Password;

/** A user name and password as they are sent to a registry. */
public record Login(String username, Password password) {}
