package io.jenkins.plugins.argopreflight.engine.registry;

import io.jenkins.plugins.argopreflight.engine.http.ConnectionFailure.Kind;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a registry answered to one question.
 *
 * @param verdict what it means for a pull
 * @param status the HTTP status that decided, 0 when there was no answer
 * @param code the registry's error code, such as {@code MANIFEST_UNKNOWN}; "" for none
 * @param message the registry's own words, bounded, in one line; or why there was no answer
 * @param explanation our sentence: what, where, do this
 * @param credentialExpires when the credential that was sent ends, where it shows (a JWT, an ECR token)
 * @param credentialSent whether the credential was sent to the registry or to its token server; else the answer shows nothing about it
 * @param digest of the manifest or index that the image's name stands for; "" where the registry did not name it
 * @param failure why the connection brought no answer; empty where one came, or nothing was sent
 * @param content whether the manifest was served, and what it lists was not
 */
public record Answer(
        Verdict verdict,
        int status,
        String code,
        String message,
        String explanation,
        Optional<Instant> credentialExpires,
        boolean credentialSent,
        String digest,
        Optional<Kind> failure,
        boolean content) {

    private static final Pattern DIGEST = Pattern.compile("[a-z0-9]+:[a-f0-9]{32,128}");

    public Answer {
        digest = DIGEST.matcher(digest).matches() ? digest : "";
    }

    /**
     * Of a question that was not sent.
     *
     * @param message in a few words
     * @param why a sentence
     */
    public static Answer unasked(String message, String why) {
        return new Answer(Verdict.UNKNOWN, 0, "", message, why, Optional.empty(), false);
    }

    /** Without a digest, and not for a failure of the connection; of a manifest. */
    public Answer(
            Verdict verdict,
            int status,
            String code,
            String message,
            String explanation,
            Optional<Instant> credentialExpires,
            boolean credentialSent) {
        this(
                verdict,
                status,
                code,
                message,
                explanation,
                credentialExpires,
                credentialSent,
                "",
                Optional.empty(),
                false);
    }

    /** Whether the question was sent, and what came back decides: an answer, or a failure of the connection. */
    public boolean isAsked() {
        return verdict != Verdict.UNKNOWN || status > 0 || failure.isPresent() && !isAddressRefused();
    }

    /** Returns whether nothing was sent, since the address is not allowed. */
    public boolean isAddressRefused() {
        return failure.equals(Optional.of(Kind.ADDRESS_REFUSED));
    }

    /** Whether the registry speaks plain http where https was tried. */
    public boolean isPlainHttp() {
        return failure.equals(Optional.of(Kind.PLAIN_HTTP));
    }

    /** Whether the registry's name does not resolve from here. */
    public boolean isNoSuchHost() {
        return failure.equals(Optional.of(Kind.NO_SUCH_HOST));
    }
}
