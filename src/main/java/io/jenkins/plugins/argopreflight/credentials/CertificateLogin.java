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

/** The client certificate and key of a kubeconfig, read from a key store. */
final class CertificateLogin {

    private CertificateLogin() {}

    /**
     * Returns the login with the key of a store.
     *
     * @throws GeneralSecurityException if the store has no key that its password opens
     */
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
