package io.jenkins.plugins.argopreflight.step.preflight;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.ExtensionList;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.argopreflight.action.History.Reference;
import io.jenkins.plugins.argopreflight.action.Reports;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * The build that a report is compared with: of {@code referenceJob}, of a change request's target branch, of the
 * primary branch, each its newest completed one with a report; else the job's own newest one that passed its gates.
 */
final class ReferenceBuild {

    private ReferenceBuild() {}

    /** @throws AbortException when the step names a job that is not there */
    static Optional<Reference> of(PreflightOrder order, Run<?, ?> run, StepContext context)
            throws IOException, InterruptedException {
        String id = order.reportId();
        Job<?, ?> own = run.getParent();
        if (!order.referenceJob.isEmpty()) {
            Job<?, ?> named = Jenkins.get().getItem(order.referenceJob, own, Job.class);
            if (named == null) {
                throw new AbortException("referenceJob \"" + order.referenceJob
                        + "\": there is no such job that this build may see; write its name as seen from this job, or"
                        + " /folder/job");
            }
            return named == own ? Reports.passedBefore(run, id) : Reports.latest(named, id);
        }
        String target = context.get(EnvVars.class).get("CHANGE_TARGET", "");
        Optional<Job<?, ?>> other = target.isEmpty() ? primary(own) : Optional.ofNullable(sibling(own, target));
        return other.isPresent() ? Reports.latest(other.get(), id) : Reports.passedBefore(run, id);
    }

    private static Job<?, ?> sibling(Job<?, ?> own, String branch) {
        Job<?, ?> found = Jenkins.get().getItem(jobName(branch), own.getParent(), Job.class);
        return found == own ? null : found;
    }

    /**
     * A branch's job has the branch's name, with what a path must not hold written as in a URL.
     *
     * @see <a href="https://github.com/jenkinsci/branch-api-plugin/blob/master/src/main/java/jenkins/branch/NameEncoder.java">
     *     NameEncoder</a>
     */
    private static String jobName(String branch) {
        return branch.chars()
                .mapToObj(c -> "#%/?[]\\".indexOf(c) < 0 ? String.valueOf((char) c) : String.format("%%%02X", c))
                .collect(Collectors.joining());
    }

    private static Optional<Job<?, ?>> primary(Job<?, ?> own) {
        for (PrimaryBranch lookup : ExtensionList.lookup(PrimaryBranch.class)) {
            Optional<Job<?, ?>> found = lookup.beside(own);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }
}
