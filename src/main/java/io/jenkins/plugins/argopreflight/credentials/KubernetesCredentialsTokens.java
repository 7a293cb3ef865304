package io.jenkins.plugins.argopreflight.credentials;

import com.cloudbees.plugins.credentials.CredentialsMatcher;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.AbortException;
import hudson.Extension;
import io.jenkins.plugins.argopreflight.engine.util.http.Trust;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.util.Base64;
import java.util.Optional;
import jenkins.authentication.tokens.api.AuthenticationTokens;
import org.jenkinsci.plugins.kubernetes.auth.KubernetesAuth;
import org.jenkinsci.plugins.kubernetes.auth.KubernetesAuthConfig;
import org.jenkinsci.plugins.kubernetes.auth.KubernetesAuthException;
import org.jenkinsci.plugins.kubernetes.credentials.TokenProducer;
import org.jspecify.annotations.Nullable;

/**
 * The logins that the plugin kubernetes-credentials makes of credentials, such as OpenShift's tokens. Active only if that
 * plugin is installed.
 */
@Extension(optional = true)
public class KubernetesCredentialsTokens implements ClusterTokens {

    @Override
    public CredentialsMatcher matcher() {
        return AuthenticationTokens.matcher(KubernetesAuth.class);
    }

    /** Returns whether the credentials contain no token but get one from a server, such as OpenShift's OAuth server. */
    @Override
    public boolean isRequiredFor(StandardCredentials credentials) {
        return credentials instanceof TokenProducer;
    }

    @Override
    public Optional<String> kubeconfig(StandardCredentials credentials, ClusterAddress address) throws IOException {
        KubernetesAuth auth = AuthenticationTokens.convert(KubernetesAuth.class, credentials);
        if (auth == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(auth.buildKubeConfig(
                    new KubernetesAuthConfig(address.server(), authority(address), address.skipTlsVerify())));
        } catch (KubernetesAuthException | CertificateException | RuntimeException e) {
            // The message can quote the content of the credential, or the answer of the server.
            throw new AbortException(Messages.KubernetesCredentialsTokens_noLogin(
                    credentials.getId(), address.origin(), e.getClass().getSimpleName()));
        }
    }

    /**
     * Returns the Base64 of the first certificate, without the lines around it. That plugin's requests for tokens can
     * trust only one certificate.
     */
    private static @Nullable String authority(ClusterAddress address) throws CertificateException {
        return address.authority().isBlank()
                ? null
                : Base64.getEncoder()
                        .encodeToString(
                                Trust.certificates(address.authority()).get(0).getEncoded());
    }
}
