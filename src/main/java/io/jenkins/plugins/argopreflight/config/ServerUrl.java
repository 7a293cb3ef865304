package io.jenkins.plugins.argopreflight.config;

import hudson.Util;
import hudson.util.FormValidation;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ApiServerUrl;
import java.util.Optional;

/** The validation of an API server's URL. */
public final class ServerUrl {

    private ServerUrl() {}

    /**
     * Returns the problem of a URL; empty if it is valid. A URL with http is a problem, since credentials would be sent
     * without encryption, unless the user disabled the verification of TLS.
     */
    public static Optional<String> problem(String url, boolean skipTlsVerify) {
        Optional<String> problem = ApiServerUrl.problem(url);
        boolean isHttp = url.regionMatches(true, 0, "http:", 0, 5);
        return problem.isPresent() || !isHttp || skipTlsVerify ? problem : Optional.of(Messages.ServerUrl_plain());
    }

    /** Returns the result of a form; OK without a URL. */
    public static FormValidation check(String value, boolean skipTlsVerify) {
        String url = Util.fixNull(value).trim();
        if (url.isEmpty()) {
            return FormValidation.ok();
        }
        return problem(url, skipTlsVerify)
                .map(problem -> FormValidation.error(Messages.ServerUrl_problem(problem)))
                .orElseGet(FormValidation::ok);
    }
}
