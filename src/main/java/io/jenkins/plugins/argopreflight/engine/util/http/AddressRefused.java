package io.jenkins.plugins.argopreflight.engine.util.http;

import java.net.UnknownHostException;
import java.util.Objects;

/**
 * The error for a request that was not sent because its address is not allowed. The message has the reason, as the rest
 * of a sentence.
 */
public final class AddressRefused extends UnknownHostException {

    /** The short reason for a report. */
    public static final String REASON = "address not allowed";

    private static final long serialVersionUID = 1L;

    AddressRefused(String why) {
        super(why);
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
