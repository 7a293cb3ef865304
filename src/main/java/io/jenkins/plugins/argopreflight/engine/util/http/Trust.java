package io.jenkins.plugins.argopreflight.engine.util.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * The server certificates that are trusted, and the client keys that a server can ask for: only the given ones, never
 * those of this process.
 *
 * @param sockets creates TLS connections
 * @param manager decides whether a certificate is trusted
 * @param names decides whether a certificate is valid for a host; empty for the rules of HTTPS
 */
public record Trust(SSLSocketFactory sockets, X509TrustManager manager, Optional<HostnameVerifier> names) {

    /** Trusts the system's authorities, and more. */
    public static Trust system(List<X509Certificate> more, KeyManager... keys) {
        List<X509Certificate> all = new ArrayList<>(List.of(manager(null).getAcceptedIssuers()));
        all.addAll(more);
        return only(all, keys);
    }

    public static Trust only(List<X509Certificate> authorities, KeyManager... keys) {
        try {
            KeyStore store = emptyStore();
            for (int i = 0; i < authorities.size(); i++) {
                store.setCertificateEntry("authority-" + i, authorities.get(i));
            }
            return of(new DatesFirst(manager(store)), Optional.empty(), keys);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("could not collect certificate authorities", e);
        }
    }

    /** Trusts any certificate, for any host. */
    public static Trust anyone(KeyManager... keys) {
        return of(new DatesFirst(null), Optional.of((host, session) -> true), keys);
    }

    /**
     * Gives a client its TLS, and a limit for what servers send besides bodies. It replaces the sockets and protocols
     * of the client. If {@code names} is empty, the client keeps its verifier of host names.
     */
    public void applyTo(OkHttpClient.Builder client) {
        FramingLimit.applyTo(client, this);
        names.ifPresent(client::hostnameVerifier);
    }

    /**
     * Reads certificates, in PEM or DER.
     *
     * @return at least one
     * @throws CertificateException if there is none; the message can quote the content
     */
    public static List<X509Certificate> certificates(InputStream content) throws CertificateException {
        List<X509Certificate> found = CertificateFactory.getInstance("X.509").generateCertificates(content).stream()
                .map(X509Certificate.class::cast)
                .toList();
        if (found.isEmpty()) {
            throw new CertificateException("it holds no certificate");
        }
        return found;
    }

    public static List<X509Certificate> certificates(String pem) throws CertificateException {
        return certificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)));
    }

    /** Returns a new store, in memory only. */
    public static KeyStore emptyStore() throws GeneralSecurityException {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            return store;
        } catch (IOException e) {
            throw new GeneralSecurityException(e);
        }
    }

    private static Trust of(X509TrustManager manager, Optional<HostnameVerifier> names, KeyManager... keys) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, new TrustManager[] {manager}, null);
            return new Trust(context.getSocketFactory(), manager, names);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no TLS", e);
        }
    }

    private static X509ExtendedTrustManager manager(@Nullable KeyStore store) {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509ExtendedTrustManager extended) {
                    return extended;
                }
            }
            throw new IllegalStateException("this Java has no " + X509TrustManager.class.getSimpleName());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("could not read the system's certificate authorities", e);
        }
    }

    /** The error for a certificate that no trusted authority issued; the message is its issuer. */
    static final class UnknownIssuer extends CertificateException {

        private static final long serialVersionUID = 1L;

        private UnknownIssuer(X509Certificate certificate, CertificateException cause) {
            super(certificate.getIssuerX500Principal().getName(), cause);
        }
    }

    /**
     * A trust manager that checks the dates first, as Go does, so that an expired certificate is reported as expired.
     */
    private static final class DatesFirst extends X509ExtendedTrustManager {

        private interface Check {
            void by(X509ExtendedTrustManager authorities) throws CertificateException;
        }

        private final @Nullable X509ExtendedTrustManager authorities;

        /**
         * Creates a manager.
         *
         * @param authorities null to trust any certificate
         */
        DatesFirst(@Nullable X509ExtendedTrustManager authorities) {
            this.authorities = authorities;
        }

        private void verify(X509Certificate[] chain, Check check) throws CertificateException {
            if (authorities == null) {
                return;
            }
            chain[0].checkValidity();
            try {
                check.by(authorities);
            } catch (CertificateException e) {
                throw new UnknownIssuer(chain[0], e);
            }
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            verify(chain, known -> known.checkServerTrusted(chain, type, engine));
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            verify(chain, known -> known.checkServerTrusted(chain, type, socket));
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            verify(chain, known -> known.checkServerTrusted(chain, type));
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            checkClientTrusted(chain, type);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            checkClientTrusted(chain, type);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            throw new CertificateException("we are no server");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return authorities == null ? new X509Certificate[0] : authorities.getAcceptedIssuers();
        }
    }
}
