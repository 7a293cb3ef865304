package io.jenkins.plugins.argopreflight.config;

import hudson.Util;
import hudson.util.FormValidation;
import io.jenkins.plugins.argopreflight.engine.cluster.ApiServerUrl;
import java.util.Optional;

/** An API server's address as someone wrote it. */
public final class ServerUrl {

    private ServerUrl() {}

    /** What is wrong with it; empty for nothing. A credential goes over plain http only to who waived TLS himself. */
    public static Optional<String> problem(String written, boolean skipTlsVerify) {
        Optional<String> problem = ApiServerUrl.problem(written);
        boolean plain = written.regionMatches(true, 0, "http:", 0, 5);
        return problem.isPresent() || !plain || skipTlsVerify ? problem : Optional.of(Messages.ServerUrl_plain());
    }

    /** The answer of a form; OK without an address. */
    public static FormValidation check(String value, boolean skipTlsVerify) {
        String written = Util.fixNull(value).trim();
        if (written.isEmpty()) {
            return FormValidation.ok();
        }
        return problem(written, skipTlsVerify)
                .map(problem -> FormValidation.error(Messages.ServerUrl_problem(problem)))
                .orElseGet(FormValidation::ok);
    }
}
