package io.jenkins.plugins.argopreflight.engine.pull;

import io.jenkins.plugins.argopreflight.engine.dockerconfig.ReadSecret;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import java.util.Optional;

/** Where pull Secrets are read; each is asked for more than once. */
@FunctionalInterface
public interface SecretSource {

    /** A Secret, known to be there or not; Unknown when it could not be read. */
    Fact<Optional<ReadSecret>> secret(String namespace, String name);
}
