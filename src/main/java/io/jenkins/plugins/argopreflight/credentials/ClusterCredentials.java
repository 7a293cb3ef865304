package io.jenkins.plugins.argopreflight.credentials;

import com.cloudbees.plugins.credentials.CredentialsMatcher;
import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.common.StandardCertificateCredentials;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.AbortException;
import hudson.ExtensionList;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterEndpoint;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterLogin;
import io.jenkins.plugins.argopreflight.engine.kubernetes.KubeconfigException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.argoserver.ArgoServerAddress;
import io.jenkins.plugins.argopreflight.engine.kubernetes.kubeconfig.UntrustedKubeconfig;
import io.jenkins.plugins.argopreflight.engine.kubernetes.kubeconfig.UntrustedKubeconfig.Author;
import io.jenkins.plugins.argopreflight.engine.util.secret.Password;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/** The conversion of credentials in Jenkins to endpoints of the engine. */
public final class ClusterCredentials {

    private static final int MAX_KUBECONFIG_BYTES = 1 << 20;

    private ClusterCredentials() {}

    /** The user who chose the address of a cluster. */
    public enum AddressFrom {
        /** An administrator of Jenkins. */
        ADMINISTRATOR,
        /** A user who configures a folder, or the author of a Jenkinsfile. */
        OTHER_USER
    }

    /**
     * Returns the endpoint of a cluster whose address is known, with a login. If another plugin requests the login from
     * the server, that plugin connects to any address that it is given, and to those in the server's answers. Therefore
     * such credentials work only for the clusters of an administrator.
     *
     * @throws AbortException if the kind of the credentials does not fit this cluster, or they cannot be read
     */
    public static ClusterEndpoint endpoint(ClusterAddress address, StandardCredentials credentials, AddressFrom author)
            throws IOException {
        boolean renewed = isRenewed(credentials);
        if (renewed && author == AddressFrom.OTHER_USER) {
            throw new AbortException(Messages.ClusterCredentials_administered(credentials.getId(), address.origin()));
        }
        Optional<ClusterLogin> login = renewed ? Optional.empty() : login(credentials);
        if (login.isPresent()) {
            return address.endpoint(login.get());
        }
        for (ClusterTokens tokens : ExtensionList.lookup(ClusterTokens.class)) {
            Optional<String> kubeconfig = tokens.kubeconfig(credentials, address);
            if (kubeconfig.isPresent()) {
                return address.endpoint(
                        kubeconfig(address.origin(), kubeconfig.get(), "").login());
            }
        }
        throw new AbortException(Messages.ClusterCredentials_kind(credentials.getId(), address.origin()));
    }

    /** Returns whether another plugin creates the login of these credentials, each time that it is needed. */
    public static boolean isRenewed(StandardCredentials credentials) {
        return ExtensionList.lookup(ClusterTokens.class).stream().anyMatch(tokens -> tokens.isRequiredFor(credentials));
    }

    /**
     * Returns the endpoint of the kubeconfig in a secret file of up to 1 MiB.
     *
     * @param context the context to use; "" for the current context of the kubeconfig
     * @throws KubeconfigException if it leads to no cluster, or refers to a file or a program
     */
    public static ClusterEndpoint kubeconfig(FileCredentials file, String context) throws IOException {
        byte[] content = file.getContent().readNBytes(MAX_KUBECONFIG_BYTES + 1);
        if (content.length > MAX_KUBECONFIG_BYTES) {
            throw new AbortException(Messages.ClusterCredentials_tooLarge(file.getId()));
        }
        return kubeconfig("credentials \"" + file.getId() + "\"", new String(content, StandardCharsets.UTF_8), context);
    }

    private static ClusterEndpoint kubeconfig(String origin, String content, String context) {
        return UntrustedKubeconfig.endpoint(
                List.of(new UntrustedKubeconfig(origin, Password.of(content), Author.CREDENTIAL)), context);
    }

    /**
     * Returns a login at Argo Server, which accepts tokens and, if a proxy before it requires them, user names with
     * passwords.
     *
     * @throws AbortException if the credentials are of another kind
     */
    public static ClusterLogin ofArgoServer(StandardCredentials credentials) throws AbortException {
        if (credentials instanceof StringCredentials token) {
            return ArgoServerAddress.login(token.getSecret().getPlainText());
        }
        if (credentials instanceof StandardUsernamePasswordCredentials) {
            return login(credentials).orElseThrow();
        }
        throw new AbortException(Messages.ClusterCredentials_kindForArgoServer(credentials.getId()));
    }

    /** Matches the credentials that {@link #ofArgoServer} accepts. */
    public static CredentialsMatcher matcherOfArgoServer() {
        return CredentialsMatchers.anyOf(
                CredentialsMatchers.instanceOf(StringCredentials.class),
                CredentialsMatchers.instanceOf(StandardUsernamePasswordCredentials.class));
    }

    private static Optional<ClusterLogin> login(StandardCredentials credentials) throws AbortException {
        if (credentials instanceof StringCredentials token) {
            return Optional.of(ClusterLogin.token(Password.of(token.getSecret().getPlainText())));
        }
        if (credentials instanceof StandardUsernamePasswordCredentials basic) {
            return Optional.of(ClusterLogin.basic(
                    basic.getUsername(), Password.of(basic.getPassword().getPlainText())));
        }
        if (credentials instanceof StandardCertificateCredentials certificate) {
            try {
                return Optional.of(certificateLogin(certificate));
            } catch (GeneralSecurityException e) {
                throw new AbortException(Messages.ClusterCredentials_noKey(credentials.getId()));
            }
        }
        return Optional.empty();
    }

    /**
     * Returns the login with the key of a key store.
     *
     * @throws GeneralSecurityException if the store has no key that its password opens
     */
    private static ClusterLogin certificateLogin(StandardCertificateCredentials credentials)
            throws GeneralSecurityException {
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

    /** Matches the credentials that {@link #endpoint} and {@link #kubeconfig} accept. */
    public static CredentialsMatcher matcher() {
        List<CredentialsMatcher> kinds = new ArrayList<>();
        kinds.add(CredentialsMatchers.instanceOf(StringCredentials.class));
        kinds.add(CredentialsMatchers.instanceOf(FileCredentials.class));
        kinds.add(CredentialsMatchers.instanceOf(StandardUsernamePasswordCredentials.class));
        kinds.add(CredentialsMatchers.instanceOf(StandardCertificateCredentials.class));
        ExtensionList.lookup(ClusterTokens.class).forEach(tokens -> kinds.add(tokens.matcher()));
        return CredentialsMatchers.anyOf(kinds.toArray(CredentialsMatcher[]::new));
    }
}
