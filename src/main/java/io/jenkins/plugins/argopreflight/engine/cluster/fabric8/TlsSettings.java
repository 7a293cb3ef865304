package io.jenkins.plugins.argopreflight.engine.cluster.fabric8;

import io.jenkins.plugins.argopreflight.engine.cluster.ClusterEndpoint;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterLogin;
import io.jenkins.plugins.argopreflight.engine.cluster.KubeconfigException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;

/**
 * TLS to one endpoint, made of the endpoint's own values: as kubectl does it, an authority that is given replaces the
 * system's, and no key of this process is shown to a server.
 */
final class TlsSettings {

    private static final char[] NO_PASSWORD = new char[0];

    private final X509TrustManager trust;
    private final SSLSocketFactory sockets;
    private final ClusterEndpoint.Trust wanted;

    private TlsSettings(X509TrustManager trust, SSLSocketFactory sockets, ClusterEndpoint.Trust wanted) {
        this.trust = trust;
        this.sockets = sockets;
        this.wanted = wanted;
    }

    /** @throws KubeconfigException when a certificate or key of the endpoint is none */
    static TlsSettings of(ClusterEndpoint endpoint) {
        try {
            X509TrustManager trust = endpoint.trust().skipVerify() ? new TrustEverything() : trust(endpoint);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    keys(endpoint.origin(), endpoint.login().certificate()),
                    new TrustManager[] {trust},
                    new SecureRandom());
            return new TlsSettings(trust, context.getSocketFactory(), endpoint.trust());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("this Java has no TLS: " + e.getMessage(), e);
        }
    }

    /** To be called last: it keeps the verifier that the builder has by itself. */
    void applyTo(OkHttpClient.Builder builder) {
        String name = wanted.serverName();
        builder.sslSocketFactory(name.isEmpty() ? sockets : new NamedServerSockets(sockets, name), trust);
        if (wanted.skipVerify()) {
            builder.hostnameVerifier((host, session) -> true);
        } else if (!name.isEmpty()) {
            HostnameVerifier standard = new OkHttpClient().hostnameVerifier();
            builder.hostnameVerifier((host, session) -> standard.verify(name, session));
        }
    }

    private static X509TrustManager trust(ClusterEndpoint endpoint) throws GeneralSecurityException, IOException {
        KeyStore store = null;
        if (!endpoint.trust().authority().isBlank()) {
            store = store();
            int number = 0;
            for (Certificate each :
                    certificates(endpoint.trust().authority(), "the certificate authority of " + endpoint.origin())) {
                store.setCertificateEntry("authority-" + number++, each);
            }
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return (X509TrustManager) factory.getTrustManagers()[0];
    }

    /** Never null, for which Java would look for keys elsewhere. */
    private static KeyManager[] keys(String origin, Optional<ClusterLogin.Certificate> login)
            throws GeneralSecurityException, IOException {
        if (login.isEmpty()) {
            return new KeyManager[0];
        }
        Certificate[] chain = certificates(login.get().chain(), "the client certificate of " + origin);
        KeyStore store = store();
        try {
            store.setKeyEntry("client", ClientKeys.read(login.get().key().reveal()), NO_PASSWORD, chain);
        } catch (GeneralSecurityException e) {
            throw new KubeconfigException("the client key of " + origin
                    + " cannot be read: it must be a PEM private key (RSA, EC or Ed25519) without a password");
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    private static KeyStore store() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static Certificate[] certificates(String pem, String what) {
        try (InputStream in = new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8))) {
            Certificate[] found = CertificateFactory.getInstance("X.509")
                    .generateCertificates(in)
                    .toArray(Certificate[]::new);
            if (found.length > 0) {
                return found;
            }
        } catch (CertificateException | IOException e) {
            // Its message can quote the content: the sentence below is all.
        }
        throw new KubeconfigException(what + " cannot be read: it must be a PEM certificate");
    }

    /** Sockets that ask for another name than the URL's. */
    private static final class NamedServerSockets extends SSLSocketFactory {

        private final SSLSocketFactory sockets;
        private final String name;

        NamedServerSockets(SSLSocketFactory sockets, String name) {
            this.sockets = sockets;
            this.name = name;
        }

        @Override
        public Socket createSocket(Socket socket, String host, int port, boolean autoClose) throws IOException {
            return sockets.createSocket(socket, name, port, autoClose);
        }

        @Override
        public String[] getDefaultCipherSuites() {
            return sockets.getDefaultCipherSuites();
        }

        @Override
        public String[] getSupportedCipherSuites() {
            return sockets.getSupportedCipherSuites();
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            return sockets.createSocket(host, port);
        }

        @Override
        public Socket createSocket(String host, int port, java.net.InetAddress local, int localPort)
                throws IOException {
            return sockets.createSocket(host, port, local, localPort);
        }

        @Override
        public Socket createSocket(java.net.InetAddress host, int port) throws IOException {
            return sockets.createSocket(host, port);
        }

        @Override
        public Socket createSocket(java.net.InetAddress host, int port, java.net.InetAddress local, int localPort)
                throws IOException {
            return sockets.createSocket(host, port, local, localPort);
        }
    }

    /** For insecure-skip-tls-verify. */
    private static final class TrustEverything extends X509ExtendedTrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
