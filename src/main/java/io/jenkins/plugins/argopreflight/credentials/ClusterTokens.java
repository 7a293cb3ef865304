package io.jenkins.plugins.argopreflight.credentials;

import com.cloudbees.plugins.credentials.CredentialsMatcher;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.ExtensionPoint;
import java.io.IOException;
import java.util.Optional;

/** The conversion of credentials to a kubeconfig by another plugin. */
public interface ClusterTokens extends ExtensionPoint {

    /** Matches the credentials that this extension converts. */
    CredentialsMatcher matcher();

    /** Returns whether these credentials contain no login themselves, so that only this extension can create one. */
    boolean isRequiredFor(StandardCredentials credentials);

    /**
     * Returns a kubeconfig for a server, of which only the login is used; empty for credentials that this extension
     * does not convert.
     *
     * @throws IOException if the credentials cannot be used, with a sentence that does not quote them
     */
    Optional<String> kubeconfig(StandardCredentials credentials, ClusterAddress address) throws IOException;
}
