package io.jenkins.plugins.argopreflight.credentials;

import com.cloudbees.plugins.credentials.CredentialsMatcher;
import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.common.StandardCertificateCredentials;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.AbortException;
import hudson.ExtensionList;
import io.jenkins.plugins.argopreflight.engine.cluster.KubeconfigText;
import io.jenkins.plugins.argopreflight.engine.cluster.KubeconfigText.Login;
import io.jenkins.plugins.argopreflight.engine.secret.Password;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/** Turns credentials kept in Jenkins into a kubeconfig of the engine. */
public final class ClusterCredentials {

    private static final int LIMIT = 1 << 20;

    private ClusterCredentials() {}

    /**
     * A login at a cluster whose address is known.
     *
     * @throws AbortException when the credentials are of no kind that a cluster takes, or cannot be read
     */
    public static KubeconfigText at(ClusterAddress address, StandardCredentials credentials) throws IOException {
        if (credentials instanceof FileCredentials file) {
            return kubeconfig(file);
        }
        boolean made =
                ExtensionList.lookup(ClusterTokens.class).stream().anyMatch(tokens -> tokens.isNeeded(credentials));
        Optional<Login> login = made ? Optional.empty() : login(credentials);
        if (login.isPresent()) {
            return text(address, login.get());
        }
        for (ClusterTokens tokens : ExtensionList.lookup(ClusterTokens.class)) {
            Optional<String> kubeconfig = tokens.kubeconfig(credentials, address);
            if (kubeconfig.isPresent()) {
                return new KubeconfigText(address.origin(), Password.of(kubeconfig.get()));
            }
        }
        throw new AbortException("Credentials \"" + credentials.getId() + "\" are of a kind that " + address.origin()
                + " cannot take; use Secret text (a token), Secret file (a kubeconfig), Username with password, or"
                + " Certificate");
    }

    /** Nobody's login. */
    public static KubeconfigText anonymous(ClusterAddress address) {
        return text(address, new Login.Anonymous());
    }

    /** What a secret file holds, up to 1 MiB. */
    public static KubeconfigText kubeconfig(FileCredentials file) throws IOException {
        byte[] content = file.getContent().readNBytes(LIMIT + 1);
        if (content.length > LIMIT) {
            throw new AbortException("Credentials \"" + file.getId() + "\" hold more than 1 MiB: no kubeconfig");
        }
        return new KubeconfigText(
                "credentials \"" + file.getId() + "\"", Password.of(new String(content, StandardCharsets.UTF_8)));
    }

    private static KubeconfigText text(ClusterAddress address, Login login) {
        return KubeconfigText.of(
                address.origin(), address.server(), address.authority(), address.skipTlsVerify(), login);
    }

    private static Optional<Login> login(StandardCredentials credentials) throws AbortException {
        if (credentials instanceof StringCredentials token) {
            return Optional.of(new Login.Token(Password.of(token.getSecret().getPlainText())));
        }
        if (credentials instanceof StandardUsernamePasswordCredentials basic) {
            return Optional.of(new Login.Basic(
                    basic.getUsername(), Password.of(basic.getPassword().getPlainText())));
        }
        if (credentials instanceof StandardCertificateCredentials certificate) {
            try {
                return Optional.of(CertificateLogin.of(certificate));
            } catch (GeneralSecurityException e) {
                throw new AbortException(
                        "Credentials \"" + credentials.getId() + "\" hold no private key that their password opens");
            }
        }
        return Optional.empty();
    }

    /** Which credentials {@link #at} can turn. */
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
