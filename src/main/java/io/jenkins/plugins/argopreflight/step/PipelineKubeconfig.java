package io.jenkins.plugins.argopreflight.step;

import hudson.EnvVars;
import hudson.model.Run;
import java.io.IOException;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.support.actions.EnvironmentAction;

/**
 * The {@code KUBECONFIG} that a Pipeline sets. Variables of the agent, of Jenkins and of the build's parameters do not
 * count.
 */
public final class PipelineKubeconfig {

    /** The name of the environment variable. */
    public static final String VARIABLE = "KUBECONFIG";

    private PipelineKubeconfig() {}

    /**
     * Returns the value that a block around the step ({@code withKubeConfig}, {@code withCredentials}, {@code withEnv},
     * Declarative {@code environment}) or {@code env.KUBECONFIG = …} sets; "" for none. Jenkins stores both separately
     * from other sources: blocks in the expander of the context, assignments in an action of the build.
     */
    static String of(StepContext context) throws IOException, InterruptedException {
        EnvVars environment = new EnvVars(context.get(EnvVars.class));
        environment.remove(VARIABLE);
        Run<?, ?> run = context.get(Run.class);
        EnvironmentAction.IncludingOverrides assigned = run.getAction(EnvironmentAction.IncludingOverrides.class);
        if (assigned != null) {
            String value = assigned.getOverriddenEnvironment().get(VARIABLE);
            if (value != null) {
                environment.put(VARIABLE, value);
            }
        }
        EnvironmentExpander blocks = context.get(EnvironmentExpander.class);
        if (blocks != null) {
            blocks.expand(environment);
        }
        return environment.get(VARIABLE, "");
    }

    /** Returns whether any source sets the variable, even one that does not count. */
    static boolean isInEnvironment(StepContext context) throws IOException, InterruptedException {
        return !context.get(EnvVars.class).get(VARIABLE, "").isEmpty();
    }
}
