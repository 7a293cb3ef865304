package io.jenkins.plugins.argopreflight.engine.submit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.NodeState;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.WorkflowState;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/**
 * The check that decides when a workflow needs a diagnosis: no controller works on it, none of its nodes runs, or
 * nothing has changed for a long time although a node runs. The check comes soon after a kubelet or the scheduler
 * reports why a pod does not start. Otherwise it is repeated, less often while nothing changes.
 */
final class ProgressCheck {

    private static final Duration MAX_PAUSE = Duration.ofMinutes(10);
    private static final Duration SOON = Duration.ofSeconds(5);

    /** Messages of a kubelet, the scheduler or the API server about a pod that does not start. */
    private static final Pattern REFUSED = Pattern.compile(
            "ErrImage|ImagePullBackOff|InvalidImageName|" + "CreateContainer(Config)?Error|Unschedulable|pods \"");

    private final Duration pickup;
    private final BiConsumer<Duration, Runnable> later;
    private final WorkflowRunListener listener;
    private final Set<String> refused = new HashSet<>();
    private Optional<ObjectNode> workflow = Optional.empty();
    private Duration pause = Duration.ZERO;
    /** The number of the newest plan; older plans are ignored. */
    private int plans;

    private boolean changed;
    private boolean unclaimed;
    /** The time in which nothing has changed. */
    private Duration quiet = Duration.ZERO;

    /** The time without a change after which a running workflow needs a diagnosis. */
    private Duration tooQuiet = MAX_PAUSE;

    /**
     * Creates a check, whose calls and tasks must come one after the other.
     *
     * @param pickup the time without progress after which the check is due
     * @param later runs a task after a pause
     */
    ProgressCheck(Duration pickup, BiConsumer<Duration, Runnable> later, WorkflowRunListener listener) {
        this.pickup = pickup;
        this.later = later;
        this.listener = listener;
    }

    void begin() {
        plan(pickup);
    }

    /** Cancels the planned check. */
    void end() {
        plans++;
    }

    /** Records the workflow as it is now. */
    void changed(ObjectNode object, WorkflowState state) {
        workflow = Optional.of(object);
        changed = true;
        boolean soon = state.leaves().stream()
                .anyMatch(node ->
                        isPending(node) && REFUSED.matcher(node.message()).lookingAt() && refused.add(node.id()));
        if (soon && pickup.compareTo(SOON) > 0) {
            plan(SOON);
        }
    }

    private void plan(Duration next) {
        pause = next;
        int planned = ++plans;
        later.accept(next, () -> {
            if (planned == plans) {
                check();
            }
        });
    }

    private void check() {
        quiet = changed ? Duration.ZERO : quiet.plus(pause);
        tooQuiet = changed ? MAX_PAUSE : tooQuiet;
        boolean still = workflow.map(this::isStuck).orElse(false) && !changed;
        changed = false;
        Duration longer = pause.multipliedBy(2);
        plan(still ? longer.compareTo(MAX_PAUSE) > 0 ? MAX_PAUSE : longer : pickup);
    }

    private boolean isStuck(ObjectNode object) {
        WorkflowState state = WorkflowState.of(object);
        boolean running = state.leaves().stream().anyMatch(node -> !isPending(node) && node.isUnfinished());
        if (!state.started() && !unclaimed) {
            unclaimed = true;
            listener.say("No controller has picked the workflow up in " + pickup.toSeconds() + " s");
        }
        boolean stuck = !state.started() || !running && !state.suspended();
        boolean late = quiet.compareTo(tooQuiet) >= 0 && state.leaves().stream().anyMatch(ProgressCheck::works);
        if (late) {
            tooQuiet = tooQuiet.multipliedBy(2);
        }
        if (stuck || late) {
            listener.stuck(object);
        }
        return stuck;
    }

    /** Returns whether a node works. A suspend node does not: it runs until someone resumes it. */
    private static boolean works(NodeState node) {
        return node.isUnfinished() && !isPending(node) && !node.type().equals("Suspend");
    }

    private static boolean isPending(NodeState node) {
        return node.phase().equals("Pending");
    }
}
