package io.jenkins.plugins.argopreflight.step.secret;

import hudson.Extension;
import io.jenkins.plugins.argopreflight.step.Messages;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code withArgoRegistrySecret}: the Secret lives as long as the body runs. */
public class RegistrySecretBlockStep extends SecretStep {

    /** What a Jenkinsfile calls it. */
    public static final String FUNCTION = "withArgoRegistrySecret";

    @DataBoundConstructor
    public RegistrySecretBlockStep(String name) {
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
            return Messages.RegistrySecretBlockStep_displayName();
        }

        @Override
        public boolean takesImplicitBlockArgument() {
            return true;
        }
    }
}
