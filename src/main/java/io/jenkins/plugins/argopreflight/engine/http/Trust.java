package io.jenkins.plugins.argopreflight.engine.http;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
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
 * Which server certificates are trusted, and which keys of ours a server can ask for: those that are given, never those
 * of this process.
 *
 * @param sockets makes TLS connections
 * @param manager decides on certificates
 * @param names decides whether a certificate is for a host; empty for the rules of HTTPS
 */
public record Trust(SSLSocketFactory sockets, X509TrustManager manager, Optional<HostnameVerifier> names) {

    /** The system's authorities, and more. */
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
            return of(new Verifying(manager(store)), Optional.empty(), keys);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("could not collect certificate authorities", e);
        }
    }

    /** Any certificate, for any host. */
    public static Trust anyone(KeyManager... keys) {
        return of(new Anyone(), Optional.of((host, session) -> true), keys);
    }

    /** To be called last: without names, the builder keeps the verifier that it has by itself. */
    public void applyTo(OkHttpClient.Builder client) {
        client.sslSocketFactory(sockets, manager);
        names.ifPresent(client::hostnameVerifier);
    }

    /** In memory only. */
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

    /** A certificate that no trusted authority issued; the message is its issuer. */
    static final class UnknownIssuer extends CertificateException {

        private static final long serialVersionUID = 1L;

        private UnknownIssuer(X509Certificate certificate, CertificateException cause) {
            super(certificate.getIssuerX500Principal().getName(), cause);
        }
    }

    /** Looks at the dates first, as Go does, so that an expired certificate is called that. */
    private static final class Verifying extends Anyone {

        private interface Check {
            void run() throws CertificateException;
        }

        private final X509ExtendedTrustManager authorities;

        Verifying(X509ExtendedTrustManager authorities) {
            this.authorities = authorities;
        }

        private static void verify(X509Certificate[] chain, Check check) throws CertificateException {
            chain[0].checkValidity();
            try {
                check.run();
            } catch (CertificateException e) {
                throw new UnknownIssuer(chain[0], e);
            }
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            verify(chain, () -> authorities.checkServerTrusted(chain, type, engine));
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            verify(chain, () -> authorities.checkServerTrusted(chain, type, socket));
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            verify(chain, () -> authorities.checkServerTrusted(chain, type));
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return authorities.getAcceptedIssuers();
        }
    }

    private static class Anyone extends X509ExtendedTrustManager {

        private static CertificateException noServer() {
            return new CertificateException("we are no server");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            throw noServer();
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            throw noServer();
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            throw noServer();
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
