package io.jenkins.plugins.argopreflight.engine.http;

import java.net.UnknownHostException;
import java.util.Objects;

/** A request that was not sent, since its address is not allowed; the message says why, as the rest of a sentence. */
public final class AddressRefused extends UnknownHostException {

    /** What a report says in short. */
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
