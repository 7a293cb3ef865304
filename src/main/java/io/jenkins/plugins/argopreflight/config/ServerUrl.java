package io.jenkins.plugins.argopreflight.config;

import hudson.Util;
import hudson.util.FormValidation;
import java.net.URI;
import java.util.Optional;

/** An API server's address as somebody wrote it. */
public final class ServerUrl {

    private ServerUrl() {}

    /** What is wrong with it; empty for nothing. A credential goes over plain http only to who waived TLS himself. */
    public static Optional<String> problem(String written, boolean skipTlsVerify) {
        URI url;
        try {
            url = URI.create(written);
        } catch (IllegalArgumentException e) {
            return Optional.of("is no URL; write https://host[:port]");
        }
        boolean https = "https".equalsIgnoreCase(url.getScheme());
        boolean http = "http".equalsIgnoreCase(url.getScheme());
        if (url.getHost() == null || !https && !http) {
            return Optional.of("is no URL of an API server; write https://host[:port]");
        }
        if (url.getRawUserInfo() != null || url.getRawQuery() != null || url.getRawFragment() != null) {
            return Optional.of("must hold no user, query or fragment; write https://host[:port]");
        }
        return http && !skipTlsVerify
                ? Optional.of(
                        "is plain http, over which a credential can be read; write https://, or say skipTlsVerify")
                : Optional.empty();
    }

    static FormValidation check(String value, boolean skipTlsVerify) {
        String written = Util.fixNull(value).trim();
        if (written.isEmpty()) {
            return FormValidation.ok();
        }
        return problem(written, skipTlsVerify)
                .map(problem -> FormValidation.error("The server URL " + problem))
                .orElseGet(FormValidation::ok);
    }
}
