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
 * The build that a report is compared with: of {@code referenceJob}, of a change request's target branch, of the
 * primary branch, each its newest completed one with a report; else the job's own newest one that passed its gates.
 */
final class ReferenceBuild {

    private ReferenceBuild() {}

    /**
     * @param id of the report that is compared
     * @throws AbortException when the step names a job that is not there, or that the build cannot read
     */
    static Optional<Reference> of(PreflightConfig order, String id, Run<?, ?> run, StepContext context)
            throws IOException, InterruptedException {
        Job<?, ?> own = run.getParent();
        VisibleJobs visible = new VisibleJobs(own, context);
        if (!order.referenceJob.isEmpty()) {
            Job<?, ?> named = visible.find(() -> job(order.referenceJob, own.getParent()))
                    .orElseThrow(() -> new AbortException(notVisible(order.referenceJob, visible)));
            return named == own ? BuildReports.passedBefore(run, id) : BuildReports.latest(named, id);
        }
        String target = context.get(EnvVars.class).get("CHANGE_TARGET", "");
        Optional<Job<?, ?>> other = visible.find(() -> target.isEmpty() ? primary(own) : sibling(own, target));
        return other.isPresent() ? BuildReports.latest(other.get(), id) : BuildReports.passedBefore(run, id);
    }

    private static String notVisible(String name, VisibleJobs visible) {
        return visible.isSystem()
                ? Messages.ReferenceBuild_notVisibleToSystem(name)
                : Messages.ReferenceBuild_notVisible(name);
    }

    private static Optional<Job<?, ?>> job(String name, ItemGroup<?> from) {
        return Optional.ofNullable(Jenkins.get().getItem(name, from, Job.class));
    }

    /** Jenkins falls back to a job of the name elsewhere, and a build can set CHANGE_TARGET itself. */
    private static Optional<Job<?, ?>> sibling(Job<?, ?> own, String branch) {
        return job(jobName(branch), own.getParent())
                .filter(found -> found != own && found.getParent() == own.getParent());
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
