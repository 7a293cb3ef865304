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
                .map(found ->
                        new String(Base64.getDecoder().decode(found.getToken().trim()), StandardCharsets.UTF_8))
                .filter(pair -> pair.indexOf(':') > 0);
    }
}
