package io.jenkins.plugins.argopreflight.engine.argo.expansion;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.Certainty;
import io.jenkins.plugins.argopreflight.engine.argo.model.ConcurrentPods;
import io.jenkins.plugins.argopreflight.engine.argo.template.Depends;
import io.jenkins.plugins.argopreflight.engine.argo.template.NodeOutputs;
import io.jenkins.plugins.argopreflight.engine.argo.template.TemplateCall;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A step or task before it is executed.
 *
 * @param written the step or task as written
 * @param nodePrefix the beginning of its nodes' names
 * @param call its location, and the certainty with which its condition is evaluated
 * @param certainty the certainty with which its nodes run, if its condition is true
 * @param unreadable the certainty of the error if its condition cannot be parsed
 * @param isReachedWithout accepts the members without which its condition is still evaluated
 * @param runsWithout accepts the members without which it still runs
 */
record Member(
        JsonNode written,
        String nodePrefix,
        TemplateCall call,
        Certainty certainty,
        Certainty unreadable,
        Predicate<String> isReachedWithout,
        Predicate<String> runsWithout) {

    /**
     * An executed step or task, with its outputs for later ones.
     *
     * @param absence the absence of its outputs; empty if its nodes run
     * @param pods the largest group of its pods that run at the same time
     * @param state the state in which the step or task ends
     */
    record Executed(NodeOutputs outputs, Optional<Absence> absence, ConcurrentPods pods, Depends.State state) {

        Executed with(Depends.State otherState, Optional<Absence> otherAbsence) {
            return new Executed(outputs, otherAbsence, pods, otherState);
        }

        static Executed skipped(Optional<Absence> absence) {
            return new Executed(NodeOutputs.NOTHING, absence, ConcurrentPods.NONE, Depends.State.SKIPPED);
        }
    }
}
