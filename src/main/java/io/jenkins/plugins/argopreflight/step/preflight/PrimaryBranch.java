package io.jenkins.plugins.argopreflight.step.preflight;

import hudson.ExtensionPoint;
import hudson.model.Job;
import java.util.Optional;

/** Knows which job of a multibranch project is the primary branch's, where plugins show. */
interface PrimaryBranch extends ExtensionPoint {

    /** Another job than this one; empty when there is none, or this is it. */
    Optional<Job<?, ?>> beside(Job<?, ?> job);
}
