package io.jenkins.plugins.argopreflight.engine.cluster;

import io.jenkins.plugins.argopreflight.engine.secret.Password;
import java.util.function.Supplier;

/** A bearer token of which there can be another one when the server refuses it. */
public interface RenewedToken extends Supplier<Password> {

    /** The server refused this token (HTTP 401). */
    void refused(Password token);
}
