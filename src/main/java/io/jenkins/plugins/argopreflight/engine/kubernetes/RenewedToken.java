package io.jenkins.plugins.argopreflight.engine.kubernetes;

import io.jenkins.plugins.argopreflight.engine.util.secret.Password;
import java.util.function.Supplier;

/** A bearer token that can be replaced by a new one when the server refuses it. */
public interface RenewedToken extends Supplier<Password> {

    /** Reports that the server refused this token (HTTP 401). */
    void refused(Password token);
}
