package io.jenkins.plugins.argopreflight.engine.kubernetes.client;

import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterEndpoint;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterLogin;
import io.jenkins.plugins.argopreflight.engine.kubernetes.KubeconfigException;
import io.jenkins.plugins.argopreflight.engine.util.http.LayeredSockets;
import io.jenkins.plugins.argopreflight.engine.util.http.Trust;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import okhttp3.OkHttpClient;

/**
 * The TLS settings for one endpoint, from the endpoint's own values. As in kubectl, the endpoint's authority replaces
 * those of the system. A server never gets a key of this process.
 */
final class TlsSettings {

    private static final char[] NO_PASSWORD = new char[0];

    private TlsSettings() {}

    /**
     * Returns the trust of an endpoint.
     *
     * @throws KubeconfigException if a certificate or key of the endpoint is invalid
     */
    static Trust of(ClusterEndpoint endpoint) {
        ClusterEndpoint.Trust wanted = endpoint.trust();
        KeyManager[] keys = endpoint.login()
                .certificate()
                .map(login -> keys(endpoint.origin(), login))
                .orElse(new KeyManager[0]);
        Trust trust = trust(endpoint, keys);
        String name = wanted.serverName();
        if (name.isEmpty()) {
            return trust;
        }
        HostnameVerifier standard = new OkHttpClient().hostnameVerifier();
        return new Trust(
                new LayeredSockets(
                        trust.sockets(),
                        (socket, host, port, autoClose) -> trust.sockets().createSocket(socket, name, port, autoClose)),
                trust.manager(),
                trust.names().or(() -> Optional.of((host, session) -> standard.verify(name, session))));
    }

    private static Trust trust(ClusterEndpoint endpoint, KeyManager[] keys) {
        if (endpoint.trust().skipVerify()) {
            return Trust.anyone(keys);
        }
        String authority = endpoint.trust().authority();
        return authority.isBlank()
                ? Trust.system(List.of(), keys)
                : Trust.only(certificates(authority, "the certificate authority of " + endpoint.origin()), keys);
    }

    private static KeyManager[] keys(String origin, ClusterLogin.Certificate login) {
        Certificate[] chain = certificates(login.chain(), "the client certificate of " + origin)
                .toArray(Certificate[]::new);
        try {
            KeyStore store = Trust.emptyStore();
            store.setKeyEntry("client", ClientKeys.read(login.key().reveal()), NO_PASSWORD, chain);
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, NO_PASSWORD);
            return factory.getKeyManagers();
        } catch (GeneralSecurityException e) {
            throw new KubeconfigException("the client key of " + origin
                    + " cannot be read: it must be a PEM private key (RSA, EC or Ed25519) without a password");
        }
    }

    private static List<X509Certificate> certificates(String pem, String what) {
        try {
            return Trust.certificates(pem);
        } catch (CertificateException e) {
            throw new KubeconfigException(what + " cannot be read: it must be a PEM certificate");
        }
    }
}
