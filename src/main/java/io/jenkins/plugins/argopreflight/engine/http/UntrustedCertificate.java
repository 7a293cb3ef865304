package io.jenkins.plugins.argopreflight.engine.http;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;

/** A certificate that no trusted authority issued. */
public final class UntrustedCertificate extends CertificateException {

    private static final long serialVersionUID = 1L;

    private final transient X509Certificate certificate;

    UntrustedCertificate(X509Certificate certificate, CertificateException cause) {
        super(cause.getMessage(), cause);
        this.certificate = certificate;
    }

    public String issuer() {
        return certificate.getIssuerX500Principal().getName();
    }
}
