package io.jenkins.plugins.argopreflight.step.preflight;

import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Job;
import hudson.security.ACL;
import hudson.security.ACLContext;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;

/**
 * The jobs that a build can read: those that its authentication can read. SYSTEM can read all jobs; for it, only jobs
 * in the build's own top-level folder or multibranch project count.
 */
final class VisibleJobs {

    private final Job<?, ?> currentJob;
    private final Authentication build;

    VisibleJobs(Job<?, ?> currentJob, StepContext context) throws IOException, InterruptedException {
        this.currentJob = currentJob;
        FlowExecution flow = context.get(FlowExecution.class);
        this.build = flow == null ? Jenkins.getAuthentication2() : flow.getAuthentication2();
    }

    /** Returns whether the build runs as SYSTEM. */
    boolean isSystem() {
        return ACL.SYSTEM2.equals(build);
    }

    /** Returns the result of a look-up with the permissions of the build; empty for a job that it cannot read. */
    Optional<Job<?, ?>> find(Supplier<Optional<Job<?, ?>>> lookup) {
        try (ACLContext as = ACL.as2(build)) {
            return lookup.get().filter(this::isReadable);
        } catch (AccessDeniedException e) {
            // The build can only discover the job or a folder around it.
            return Optional.empty();
        }
    }

    private boolean isReadable(Job<?, ?> job) {
        return job.hasPermission(Item.READ) && (!isSystem() || topLevel(job) == topLevel(currentJob));
    }

    private static Item topLevel(Item item) {
        ItemGroup<?> group = item.getParent();
        return group instanceof Item folder ? topLevel(folder) : item;
    }
}
