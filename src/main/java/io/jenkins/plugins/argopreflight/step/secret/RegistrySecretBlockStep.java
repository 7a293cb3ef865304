package io.jenkins.plugins.argopreflight.step.secret;

import hudson.Extension;
import io.jenkins.plugins.argopreflight.step.Messages;
import org.kohsuke.stapler.DataBoundConstructor;

/** The step {@code withArgoRegistrySecret}: writes a Secret for the time of its body. */
public class RegistrySecretBlockStep extends SecretStep {

    /** The name of the step in a Jenkinsfile. */
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
