package io.jenkins.plugins.argopreflight.engine.preflight;

import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;

/** The rights of each step, as the manifests in {@code docs/rbac} grant them. */
public enum StepRights {
    SECRET("argoRegistrySecret", Grant.SECRET),
    SECRET_BLOCK("withArgoRegistrySecret", Grant.SECRET, Grant.SECRET_BLOCK),
    PREFLIGHT("argoPreflight", Sets.PREFLIGHT),
    /** The step argoPreflight on a read-only cluster, where the rights to submit and to create pods are optional. */
    READ_ONLY_PREFLIGHT("argoPreflight", Sets.READING),
    SUBMIT("argoSubmit", Sets.with(Sets.PREFLIGHT, Grant.SUBMIT_STEP, Grant.DIAGNOSE)),
    DIAGNOSE("argoDiagnose", Grant.PREFLIGHT, Grant.CONTROLLER, Grant.CLUSTER, Grant.DIAGNOSE),
    CLUSTER_BLOCK("withArgoCluster", Grant.BLOCK);

    /** The sets of manifests that several steps need. */
    private static final class Sets {

        static final Grant[] READING = {Grant.PREFLIGHT, Grant.CONTROLLER, Grant.CLUSTER, Grant.AUTOSCALER};

        /**
         * The manifests for the check may-submit, which asks for the rights to submit, including the dry run of a
         * workflow.
         */
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

    /** The name of the step in a Jenkinsfile. */
    public String function() {
        return function;
    }

    /** Returns the steps that are available on a cluster with write access. */
    public static List<StepRights> ofWritable() {
        return List.copyOf(EnumSet.complementOf(EnumSet.of(READ_ONLY_PREFLIGHT)));
    }

    /** Returns the steps that are available on a read-only cluster. */
    public static List<StepRights> ofReadOnly() {
        return List.of(READ_ONLY_PREFLIGHT, DIAGNOSE, CLUSTER_BLOCK);
    }

    /** The manifests that grant the rights of the step. */
    public List<Grant> grants() {
        return grants;
    }

    /** Returns the rights of the step, for objects of any name. */
    public List<Right> rightsIn(StepNamespaces namespaces) {
        return rightsIn(namespaces, grants);
    }

    /** Returns the rights without which some checks of the step report less, and the others the same. */
    public List<Right> optional(StepNamespaces namespaces) {
        return this == READ_ONLY_PREFLIGHT ? rightsIn(namespaces, List.of(Sets.SUBMITTING)) : List.of();
    }

    private static List<Right> rightsIn(StepNamespaces namespaces, List<Grant> grants) {
        return grants.stream()
                .flatMap(grant -> grant.rightsIn(namespaces).stream())
                .distinct()
                .toList();
    }
}
