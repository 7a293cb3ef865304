package io.jenkins.plugins.argopreflight.step.preflight;

import hudson.AbortException;
import io.jenkins.plugins.argopreflight.action.PreflightReportAction;
import io.jenkins.plugins.argopreflight.config.Gates;
import io.jenkins.plugins.argopreflight.config.IgnoredCheck;
import io.jenkins.plugins.argopreflight.config.Policy;
import io.jenkins.plugins.argopreflight.publish.ReportPublisher.Place;
import io.jenkins.plugins.argopreflight.step.ClusterChoice;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What one {@code argoPreflight} shall do: texts and the ids of credentials, never a secret. */
final class PreflightOrder implements Serializable {

    private static final long serialVersionUID = 1L;

    final ClusterChoice cluster;
    final String workflows;
    final ArrayList<String> objects;
    final String namespace;
    final String failOn;
    final String unstableOn;
    final boolean newOnly;
    final String referenceJob;
    final ArrayList<IgnoredCheck> ignores;
    final String id;
    final String name;
    final String argoNamespace;
    final String argoVersion;
    final String kubernetesVersion;
    final String podSecurity;
    final boolean noCluster;
    final boolean noRegistry;
    final boolean skipPublishingChecks;
    final boolean skipPublishingTests;

    /** Null in builds that an earlier version began. */
    private final TreeMap<String, String> parameters;

    PreflightOrder(PreflightStep step) {
        this(step, Map.of());
    }

    /** @param parameters values that a submission gives to the workflow's parameters */
    PreflightOrder(PreflightStep step, Map<String, String> parameters) {
        this.parameters = new TreeMap<>(parameters);
        cluster = step.clusterChoice();
        workflows = step.getWorkflows();
        objects = new ArrayList<>(step.getObjects());
        namespace = step.getNamespace();
        failOn = step.getFailOn();
        unstableOn = step.getUnstableOn();
        newOnly = step.isNewOnly();
        referenceJob = step.getReferenceJob();
        ignores = new ArrayList<>(step.getIgnore());
        id = step.getId();
        name = step.getName();
        argoNamespace = step.getArgoNamespace();
        argoVersion = step.getArgoVersion();
        kubernetesVersion = step.getKubernetesVersion();
        podSecurity = step.getPodSecurity();
        noCluster = step.isNoCluster();
        noRegistry = step.isNoRegistry();
        skipPublishingChecks = step.isSkipPublishingChecks();
        skipPublishingTests = step.isSkipPublishingTests();
    }

    /** What makes no sense, before anything is asked. */
    void check() throws AbortException {
        if (workflows.isEmpty() && objects.isEmpty()) {
            throw new AbortException("argoPreflight has nothing to judge: add workflows: 'workflows/*.yaml' (in the"
                    + " workspace), or objects: ['workflowtemplate/NAME'] (in the cluster)");
        }
        if (noCluster && !objects.isEmpty()) {
            throw new AbortException(
                    "noCluster: " + objects.get(0) + " is in the cluster; leave out one of noCluster and objects");
        }
        WordRule.ID.check(id);
        WordRule.ARGO_VERSION.check(argoVersion);
        WordRule.KUBERNETES_VERSION.check(kubernetesVersion);
        WordRule.POD_SECURITY.check(podSecurity);
    }

    /**
     * What the step sets of what decides about the build.
     *
     * @throws IllegalArgumentException when the end of a suppression is no date
     */
    Policy.Level policy() {
        return new Policy.Level(
                "this step",
                Gates.optional(failOn),
                Gates.optional(unstableOn),
                ignores.stream().map(IgnoredCheck::toIgnore).toList(),
                false);
    }

    Map<String, String> parameters() {
        return parameters == null ? Map.of() : parameters;
    }

    /** The report's id, as long as no other has it. */
    String reportId() {
        return id.isEmpty() ? PreflightReportAction.DEFAULT_ID : id;
    }

    /** Where other plugins shall not show the findings. */
    Set<Place> unpublished() {
        Set<Place> unwanted = EnumSet.noneOf(Place.class);
        if (skipPublishingChecks) {
            unwanted.add(Place.CHECKS);
        }
        if (skipPublishingTests) {
            unwanted.add(Place.TESTS);
        }
        return unwanted;
    }
}
