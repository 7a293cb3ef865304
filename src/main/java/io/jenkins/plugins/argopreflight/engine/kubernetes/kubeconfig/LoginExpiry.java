package io.jenkins.plugins.argopreflight.engine.kubernetes.kubeconfig;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterLogin;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterLogin.Bearer;
import io.jenkins.plugins.argopreflight.engine.util.http.Trust;
import io.jenkins.plugins.argopreflight.engine.util.json.UntrustedJson;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The time when a login expires: the {@code exp} of a token that is a JWT, or the end of a client certificate.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7519#section-4.1.4">RFC 7519, 4.1.4: exp</a>
 */
public final class LoginExpiry {

    private static final JsonMapper JSON = new JsonMapper(UntrustedJson.factory());
    private static final int MAX_TOKEN_CHARACTERS = 64 << 10;

    private LoginExpiry() {}

    /**
     * Returns the earlier time of the token and the certificate; empty if neither has one, such as a Secret's token.
     */
    public static Optional<Instant> of(ClusterLogin login) {
        Optional<Instant> token = login.header() instanceof Bearer bearer
                ? ofToken(bearer.token().get().reveal())
                : Optional.empty();
        Optional<Instant> certificate =
                login.certificate().flatMap(certificateLogin -> ofCertificate(certificateLogin.chain()));
        return Stream.of(token, certificate).flatMap(Optional::stream).min(Instant::compareTo);
    }

    private static Optional<Instant> ofToken(String token) {
        String[] parts = token.length() > MAX_TOKEN_CHARACTERS ? new String[0] : token.split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            JsonNode expiry =
                    JSON.readTree(Base64.getUrlDecoder().decode(parts[1])).path("exp");
            return expiry.isNumber() ? Optional.of(Instant.ofEpochSecond(expiry.asLong())) : Optional.empty();
        } catch (IOException | IllegalArgumentException | java.time.DateTimeException e) {
            // Only a JWT shows its end.
            return Optional.empty();
        }
    }

    private static Optional<Instant> ofCertificate(String chain) {
        try {
            return Trust.certificates(chain).stream()
                    .map(each -> each.getNotAfter().toInstant())
                    .min(Instant::compareTo);
        } catch (CertificateException e) {
            // A connection with an invalid certificate reports it.
            return Optional.empty();
        }
    }
}
