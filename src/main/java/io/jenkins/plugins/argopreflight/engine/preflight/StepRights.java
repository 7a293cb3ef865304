package io.jenkins.plugins.argopreflight.engine.preflight;

import io.jenkins.plugins.argopreflight.engine.kube.Right;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;

/** The rights of each step, as the manifests of {@code docs/rbac} grant them. */
public enum StepRights {
    SECRET("argoRegistrySecret", Grant.SECRET),
    SECRET_BLOCK("withArgoRegistrySecret", Grant.SECRET, Grant.SECRET_BLOCK),
    PREFLIGHT("argoPreflight", Sets.PREFLIGHT),
    /** The step on a cluster without writes, where rights to submit and to create pods are optional. */
    READ_ONLY_PREFLIGHT("argoPreflight", Sets.READING),
    SUBMIT("argoSubmit", Sets.with(Sets.PREFLIGHT, Grant.SUBMIT_STEP, Grant.DIAGNOSE)),
    DIAGNOSE("argoDiagnose", Grant.PREFLIGHT, Grant.CONTROLLER, Grant.CLUSTER, Grant.DIAGNOSE),
    CLUSTER_BLOCK("withArgoCluster", Grant.BLOCK);

    /** The manifests that several steps need. */
    private static final class Sets {

        static final Grant[] READING = {Grant.PREFLIGHT, Grant.CONTROLLER, Grant.CLUSTER, Grant.AUTOSCALER};

        /** The check may-submit asks for the rights to submit, and a dry run of a workflow is one of them. */
        static final Grant[] SUBMITTING = {Grant.DRY_RUN, Grant.SUBMIT};

        static final Grant[] PREFLIGHT = with(READING, SUBMITTING);

        static Grant[] with(Grant[] some, Grant... more) {
            return Stream.of(some, more).flatMap(Stream::of).toArray(Grant[]::new);
        }
    }

    private final String function;
    private final List<Grant> grants;

    StepRights(String function, Grant... grants) {
        this.function = function;
        this.grants = List.of(grants);
    }

    /** The step as a Jenkinsfile has it. */
    public String function() {
        return function;
    }

    /** Returns the steps of a cluster that they can write to. */
    public static List<StepRights> ofWritable() {
        return List.copyOf(EnumSet.complementOf(EnumSet.of(READ_ONLY_PREFLIGHT)));
    }

    /** Returns the steps of a cluster that they cannot write to. */
    public static List<StepRights> ofReadOnly() {
        return List.of(READ_ONLY_PREFLIGHT, DIAGNOSE, CLUSTER_BLOCK);
    }

    /** The manifests that together grant its rights. */
    public List<Grant> grants() {
        return grants;
    }

    /** The rights, of objects of any name. */
    public List<Right> in(StepNamespaces place) {
        return in(place, grants);
    }

    /** The rights without which some checks of the step report less, and the others report the same. */
    public List<Right> optional(StepNamespaces place) {
        return this == READ_ONLY_PREFLIGHT ? in(place, List.of(Sets.SUBMITTING)) : List.of();
    }

    private static List<Right> in(StepNamespaces place, List<Grant> grants) {
        return grants.stream()
                .flatMap(grant -> grant.in(place).stream())
                .distinct()
                .toList();
    }
}
