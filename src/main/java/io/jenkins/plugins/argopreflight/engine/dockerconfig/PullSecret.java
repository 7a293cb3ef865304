package io.jenkins.plugins.argopreflight.engine.dockerconfig;

import io.jenkins.plugins.argopreflight.engine.secret.Password;
import java.util.Optional;

/**
 * A Secret as the kubelet sees it.
 *
 * @param name its name
 * @param type such as {@code kubernetes.io/dockerconfigjson}
 * @param payload the decoded value under the key of its type; empty when that key is absent
 */
public record PullSecret(String name, String type, Optional<Password> payload) {}
