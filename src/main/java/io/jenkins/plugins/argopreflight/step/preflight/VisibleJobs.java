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
 * The jobs that a build can read: those that its authentication can; where that is SYSTEM, which can read everything,
 * only those in the build's own top-level folder or multibranch project.
 */
final class VisibleJobs {

    private final Job<?, ?> own;
    private final Authentication build;

    VisibleJobs(Job<?, ?> own, StepContext context) throws IOException, InterruptedException {
        this.own = own;
        FlowExecution flow = context.get(FlowExecution.class);
        this.build = flow == null ? Jenkins.getAuthentication2() : flow.getAuthentication2();
    }

    /** Whether the build runs as SYSTEM. */
    boolean isSystem() {
        return ACL.SYSTEM2.equals(build);
    }

    /** The result of a lookup that runs with the permissions of the build; empty for a job that it cannot read. */
    Optional<Job<?, ?>> find(Supplier<Optional<Job<?, ?>>> lookup) {
        try (ACLContext as = ACL.as2(build)) {
            return lookup.get().filter(this::isReadable);
        } catch (AccessDeniedException e) {
            // It can discover the job or a folder around it, and read neither.
            return Optional.empty();
        }
    }

    private boolean isReadable(Job<?, ?> job) {
        return job.hasPermission(Item.READ) && (!isSystem() || topLevel(job) == topLevel(own));
    }

    private static Item topLevel(Item item) {
        ItemGroup<?> group = item.getParent();
        return group instanceof Item folder ? topLevel(folder) : item;
    }
}
