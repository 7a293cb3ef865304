package io.jenkins.plugins.argopreflight.engine.registry.protocol;

import io.jenkins.plugins.argopreflight.engine.registry.Login;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/** Where requests go: to the network, or to what a snapshot says of it. */
public interface Wire {

    /** Sends, and follows redirects; an answer that still redirects is returned as it is for a POST. */
    RegistryReply send(Request request, Deadline deadline) throws NoAnswer;

    /** Whether a credential can go there. */
    boolean maySendCredentials(URI url);

    /** When a credential ends, where that can be reported. */
    Optional<Instant> expires(Login login);
}
