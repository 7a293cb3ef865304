package io.jenkins.plugins.argopreflight.engine.registry;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/** Where requests go: to the network, or to what a snapshot says of it. */
interface Wire {

    /** Sends, and follows redirects; an answer that still redirects is returned as it is for a POST. */
    Reply send(Request request, Deadline deadline) throws NoAnswer;

    /** Whether a credential may go there. */
    boolean maySendCredentials(URI url);

    /** When a credential ends, where that can be told. */
    Optional<Instant> expires(Login login);
}
