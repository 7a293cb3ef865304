package io.jenkins.plugins.argopreflight.step;

import hudson.Extension;
import hudson.model.AbstractProject;
import hudson.model.FreeStyleProject;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.Builder;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jvnet.hudson.test.JenkinsRule;
import org.kohsuke.stapler.DataBoundConstructor;

/** A build step that shows the form of a Pipeline step, to send it through a browser and back. */
public final class StepHolder extends Builder {

    private final Step step;

    @DataBoundConstructor
    public StepHolder(Step step) {
        this.step = step;
    }

    public Step getStep() {
        return step;
    }

    /** The step as it is after its form was shown and saved. */
    @SuppressWarnings("unchecked")
    public static <S extends Step> S roundTrip(JenkinsRule jenkins, S step) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        job.getBuildersList().add(new StepHolder(step));
        jenkins.configRoundtrip(job);
        return (S) job.getBuildersList().get(StepHolder.class).getStep();
    }

    @Extension
    public static final class DescriptorImpl extends BuildStepDescriptor<Builder> {

        @Override
        public boolean isApplicable(@SuppressWarnings("rawtypes") Class<? extends AbstractProject> type) {
            return true;
        }

        /** Returns the steps of this plugin. The page would contain the forms of all other steps as well. */
        public List<StepDescriptor> getSteps() {
            return StepDescriptor.all().stream()
                    .filter(ClusterStepDescriptor.class::isInstance)
                    .toList();
        }
    }
}
