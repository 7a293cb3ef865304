package io.jenkins.plugins.argopreflight.step.secret;

import hudson.Extension;
import io.jenkins.plugins.argopreflight.step.Messages;
import org.kohsuke.stapler.DataBoundConstructor;

/** The step {@code argoRegistrySecret}: writes a Secret that remains after the build. */
public class RegistrySecretStep extends SecretStep {

    /** The name of the step in a Jenkinsfile. */
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
