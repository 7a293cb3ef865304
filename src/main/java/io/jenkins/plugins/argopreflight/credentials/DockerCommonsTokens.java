package io.jenkins.plugins.argopreflight.credentials;

import com.cloudbees.plugins.credentials.CredentialsMatcher;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.Extension;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import jenkins.authentication.tokens.api.AuthenticationTokens;
import org.jenkinsci.plugins.docker.commons.credentials.DockerRegistryToken;

/** Everything that docker-commons makes a Docker token of, such as ECR's and Google's credentials; when it is there. */
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

    /** Empty for what is no base64: a token that only docker itself could use. */
    private static Optional<String> decode(String token) {
        try {
            return Optional.of(new String(Base64.getDecoder().decode(token.trim()), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
