package io.jenkins.plugins.argopreflight.step;

import hudson.Extension;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;

/** Waits until the test lets it go, also over a restart of Jenkins. */
public final class HoldStep extends Step {

    private static final Map<String, StepContext> WAITING = new ConcurrentHashMap<>();

    private final String id;

    @DataBoundConstructor
    public HoldStep(String id) {
        this.id = id;
    }

    /** Returns when a build has come so far. */
    public static void await(String id) throws InterruptedException {
        for (int i = 0; i < 600 && !WAITING.containsKey(id); i++) {
            Thread.sleep(100);
        }
        if (!WAITING.containsKey(id)) {
            throw new IllegalStateException("no build came to hold '" + id + "'");
        }
    }

    public static void release(String id) {
        WAITING.remove(id).onSuccess(null);
    }

    /** Forgets those that wait, before a restart. */
    public static void forget() {
        WAITING.clear();
    }

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(context, id);
    }

    private static final class Execution extends StepExecution {

        private static final long serialVersionUID = 1L;

        private final String id;

        Execution(StepContext context, String id) {
            super(context);
            this.id = id;
        }

        @Override
        public boolean start() {
            WAITING.put(id, getContext());
            return false;
        }

        @Override
        public void onResume() {
            WAITING.put(id, getContext());
        }
    }

    @Extension
    public static final class DescriptorImpl extends StepDescriptor {

        @Override
        public String getFunctionName() {
            return "hold";
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of();
        }
    }
}
