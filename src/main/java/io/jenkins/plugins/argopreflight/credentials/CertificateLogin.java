package io.jenkins.plugins.argopreflight.credentials;

import com.cloudbees.plugins.credentials.common.StandardCertificateCredentials;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterLogin;
import io.jenkins.plugins.argopreflight.engine.secret.Password;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.Collections;

/** A key store as the client certificate and key that a kubeconfig holds. */
final class CertificateLogin {

    private CertificateLogin() {}

    /** @throws GeneralSecurityException when the store holds no key that its password opens */
    static ClusterLogin of(StandardCertificateCredentials credentials) throws GeneralSecurityException {
        KeyStore store = credentials.getKeyStore();
        char[] password = credentials.getPassword().getPlainText().toCharArray();
        for (String alias : Collections.list(store.aliases())) {
            Key key = store.isKeyEntry(alias) ? store.getKey(alias, password) : null;
            if (key != null) {
                StringBuilder chain = new StringBuilder();
                for (Certificate certificate : store.getCertificateChain(alias)) {
                    chain.append(pem("CERTIFICATE", certificate.getEncoded()));
                }
                return ClusterLogin.certificate(chain.toString(), Password.of(pem("PRIVATE KEY", key.getEncoded())));
            }
        }
        throw new GeneralSecurityException("no key");
    }

    private static String pem(String type, byte[] encoded) {
        Base64.Encoder lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
        return "-----BEGIN " + type + "-----\n" + lines.encodeToString(encoded) + "\n-----END " + type + "-----\n";
    }
}
