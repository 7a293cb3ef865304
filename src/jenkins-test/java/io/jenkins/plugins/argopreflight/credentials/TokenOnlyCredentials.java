package io.jenkins.plugins.argopreflight.credentials;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import com.cloudbees.plugins.credentials.impl.BaseStandardCredentials;
import hudson.util.Secret;

/** Credentials whose password is for making a registry's token, like those of a cloud. */
final class TokenOnlyCredentials extends BaseStandardCredentials {

    private static final long serialVersionUID = 1L;

    private final String made;

    /** @param made what docker would have as {@code auth} */
    TokenOnlyCredentials(String id, String made) {
        super(CredentialsScope.GLOBAL, id, "");
        this.made = made;
    }

    String made() {
        return made;
    }

    /** The same with a user name and a password of its own, as the Amazon ECR plugin has it. */
    static final class WithPassword extends BaseStandardCredentials implements StandardUsernamePasswordCredentials {

        private static final long serialVersionUID = 1L;

        WithPassword(String id) {
            super(CredentialsScope.GLOBAL, id, "");
        }

        @Override
        public String getUsername() {
            return "access-key";
        }

        @Override
        public Secret getPassword() {
            return Secret.fromString("secret-key");
        }
    }
}
