package io.jenkins.plugins.argopreflight.engine.registry;

import java.time.Instant;
import java.util.Optional;

/**
 * What a registry answered to one question.
 *
 * @param verdict what it means for a pull
 * @param status the HTTP status that decided, 0 when there was no answer
 * @param code the registry's error code, such as {@code MANIFEST_UNKNOWN}; "" for none
 * @param message the registry's own words, bounded, in one line; or why there was no answer
 * @param explanation our sentence: what, where, do this
 * @param credentialExpires when the credential that was sent ends, where it tells (a JWT, an ECR token)
 * @param credentialSent whether the registry asked for the credential; else the answer tells nothing about it
 */
public record Answer(
        Verdict verdict,
        int status,
        String code,
        String message,
        String explanation,
        Optional<Instant> credentialExpires,
        boolean credentialSent) {}
