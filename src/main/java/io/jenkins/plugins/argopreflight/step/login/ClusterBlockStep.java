package io.jenkins.plugins.argopreflight.step.login;

import hudson.EnvVars;
import hudson.Extension;
import hudson.FilePath;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.argopreflight.step.ClusterStepDescriptor;
import io.jenkins.plugins.argopreflight.step.Messages;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * The step {@code withArgoCluster}: provides a kubeconfig for the programs of its body, whose tokens are revoked at the
 * end.
 */
public class ClusterBlockStep extends Step {

    /** The name of the step in a Jenkinsfile. */
    public static final String FUNCTION = "withArgoCluster";

    private final String cluster;
    private String namespace = "";

    @DataBoundConstructor
    public ClusterBlockStep(String cluster) {
        this.cluster = Util.fixNull(cluster).trim();
    }

    @Override
    public StepExecution start(StepContext context) {
        return new ClusterBlockExecution(cluster, namespace, context);
    }

    public String getCluster() {
        return cluster;
    }

    public String getNamespace() {
        return namespace;
    }

    @DataBoundSetter
    public void setNamespace(String namespace) {
        this.namespace = Util.fixNull(namespace).trim();
    }

    @Extension
    public static class DescriptorImpl extends ClusterStepDescriptor {

        @Override
        public String getFunctionName() {
            return FUNCTION;
        }

        @Override
        public String getDisplayName() {
            return Messages.ClusterBlockStep_displayName();
        }

        @Override
        protected String unnamedCluster() {
            return Messages.ClusterBlockStep_unnamedCluster();
        }

        @Override
        public boolean takesImplicitBlockArgument() {
            return true;
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class, EnvVars.class, FilePath.class);
        }
    }
}
