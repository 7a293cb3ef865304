package io.jenkins.plugins.argopreflight.step.secret;

import hudson.Extension;
import io.jenkins.plugins.argopreflight.step.Messages;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code argoRegistrySecret}: the Secret stays. */
public class RegistrySecretStep extends SecretStep {

    /** What a Jenkinsfile calls it. */
    public static final String FUNCTION = "argoRegistrySecret";

    @DataBoundConstructor
    public RegistrySecretStep(String name) {
        super(name);
    }

    @Extension
    public static class DescriptorImpl extends SecretStepDescriptor {

        @Override
        public String getFunctionName() {
            return FUNCTION;
        }

        @Override
        public String getDisplayName() {
            return Messages.RegistrySecretStep_displayName();
        }
    }
}
