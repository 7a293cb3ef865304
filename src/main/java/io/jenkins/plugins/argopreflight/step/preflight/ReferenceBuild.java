package io.jenkins.plugins.argopreflight.step.preflight;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.ExtensionList;
import hudson.model.ItemGroup;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.argopreflight.action.BuildReports;
import io.jenkins.plugins.argopreflight.action.History.Reference;
import io.jenkins.plugins.argopreflight.step.Messages;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * The build with which a report is compared: the newest completed build with a report of {@code referenceJob}, of a
 * change request's target branch, or of the primary branch; otherwise the newest build of the same job that passed.
 */
final class ReferenceBuild {

    private ReferenceBuild() {}

    /**
     * Returns the report of the reference build.
     *
     * @param id id of the report that is compared
     * @throws AbortException if the step names a job that does not exist, or that the build cannot read
     */
    static Optional<Reference> of(PreflightConfig order, String id, Run<?, ?> run, StepContext context)
            throws IOException, InterruptedException {
        Job<?, ?> currentJob = run.getParent();
        VisibleJobs visible = new VisibleJobs(currentJob, context);
        if (!order.referenceJob.isEmpty()) {
            Job<?, ?> named = visible.find(() -> job(order.referenceJob, currentJob.getParent()))
                    .orElseThrow(() -> new AbortException(notVisible(order.referenceJob, visible)));
            return named == currentJob ? BuildReports.passedBefore(run, id) : BuildReports.latest(named, id);
        }
        String target = context.get(EnvVars.class).get("CHANGE_TARGET", "");
        Optional<Job<?, ?>> other =
                visible.find(() -> target.isEmpty() ? primary(currentJob) : sibling(currentJob, target));
        return other.isPresent() ? BuildReports.latest(other.get(), id) : BuildReports.passedBefore(run, id);
    }

    private static String notVisible(String name, VisibleJobs visible) {
        return visible.isSystem()
                ? Messages.ReferenceBuild_notVisibleToSystem(name)
                : Messages.ReferenceBuild_notVisible(name);
    }

    private static Optional<Job<?, ?>> job(String name, ItemGroup<?> parent) {
        return Optional.ofNullable(Jenkins.get().getItem(name, parent, Job.class));
    }

    /**
     * Returns the job of a branch in the same project. The result is checked, since Jenkins falls back to a job with
     * the name elsewhere, and a build can set CHANGE_TARGET itself.
     */
    private static Optional<Job<?, ?>> sibling(Job<?, ?> currentJob, String branch) {
        return job(jobName(branch), currentJob.getParent())
                .filter(found -> found != currentJob && found.getParent() == currentJob.getParent());
    }

    /**
     * Returns the name of a branch's job: the branch's name, in which characters that are not allowed in a path are
     * written as in a URL.
     *
     * @see <a
     *     href="https://github.com/jenkinsci/branch-api-plugin/blob/master/src/main/java/jenkins/branch/NameEncoder.java">
     *     NameEncoder</a>
     */
    private static String jobName(String branch) {
        return branch.chars()
                .mapToObj(c -> "#%/?[]\\".indexOf(c) < 0 ? String.valueOf((char) c) : String.format("%%%02X", c))
                .collect(Collectors.joining());
    }

    private static Optional<Job<?, ?>> primary(Job<?, ?> currentJob) {
        for (PrimaryBranch lookup : ExtensionList.lookup(PrimaryBranch.class)) {
            Optional<Job<?, ?>> found = lookup.beside(currentJob);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }
}
