package io.jenkins.plugins.argopreflight.engine.pull;

import io.jenkins.plugins.argopreflight.engine.dockerconfig.StoredCredential;
import io.jenkins.plugins.argopreflight.engine.registry.Answer;
import java.util.Optional;

/**
 * One question to a registry and its answer.
 *
 * @param credential the credential that was sent; empty for anonymous
 * @param answer what the registry said
 */
public record Tried(Optional<StoredCredential> credential, Answer answer) {}
