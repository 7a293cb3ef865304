package io.jenkins.plugins.argopreflight.engine.registry;

import io.jenkins.plugins.argopreflight.engine.util.http.ConnectionFailure.Kind;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The answer of a registry to one question.
 *
 * @param verdict the meaning for a pull
 * @param status the HTTP status that decided, 0 if there was no answer
 * @param code the registry's error code, such as {@code MANIFEST_UNKNOWN}; "" for none
 * @param message the registry's own message, shortened and in one line; or the reason why there was no answer
 * @param explanation a sentence of Argo Preflight: what, where, do this
 * @param credentialExpires the time when the credential that was sent expires, if it contains one (a JWT, an ECR token)
 * @param credentialSent whether the credential was sent to the registry or to its token server; if not, the answer
 *     shows nothing about the credential
 * @param digest the digest of the manifest or index under the image's name; "" if the registry did not return it
 * @param failure the reason why the connection brought no answer; empty if there was an answer, or nothing was sent
 * @param contentRefused whether the manifest was served, and the content that the manifest lists was not
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
        boolean contentRefused) {

    private static final Pattern DIGEST = Pattern.compile("[a-z0-9]+:[a-f0-9]{32,128}");

    public Answer {
        digest = DIGEST.matcher(digest).matches() ? digest : "";
    }

    /**
     * Creates the answer of a question that was not sent.
     *
     * @param message a few words
     * @param why a sentence
     */
    public static Answer unasked(String message, String why) {
        return new Answer(
                Verdict.UNKNOWN,
                /* status= */ 0,
                /* code= */ "",
                message,
                why,
                Optional.empty(),
                /* credentialSent= */ false);
    }

    /** Creates an answer about a manifest, without a digest and without a failure of the connection. */
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
                /* digest= */ "",
                Optional.empty(),
                /* contentRefused= */ false);
    }

    /** Returns whether the question was sent: the registry answered it, or the connection failed. */
    public boolean isSent() {
        return verdict != Verdict.UNKNOWN || status > 0 || failure.isPresent() && !isAddressRefused();
    }

    /** Returns whether nothing was sent, since the address is not allowed. */
    public boolean isAddressRefused() {
        return failure.equals(Optional.of(Kind.ADDRESS_REFUSED));
    }

    /** Returns whether the registry speaks plain http where https was tried. */
    public boolean isPlainHttp() {
        return failure.equals(Optional.of(Kind.PLAIN_HTTP));
    }

    /** Returns whether the registry's name does not resolve from here. */
    public boolean isNoSuchHost() {
        return failure.equals(Optional.of(Kind.NO_SUCH_HOST));
    }
}
