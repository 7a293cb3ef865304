package io.jenkins.plugins.argopreflight.step;

import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.argopreflight.engine.util.text.Visible;
import java.io.IOException;
import java.io.PrintStream;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** The change of the result of a build, and of the stage around the step, to unstable. */
public final class UnstableBuild {

    private UnstableBuild() {}

    /**
     * Marks the build and the stage as unstable.
     *
     * @param reason the reason as a sentence, for the log and the stage
     */
    public static void mark(StepContext context, PrintStream log, String reason)
            throws IOException, InterruptedException {
        log.println(Messages.UnstableBuild_why(reason));
        context.get(Run.class).setResult(Result.UNSTABLE);
        FlowNode node = context.get(FlowNode.class);
        if (node != null) {
            node.addOrReplaceAction(new WarningAction(Result.UNSTABLE).withMessage(Visible.log(reason)));
        }
    }
}
