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
 * Decides when it is time to look closer at a workflow: no one works on it, or nothing of it runs; or something runs, and
 * nothing has changed for long. Soon after a kubelet or the scheduler says why a pod does not start; else every so often,
 * and less often while nothing changes.
 */
final class ProgressCheck {

    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final Duration SOON = Duration.ofSeconds(5);

    /** What a kubelet, the scheduler or the API server says of a pod that does not start. */
    private static final Pattern REFUSED = Pattern.compile(
            "ErrImage|ImagePullBackOff|InvalidImageName|" + "CreateContainer(Config)?Error|Unschedulable|pods \"");

    private final Duration pickup;
    private final BiConsumer<Duration, Runnable> later;
    private final WorkflowRunListener listener;
    private final Set<String> refused = new HashSet<>();
    private Optional<ObjectNode> workflow = Optional.empty();
    private Duration pause = Duration.ZERO;
    /** The number of the newest plan, which alone counts. */
    private int plans;

    private boolean changed;
    private boolean unclaimed;
    /** How long nothing has changed, and after how long it is time. */
    private Duration quiet = Duration.ZERO;

    private Duration tooQuiet = LONGEST;

    /**
     * Its calls and tasks come one after the other.
     *
     * @param pickup after how long without progress it is time
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

    /** Nothing is planned any more. */
    void end() {
        plans++;
    }

    /** The workflow as it is now. */
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
        tooQuiet = changed ? LONGEST : tooQuiet;
        boolean still = workflow.map(this::isStuck).orElse(false) && !changed;
        changed = false;
        Duration longer = pause.multipliedBy(2);
        plan(still ? longer.compareTo(LONGEST) > 0 ? LONGEST : longer : pickup);
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

    /** A suspend runs until someone resumes it. */
    private static boolean works(NodeState node) {
        return node.isUnfinished() && !isPending(node) && !node.type().equals("Suspend");
    }

    private static boolean isPending(NodeState node) {
        return node.phase().equals("Pending");
    }
}
