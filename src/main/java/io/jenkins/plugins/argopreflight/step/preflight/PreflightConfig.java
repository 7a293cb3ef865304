package io.jenkins.plugins.argopreflight.step.preflight;

import hudson.AbortException;
import io.jenkins.plugins.argopreflight.action.PreflightReportAction;
import io.jenkins.plugins.argopreflight.config.GatePolicy;
import io.jenkins.plugins.argopreflight.config.Gates;
import io.jenkins.plugins.argopreflight.config.IgnoredCheck;
import io.jenkins.plugins.argopreflight.publish.ReportPublisher.Place;
import io.jenkins.plugins.argopreflight.step.ClusterChoice;
import io.jenkins.plugins.argopreflight.step.Messages;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The parameters of an {@code argoPreflight}: texts and the ids of credentials, never a secret. */
final class PreflightConfig implements Serializable {

    private static final long serialVersionUID = 1L;

    final ClusterChoice cluster;
    final String workflows;

    /** The parameter {@code manifests}; null in builds that an earlier version began. */
    private final String manifests;

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
    final boolean description;

    final ArrayList<String> parameters;
    final String parameterFile;

    PreflightConfig(PreflightStep step, ClusterChoice cluster) {
        parameters = new ArrayList<>(step.getParameters());
        parameterFile = step.getParameterFile();
        this.cluster = cluster;
        workflows = step.getWorkflows();
        manifests = step.getManifests();
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
        description = step.isDescription();
    }

    private PreflightConfig(PreflightConfig all, Set<String> without) {
        parameters = all.parameters;
        parameterFile = all.parameterFile;
        cluster = all.cluster;
        workflows = all.workflows;
        manifests = all.manifests;
        objects = all.objects;
        namespace = all.namespace;
        failOn = all.failOn;
        unstableOn = all.unstableOn;
        newOnly = all.newOnly && !without.contains(LockedParameters.NEW_ONLY);
        referenceJob = all.referenceJob;
        ignores = all.ignores;
        id = all.id;
        name = all.name;
        argoNamespace = without.contains(LockedParameters.ARGO_NAMESPACE) ? "" : all.argoNamespace;
        argoVersion = without.contains(LockedParameters.ARGO_VERSION) ? "" : all.argoVersion;
        kubernetesVersion = without.contains(LockedParameters.KUBERNETES_VERSION) ? "" : all.kubernetesVersion;
        podSecurity = without.contains(LockedParameters.POD_SECURITY) ? "" : all.podSecurity;
        noCluster = all.noCluster && !without.contains(LockedParameters.NO_CLUSTER);
        noRegistry = all.noRegistry && !without.contains(LockedParameters.NO_REGISTRY);
        skipPublishingChecks = all.skipPublishingChecks;
        skipPublishingTests = all.skipPublishingTests;
        description = all.description;
    }

    /** Returns the values of the parameters that a locked policy can refuse, by name, if the step sets them. */
    Map<String, String> lockable() {
        Map<String, String> requested = new LinkedHashMap<>();
        requested.put(LockedParameters.NEW_ONLY, newOnly ? "true" : "");
        requested.put(LockedParameters.NO_CLUSTER, noCluster ? "true" : "");
        requested.put(LockedParameters.NO_REGISTRY, noRegistry ? "true" : "");
        requested.put(LockedParameters.ARGO_NAMESPACE, argoNamespace);
        requested.put(LockedParameters.ARGO_VERSION, argoVersion);
        requested.put(LockedParameters.KUBERNETES_VERSION, kubernetesVersion);
        requested.put(LockedParameters.POD_SECURITY, podSecurity);
        requested.values().removeIf(String::isEmpty);
        return requested;
    }

    /** Returns the configuration without some of its parameters. */
    PreflightConfig without(Set<String> names) {
        return names.isEmpty() ? this : new PreflightConfig(this, names);
    }

    /** Returns manifests as YAML; "" for none. */
    String manifests() {
        return manifests == null ? "" : manifests;
    }

    /** Checks the parameters, without requests. */
    void check() throws AbortException {
        if (workflows.isEmpty() && manifests().isEmpty() && objects.isEmpty()) {
            throw new AbortException(Messages.Preflight_nothing());
        }
        if (noCluster && !objects.isEmpty()) {
            throw new AbortException(Messages.Preflight_noCluster(objects.get(0)));
        }
        WorkflowParameters.pairs("parameters", parameters);
        checkGate("failOn", failOn);
        checkGate("unstableOn", unstableOn);
        ParameterValidation.ID.check(id);
        ParameterValidation.ARGO_VERSION.check(argoVersion);
        ParameterValidation.KUBERNETES_VERSION.check(kubernetesVersion);
        ParameterValidation.POD_SECURITY.check(podSecurity);
    }

    private static void checkGate(String parameter, String word) throws AbortException {
        try {
            Gates.optionalNameOf(parameter, word);
        } catch (IllegalArgumentException e) {
            throw new AbortException(e.getMessage());
        }
    }

    /**
     * Returns the settings of the step that decide about the build.
     *
     * @throws IllegalArgumentException if the end of a suppression is not a date
     */
    GatePolicy.Level policy() {
        return new GatePolicy.Level(
                Messages.Preflight_thisStep(),
                Gates.optional(failOn),
                Gates.optional(unstableOn),
                ignores.stream().map(IgnoredCheck::toIgnore).toList(),
                false);
    }

    /** Returns the requested id of the report; another report can already have it. */
    String reportId() {
        return id.isEmpty() ? PreflightReportAction.DEFAULT_ID : id;
    }

    /**
     * Returns the places in which the findings must not be shown.
     *
     * @param tests whether an administrator allows test results
     */
    Set<Place> unpublished(boolean tests) {
        Set<Place> unwanted = EnumSet.noneOf(Place.class);
        if (skipPublishingChecks) {
            unwanted.add(Place.CHECKS);
        }
        if (skipPublishingTests || !tests) {
            unwanted.add(Place.TESTS);
        }
        return unwanted;
    }
}
