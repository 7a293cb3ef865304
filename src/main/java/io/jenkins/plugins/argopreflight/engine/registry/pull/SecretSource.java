package io.jenkins.plugins.argopreflight.engine.registry.pull;

import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.ReadSecret;
import java.util.Optional;

/** A source of pull Secrets. It is asked more than once for the same Secret. */
@FunctionalInterface
public interface SecretSource {

    /** Returns a Secret, or empty if it does not exist; Unknown if it could not be read. */
    Fact<Optional<ReadSecret>> secret(String namespace, String name);

    /** Returns whether Argo's controller is allowed to get a Secret; Unknown if it could not be checked. */
    default Fact<Boolean> controllerMayGet(String namespace, String name) {
        return Fact.unknown("not asked for");
    }
}
