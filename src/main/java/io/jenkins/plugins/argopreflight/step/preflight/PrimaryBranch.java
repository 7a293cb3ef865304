package io.jenkins.plugins.argopreflight.step.preflight;

import hudson.ExtensionPoint;
import hudson.model.Job;
import java.util.Optional;

/** The look-up of the job for the primary branch of a multibranch project, if a plugin marks it. */
interface PrimaryBranch extends ExtensionPoint {

    /** Returns the job of the primary branch; empty if there is none, or if the given job is that job. */
    Optional<Job<?, ?>> beside(Job<?, ?> job);
}
