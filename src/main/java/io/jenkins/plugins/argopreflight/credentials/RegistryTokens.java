package io.jenkins.plugins.argopreflight.credentials;

import com.cloudbees.plugins.credentials.CredentialsMatcher;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.ExtensionPoint;
import java.util.Optional;

/** What another plugin knows of turning credentials into a registry's user name and password. */
public interface RegistryTokens extends ExtensionPoint {

    /** Which credentials it can turn. */
    CredentialsMatcher matcher();

    /** {@code user:password}; empty when these credentials are none of its. */
    Optional<String> userAndPassword(StandardCredentials credentials);
}
