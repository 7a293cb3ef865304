package io.jenkins.plugins.argopreflight.config;

import hudson.Util;
import hudson.util.FormValidation;
import io.jenkins.plugins.argopreflight.engine.util.http.Trust;
import java.security.cert.CertificateException;

/** The validation of pasted certificates. */
final class PemCertificates {

    private PemCertificates() {}

    static FormValidation check(String value, boolean skipTlsVerify) {
        return skipTlsVerify ? FormValidation.warning(Messages.Certificates_unverified()) : check(value);
    }

    static FormValidation check(String value) {
        String pem = Util.fixNull(value).trim();
        return pem.isEmpty() || isReadable(pem)
                ? FormValidation.ok()
                : FormValidation.error(Messages.Certificates_none());
    }

    private static boolean isReadable(String pem) {
        try {
            return !Trust.certificates(pem).isEmpty();
        } catch (CertificateException e) {
            return false;
        }
    }
}
