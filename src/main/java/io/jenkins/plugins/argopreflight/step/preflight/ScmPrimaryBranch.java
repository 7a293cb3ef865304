package io.jenkins.plugins.argopreflight.step.preflight;

import hudson.Extension;
import hudson.model.Item;
import hudson.model.Job;
import java.util.Optional;
import jenkins.scm.api.metadata.PrimaryInstanceMetadataAction;

/** The look-up of the primary branch by the marker of the SCM API plugin, which branch sources add to its job. */
@Extension(optional = true)
public final class ScmPrimaryBranch implements PrimaryBranch {

    @Override
    public Optional<Job<?, ?>> beside(Job<?, ?> job) {
        if (isPrimary(job)) {
            return Optional.empty();
        }
        Item self = job;
        for (Item item : self.getParent().getItems()) {
            if (item instanceof Job<?, ?> other && isPrimary(other)) {
                return Optional.of(other);
            }
        }
        return Optional.empty();
    }

    private static boolean isPrimary(Job<?, ?> job) {
        return job.getAction(PrimaryInstanceMetadataAction.class) != null;
    }
}
