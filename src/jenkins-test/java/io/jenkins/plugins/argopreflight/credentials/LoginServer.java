package io.jenkins.plugins.argopreflight.credentials;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;

/** An API server that has one ServiceAccount and remembers who asked: for logins that kube-apiserver itself does not take. */
final class LoginServer implements AutoCloseable {

    private static final byte[] OBJECT =
            "{\"kind\":\"ServiceAccount\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"default\"}}"
                    .getBytes(StandardCharsets.UTF_8);

    private final HttpServer server;
    private final List<String> logins = new CopyOnWriteArrayList<>();

    private LoginServer(HttpServer server) {
        this.server = server;
        server.createContext("/", this::answer);
        server.start();
    }

    static LoginServer plain() throws IOException {
        return new LoginServer(HttpServer.create(anyPort(), 0));
    }

    /** Serves with this key and asks for a certificate, which must be the same. */
    static LoginServer askingForCertificates(KeyStore store, char[] password)
            throws IOException, GeneralSecurityException {
        return secure(store, password, true);
    }

    /** Serves with this key, and makes a token as OpenShift's OAuth server does. */
    static LoginServer openShift(KeyStore store, char[] password) throws IOException, GeneralSecurityException {
        LoginServer made = secure(store, password, false);
        made.server.createContext("/.well-known/oauth-authorization-server", exchange -> {
            byte[] answer = ("{\"authorization_endpoint\": \"" + made.url() + "/oauth/authorize\"}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        made.server.createContext("/oauth/authorize", exchange -> {
            exchange.getResponseHeaders().add("Location", made.url() + "/#access_token=made&expires_in=86400");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        return made;
    }

    private static LoginServer secure(KeyStore store, char[] password, boolean askingForCertificates)
            throws IOException, GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, password);
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        KeyStore authorities = KeyStore.getInstance("PKCS12");
        authorities.load(null, null);
        authorities.setCertificateEntry(
                "own", store.getCertificate(store.aliases().nextElement()));
        trusted.init(authorities);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trusted.getTrustManagers(), null);
        HttpsServer server = HttpsServer.create(anyPort(), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters wanted = context.getDefaultSSLParameters();
                wanted.setNeedClientAuth(askingForCertificates);
                parameters.setSSLParameters(wanted);
            }
        });
        return new LoginServer(server);
    }

    private static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String header = exchange.getRequestHeaders().getFirst("Authorization");
        logins.add(
                header == null && exchange instanceof HttpsExchange https
                        ? https.getSSLSession().getPeerPrincipal().getName()
                        : String.valueOf(header));
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, OBJECT.length);
        exchange.getResponseBody().write(OBJECT);
        exchange.close();
    }

    String url() {
        String scheme = server instanceof HttpsServer ? "https" : "http";
        return scheme + "://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Authorization headers, or the names in the certificates. */
    List<String> logins() {
        return logins;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
