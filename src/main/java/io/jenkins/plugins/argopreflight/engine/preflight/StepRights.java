package io.jenkins.plugins.argopreflight.engine.preflight;

import io.jenkins.plugins.argopreflight.engine.kube.Right;
import java.util.List;
import java.util.stream.Stream;

/** The rights of each step, as the manifests of {@code docs/rbac} grant them. */
public enum StepRights {
    SECRET("argoRegistrySecret", true, Grant.SECRET),
    SECRET_BLOCK("withArgoRegistrySecret", true, Grant.SECRET, Grant.SECRET_BLOCK),
    PREFLIGHT("argoPreflight", false, Sets.PREFLIGHT),
    SUBMIT("argoSubmit", true, Sets.with(Sets.PREFLIGHT, Grant.SUBMIT_STEP, Grant.DIAGNOSE)),
    DIAGNOSE("argoDiagnose", false, Grant.PREFLIGHT, Grant.CONTROLLER, Grant.CLUSTER, Grant.DIAGNOSE),
    CLUSTER_BLOCK("withArgoCluster", false, Grant.BLOCK);

    /** The manifests that several steps need. */
    private static final class Sets {

        /** The check may-submit asks for the rights to submit, and a dry run of a workflow is one of them. */
        static final Grant[] PREFLIGHT = {
            Grant.PREFLIGHT, Grant.CONTROLLER, Grant.DRY_RUN, Grant.CLUSTER, Grant.AUTOSCALER, Grant.SUBMIT
        };

        static Grant[] with(Grant[] some, Grant... more) {
            return Stream.of(some, more).flatMap(Stream::of).toArray(Grant[]::new);
        }
    }

    private final String function;
    private final boolean writes;
    private final List<Grant> grants;

    StepRights(String function, boolean writes, Grant... grants) {
        this.function = function;
        this.writes = writes;
        this.grants = List.of(grants);
    }

    /** The step as a Jenkinsfile has it. */
    public String function() {
        return function;
    }

    /** Whether the step writes to the cluster. */
    public boolean writes() {
        return writes;
    }

    /** The manifests that together grant its rights. */
    public List<Grant> grants() {
        return grants;
    }

    /** The rights, of objects of any name. */
    public List<Right> in(Place place) {
        return grants.stream()
                .flatMap(grant -> grant.in(place).stream())
                .distinct()
                .toList();
    }
}
