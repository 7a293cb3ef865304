package io.jenkins.plugins.argopreflight.step.submit;

import io.jenkins.plugins.argopreflight.engine.submit.RunStore;
import jenkins.model.Jenkins;

/** What is stored of runs of this controller that have not ended. */
final class Runs {

    private static final String FOLDER = "argo-preflight-runs";

    private Runs() {}

    static RunStore store() {
        return new RunStore(Jenkins.get().getRootDir().toPath().resolve(FOLDER));
    }
}
