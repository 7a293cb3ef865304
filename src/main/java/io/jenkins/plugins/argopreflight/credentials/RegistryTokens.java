package io.jenkins.plugins.argopreflight.credentials;

import com.cloudbees.plugins.credentials.CredentialsMatcher;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.ExtensionPoint;
import java.util.Optional;

/** The conversion of credentials to a registry's user name and password by another plugin. */
public interface RegistryTokens extends ExtensionPoint {

    /** Matches the credentials that this extension converts. */
    CredentialsMatcher matcher();

    /** Returns {@code user:password}, or empty for credentials that this extension does not convert. */
    Optional<String> userAndPassword(StandardCredentials credentials);
}
