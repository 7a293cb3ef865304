package io.jenkins.plugins.argopreflight.engine.registry.protocol;

import io.jenkins.plugins.argopreflight.engine.registry.Login;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/** A transport of requests: to the network, or to the answers in a snapshot. */
public interface Wire {

    /** Sends a request, and follows redirects. A redirect in answer to a POST is returned as it is. */
    RegistryReply send(Request request, Deadline deadline) throws NoAnswer;

    /** Returns whether a credential can be sent to a URL. */
    boolean maySendCredentials(URI url);

    /** Returns the time when a credential expires, if it is known. */
    Optional<Instant> expires(Login login);
}
