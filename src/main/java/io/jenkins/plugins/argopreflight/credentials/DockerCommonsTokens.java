package io.jenkins.plugins.argopreflight.credentials;

import com.cloudbees.plugins.credentials.CredentialsMatcher;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.Extension;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import jenkins.authentication.tokens.api.AuthenticationTokens;
import org.jenkinsci.plugins.docker.commons.credentials.DockerRegistryToken;

/**
 * The credentials that docker-commons converts to a Docker token, such as ECR's and Google's. Active only if that
 * plugin is installed.
 */
@Extension(optional = true)
public class DockerCommonsTokens implements RegistryTokens {

    @Override
    public CredentialsMatcher matcher() {
        return AuthenticationTokens.matcher(DockerRegistryToken.class);
    }

    @Override
    public Optional<String> userAndPassword(StandardCredentials credentials) {
        DockerRegistryToken token = AuthenticationTokens.convert(DockerRegistryToken.class, credentials);
        return Optional.ofNullable(token)
                .flatMap(found -> decode(found.getToken()))
                .filter(pair -> pair.indexOf(':') > 0);
    }

    /** Decodes a token; empty if it is not base64, and so only docker itself could use it. */
    private static Optional<String> decode(String token) {
        try {
            return Optional.of(new String(Base64.getDecoder().decode(token.trim()), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
