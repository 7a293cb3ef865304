package io.jenkins.plugins.argopreflight.step;

import hudson.EnvVars;
import hudson.Extension;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;

/** Sets KUBECONFIG for its body in the way of {@code withKubeConfig} of the Kubernetes CLI plugin: by an expander of its own. */
public final class KubeconfigBlockStep extends Step {

    private final String path;

    @DataBoundConstructor
    public KubeconfigBlockStep(String path) {
        this.path = path;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(context, path);
    }

    private static final class Execution extends StepExecution {

        private static final long serialVersionUID = 1L;

        private final String path;

        Execution(StepContext context, String path) {
            super(context);
            this.path = path;
        }

        @Override
        public boolean start() throws Exception {
            getContext()
                    .newBodyInvoker()
                    .withContext(EnvironmentExpander.merge(
                            getContext().get(EnvironmentExpander.class), new KubeconfigExpander(path)))
                    .withCallback(BodyExecutionCallback.wrap(getContext()))
                    .start();
            return false;
        }
    }

    private static final class KubeconfigExpander extends EnvironmentExpander {

        private static final long serialVersionUID = 1L;

        private final String path;

        KubeconfigExpander(String path) {
            this.path = path;
        }

        @Override
        public void expand(EnvVars env) throws IOException, InterruptedException {
            env.overrideAll(Map.of("KUBECONFIG", path));
        }
    }

    @Extension
    public static final class DescriptorImpl extends StepDescriptor {

        @Override
        public String getFunctionName() {
            return "kubeconfigBlock";
        }

        @Override
        public boolean takesImplicitBlockArgument() {
            return true;
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of();
        }
    }
}
