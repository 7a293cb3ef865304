package io.jenkins.plugins.argopreflight.step.preflight;

import hudson.AbortException;
import io.jenkins.plugins.argopreflight.action.PreflightReportAction;
import io.jenkins.plugins.argopreflight.action.publish.ReportPublisher.Place;
import io.jenkins.plugins.argopreflight.config.ClusterConfiguration;
import io.jenkins.plugins.argopreflight.config.GatePolicy;
import io.jenkins.plugins.argopreflight.config.Gates;
import io.jenkins.plugins.argopreflight.config.IgnoredCheck;
import io.jenkins.plugins.argopreflight.config.NamedCluster;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoVersion;
import io.jenkins.plugins.argopreflight.engine.preflight.GateOptions;
import io.jenkins.plugins.argopreflight.engine.preflight.PreflightRequest;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.step.ClusterChoice;
import io.jenkins.plugins.argopreflight.step.Messages;
import io.jenkins.plugins.argopreflight.step.StepCluster;
import io.jenkins.plugins.argopreflight.step.StepUsageException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of an {@code argoPreflight}, or of the preflight of another step: texts and the ids of credentials,
 * never a secret. Running builds store them, so the names of the fields stay. {@link PreflightStep} sets the fields
 * before it starts; later changes are made in a copy.
 */
public final class PreflightConfig implements Serializable, Cloneable {

    private static final long serialVersionUID = 1L;

    ClusterChoice cluster = ClusterChoice.of(Map.of());
    String workflows = "";

    /** The parameter {@code manifests}; null in builds that an earlier version began. */
    @Nullable
    String manifests;

    ArrayList<String> objects = new ArrayList<>();
    String namespace = "";
    String failOn = "";
    String unstableOn = "";
    boolean newOnly;
    String referenceJob = "";
    ArrayList<IgnoredCheck> ignores = new ArrayList<>();
    String id = "";
    String name = "";
    String argoNamespace = "";
    String argoVersion = "";
    String kubernetesVersion = "";
    String podSecurity = "";
    boolean noCluster;
    boolean noRegistry;
    boolean skipPublishingChecks;
    boolean skipPublishingTests;
    boolean description;

    ArrayList<String> parameters = new ArrayList<>();
    String parameterFile = "";

    /** Returns a copy with changes. */
    PreflightConfig with(Consumer<PreflightConfig> change) {
        try {
            PreflightConfig copy = (PreflightConfig) super.clone();
            change.accept(copy);
            return copy;
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns a copy with the cluster, and the namespace of objects that have none; "" for that of the cluster. */
    public PreflightConfig in(ClusterChoice choice, String defaultNamespace) {
        return with(copy -> {
            copy.cluster = choice;
            copy.namespace = defaultNamespace;
        });
    }

    /** Returns a copy with values of the submission, {@code NAME=VALUE}, and a file with further values; "" for none. */
    public PreflightConfig withValues(List<String> values, String file) {
        return with(copy -> {
            copy.parameters = new ArrayList<>(values);
            copy.parameterFile = file;
        });
    }

    /** Returns a copy with the options that decide about the build; "" for those of the folder or of Jenkins. */
    public PreflightConfig withGate(String fail, String unstable, List<IgnoredCheck> ignoredChecks) {
        return with(copy -> {
            copy.failOn = fail;
            copy.unstableOn = unstable;
            copy.ignores = new ArrayList<>(ignoredChecks);
        });
    }

    /** Returns a copy with the name of the report, and the choice to add the result to the build's description. */
    public PreflightConfig withReport(String title, boolean inDescription) {
        return with(copy -> {
            copy.name = title;
            copy.description = inDescription;
        });
    }

    /** Returns a copy with patterns of files, manifests as YAML, and an object of the cluster; "" for none. */
    public PreflightConfig checking(String files, String yaml, String object) {
        return with(copy -> {
            copy.workflows = files;
            copy.manifests = yaml;
            copy.objects = new ArrayList<>(object.isEmpty() ? List.of() : List.of(object));
        });
    }

    /** Returns manifests as YAML; "" for none. */
    String manifests() {
        return manifests == null ? "" : manifests;
    }

    /** Checks the parameters, without requests. */
    void check() throws AbortException {
        if (workflows.isEmpty() && manifests().isEmpty() && objects.isEmpty()) {
            throw new StepUsageException(Messages.Preflight_nothing());
        }
        if (noCluster && !objects.isEmpty()) {
            throw new AbortException(Messages.Preflight_noCluster(objects.get(0)));
        }
        WorkflowParameters.pairs("parameters", parameters);
        try {
            Gates.options(failOn, unstableOn, List.of());
        } catch (IllegalArgumentException e) {
            throw new AbortException(e.getMessage());
        }
        ParameterValidation.ID.check(id);
        ParameterValidation.ARGO_VERSION.check(argoVersion);
        ParameterValidation.KUBERNETES_VERSION.check(kubernetesVersion);
        ParameterValidation.POD_SECURITY.check(podSecurity);
    }

    /**
     * Returns the settings of the step that decide about the build.
     *
     * @throws IllegalArgumentException if a value is no gate, or the end of a suppression is not a date
     */
    GatePolicy.Level policy() {
        GateOptions options = Gates.options(failOn, unstableOn, ignores);
        return new GatePolicy.Level(Messages.Preflight_thisStep(), newOnly ? options.countingOnlyNew() : options);
    }

    /**
     * Returns the engine's request. The cluster's configuration has the values that the step does not set.
     *
     * @param connected the cluster; empty for a check without one
     * @param values values of the submission for the workflows' parameters
     * @param nodeCredentials patterns of the images that nodes pull with their own credentials
     */
    PreflightRequest request(
            Optional<StepCluster> connected,
            List<Document> documents,
            Map<String, String> values,
            List<String> nodeCredentials,
            GateOptions options) {
        Optional<ClusterConfiguration> configured = connected.flatMap(StepCluster::configuration);
        String argo = setOr(argoNamespace, configured.map(ClusterConfiguration::getArgoNamespace));
        String version = setOr(argoVersion, configured.map(ClusterConfiguration::getArgoVersion));
        return PreflightRequest.builder(
                        documents,
                        namespace.isEmpty()
                                ? connected.map(StepCluster::namespace).orElse("default")
                                : namespace,
                        argo.isEmpty() ? NamedCluster.DEFAULT_ARGO_NAMESPACE : argo)
                .names(objects)
                .argoVersion(version(version))
                .kubernetesVersion(Optional.of(kubernetesVersion)
                        .filter(text -> !text.isEmpty())
                        .map(text -> text.startsWith("v") ? text : "v" + text))
                .podSecurity(podSecurity)
                .parameters(values)
                .nodeCredentials(nodeCredentials)
                .gateOptions(options)
                .build();
    }

    private static String setOr(String ofStep, Optional<String> ofCluster) {
        return ofStep.isEmpty() ? ofCluster.orElse("") : ofStep;
    }

    private static Optional<ArgoVersion> version(String text) {
        if (text.isEmpty() || text.equals("ask")) {
            return Optional.empty();
        }
        return Optional.of(ArgoVersion.parse(text)
                .orElseThrow(() -> new IllegalArgumentException(ParameterValidation.ARGO_VERSION.refusal(text))));
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
