package io.jenkins.plugins.argopreflight.config;

import hudson.Util;
import hudson.util.FormValidation;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;

/** Certificates as someone pasted them. */
final class PemCertificates {

    private PemCertificates() {}

    static FormValidation check(String value, boolean skipTlsVerify) {
        String pem = Util.fixNull(value).trim();
        if (skipTlsVerify) {
            return FormValidation.warning(Messages.Certificates_unverified());
        }
        return pem.isEmpty() || isReadable(pem)
                ? FormValidation.ok()
                : FormValidation.error(Messages.Certificates_none());
    }

    private static boolean isReadable(String pem) {
        try {
            return !CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)))
                    .isEmpty();
        } catch (CertificateException e) {
            return false;
        }
    }
}
