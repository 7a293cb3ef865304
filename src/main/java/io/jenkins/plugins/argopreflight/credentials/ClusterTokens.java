package io.jenkins.plugins.argopreflight.credentials;

import com.cloudbees.plugins.credentials.CredentialsMatcher;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.ExtensionPoint;
import java.io.IOException;
import java.util.Optional;

/** What another plugin knows of turning credentials into a kubeconfig. */
public interface ClusterTokens extends ExtensionPoint {

    /** Which credentials it can turn. */
    CredentialsMatcher matcher();

    /** Whether what these credentials hold is no login itself: this alone makes one of it. */
    boolean isNeeded(StandardCredentials credentials);

    /**
     * A kubeconfig for that server, of which only the login counts; empty when these credentials are none of its.
     *
     * @throws IOException when the credentials cannot be used, in a sentence without them
     */
    Optional<String> kubeconfig(StandardCredentials credentials, ClusterAddress address) throws IOException;
}
