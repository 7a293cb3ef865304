package io.jenkins.plugins.argopreflight.engine.check.catalog;

import io.jenkins.plugins.argopreflight.engine.check.Check;
import io.jenkins.plugins.argopreflight.engine.check.NoClusterAccess;
import io.jenkins.plugins.argopreflight.engine.check.admission.ArgoNotInstalled;
import io.jenkins.plugins.argopreflight.engine.check.admission.ClaimTemplateRefused;
import io.jenkins.plugins.argopreflight.engine.check.admission.ConstraintsRefuse;
import io.jenkins.plugins.argopreflight.engine.check.admission.InjectedSidecar;
import io.jenkins.plugins.argopreflight.engine.check.admission.InvalidValue;
import io.jenkins.plugins.argopreflight.engine.check.admission.LimitRangeRefuses;
import io.jenkins.plugins.argopreflight.engine.check.admission.PodSecurityPolicyRemoved;
import io.jenkins.plugins.argopreflight.engine.check.admission.PodSecurityRefuses;
import io.jenkins.plugins.argopreflight.engine.check.admission.PolicyRefuses;
import io.jenkins.plugins.argopreflight.engine.check.admission.QuotaObjects;
import io.jenkins.plugins.argopreflight.engine.check.admission.QuotaParallel;
import io.jenkins.plugins.argopreflight.engine.check.admission.QuotaRefuses;
import io.jenkins.plugins.argopreflight.engine.check.admission.ServerVerdict;
import io.jenkins.plugins.argopreflight.engine.check.admission.UnsafeSysctl;
import io.jenkins.plugins.argopreflight.engine.check.admission.WebhookDown;
import io.jenkins.plugins.argopreflight.engine.check.container.CapabilityPrefix;
import io.jenkins.plugins.argopreflight.engine.check.container.CommandLine;
import io.jenkins.plugins.argopreflight.engine.check.container.CommandNotExecutable;
import io.jenkins.plugins.argopreflight.engine.check.container.ContainerFsGroup;
import io.jenkins.plugins.argopreflight.engine.check.container.DockerSocket;
import io.jenkins.plugins.argopreflight.engine.check.container.FsGroupOnHostPath;
import io.jenkins.plugins.argopreflight.engine.check.container.HostPathOwnership;
import io.jenkins.plugins.argopreflight.engine.check.container.MemoryTooSmall;
import io.jenkins.plugins.argopreflight.engine.check.container.PrivilegedContainer;
import io.jenkins.plugins.argopreflight.engine.check.container.ProbePort;
import io.jenkins.plugins.argopreflight.engine.check.container.RunAsNonRoot;
import io.jenkins.plugins.argopreflight.engine.check.container.UnreadableVolume;
import io.jenkins.plugins.argopreflight.engine.check.controller.ControllerSetting;
import io.jenkins.plugins.argopreflight.engine.check.controller.InstanceId;
import io.jenkins.plugins.argopreflight.engine.check.controller.NamespaceNotManaged;
import io.jenkins.plugins.argopreflight.engine.check.controller.RemovedSetting;
import io.jenkins.plugins.argopreflight.engine.check.manifest.ArgumentNotTaken;
import io.jenkins.plugins.argopreflight.engine.check.manifest.CronSchedule;
import io.jenkins.plugins.argopreflight.engine.check.manifest.DuplicateKey;
import io.jenkins.plugins.argopreflight.engine.check.manifest.ExpressionNotResolved;
import io.jenkins.plugins.argopreflight.engine.check.manifest.InvalidName;
import io.jenkins.plugins.argopreflight.engine.check.manifest.OutputTooEarly;
import io.jenkins.plugins.argopreflight.engine.check.manifest.ParameterWithoutValue;
import io.jenkins.plugins.argopreflight.engine.check.manifest.RefusedByArgo;
import io.jenkins.plugins.argopreflight.engine.check.manifest.RemovedApi;
import io.jenkins.plugins.argopreflight.engine.check.manifest.SecretDataNotBase64;
import io.jenkins.plugins.argopreflight.engine.check.manifest.UndeclaredInput;
import io.jenkins.plugins.argopreflight.engine.check.manifest.UnknownField;
import io.jenkins.plugins.argopreflight.engine.check.manifest.UnknownKind;
import io.jenkins.plugins.argopreflight.engine.check.manifest.UnresolvedReference;
import io.jenkins.plugins.argopreflight.engine.check.manifest.WrongType;
import io.jenkins.plugins.argopreflight.engine.check.reference.ConfigMapMissing;
import io.jenkins.plugins.argopreflight.engine.check.reference.MissingKey;
import io.jenkins.plugins.argopreflight.engine.check.reference.PatchStrategy;
import io.jenkins.plugins.argopreflight.engine.check.reference.PriorityClassMissing;
import io.jenkins.plugins.argopreflight.engine.check.reference.ResourceActions;
import io.jenkins.plugins.argopreflight.engine.check.reference.ResourceCommand;
import io.jenkins.plugins.argopreflight.engine.check.reference.ResourceCondition;
import io.jenkins.plugins.argopreflight.engine.check.reference.RuntimeClassMissing;
import io.jenkins.plugins.argopreflight.engine.check.reference.SecretMissing;
import io.jenkins.plugins.argopreflight.engine.check.rights.AutomountOff;
import io.jenkins.plugins.argopreflight.engine.check.rights.EnforceMountableSecrets;
import io.jenkins.plugins.argopreflight.engine.check.rights.ExecutorToken;
import io.jenkins.plugins.argopreflight.engine.check.rights.MayActOnResources;
import io.jenkins.plugins.argopreflight.engine.check.rights.MayCollectArtifacts;
import io.jenkins.plugins.argopreflight.engine.check.rights.MayControl;
import io.jenkins.plugins.argopreflight.engine.check.rights.MayRun;
import io.jenkins.plugins.argopreflight.engine.check.rights.MayRunAgent;
import io.jenkins.plugins.argopreflight.engine.check.rights.MaySubmit;
import io.jenkins.plugins.argopreflight.engine.check.rights.SecretsFirst;
import io.jenkins.plugins.argopreflight.engine.check.rights.ServiceAccountMissing;
import io.jenkins.plugins.argopreflight.engine.check.rights.WrongRole;
import io.jenkins.plugins.argopreflight.engine.check.scheduling.ClaimOnOtherNodes;
import io.jenkins.plugins.argopreflight.engine.check.scheduling.ClaimTemplateClass;
import io.jenkins.plugins.argopreflight.engine.check.scheduling.ClaimUnbound;
import io.jenkins.plugins.argopreflight.engine.check.scheduling.ClaimVolumeMode;
import io.jenkins.plugins.argopreflight.engine.check.scheduling.HostPortTaken;
import io.jenkins.plugins.argopreflight.engine.check.scheduling.MissingClaim;
import io.jenkins.plugins.argopreflight.engine.check.scheduling.NodeAffinityNoMatch;
import io.jenkins.plugins.argopreflight.engine.check.scheduling.NodeCordoned;
import io.jenkins.plugins.argopreflight.engine.check.scheduling.NodeNameMissing;
import io.jenkins.plugins.argopreflight.engine.check.scheduling.NodeSelectorNoMatch;
import io.jenkins.plugins.argopreflight.engine.check.scheduling.NodeTainted;
import io.jenkins.plugins.argopreflight.engine.check.scheduling.PodAffinityNoMatch;
import io.jenkins.plugins.argopreflight.engine.check.scheduling.ResourcesTooLarge;
import io.jenkins.plugins.argopreflight.engine.check.scheduling.RetryNeedsOtherNodes;
import io.jenkins.plugins.argopreflight.engine.check.scheduling.SchedulerName;
import java.util.List;
import java.util.stream.Stream;

/**
 * The list of all checks, in the order in which a workflow meets the problems that they find. Reports show findings in
 * this order ({@link io.jenkins.plugins.argopreflight.engine.check.FindingOrder}).
 */
public final class Checks {

    /** The checks on the objects that the API server accepts or refuses. */
    private static final List<Check> SUBMITTED = List.of(
            new NoClusterAccess(),
            new UnknownKind(),
            new UnknownField(),
            new WrongType(),
            new DuplicateKey(),
            new SecretDataNotBase64(),
            new RemovedApi(),
            new InvalidName(),
            new ArgoNotInstalled(),
            new MaySubmit());

    /** The checks on the controller's settings and identity, which decide whether it processes the workflow. */
    private static final List<Check> PICKED_UP = List.of(
            new CronSchedule(),
            new InstanceId(),
            new NamespaceNotManaged(),
            new RemovedSetting(),
            new ControllerSetting(),
            new MayControl());

    /** The checks on the validation of the workflow and its templates by the controller. */
    private static final List<Check> VALIDATED = List.of(
            new ParameterWithoutValue(),
            new UnresolvedReference(),
            new UndeclaredInput(),
            new RefusedByArgo(),
            new OutputTooEarly(),
            new ArgumentNotTaken(),
            new ExpressionNotResolved());

    /** The checks on the creation of the pods and of the objects that they need, which the API server can refuse. */
    private static final List<Check> CREATED = List.of(
            new ClaimTemplateRefused(),
            new QuotaObjects(),
            new ServiceAccountMissing(),
            new ExecutorToken(),
            new InvalidValue(),
            new PriorityClassMissing(),
            new RuntimeClassMissing(),
            new EnforceMountableSecrets(),
            new PodSecurityPolicyRemoved(),
            new PodSecurityRefuses(),
            new ConstraintsRefuse(),
            new LimitRangeRefuses(),
            new QuotaRefuses(),
            new QuotaParallel(),
            new PolicyRefuses(),
            new WebhookDown(),
            new InjectedSidecar(),
            new ServerVerdict());

    /** The checks on the scheduling of the pods. */
    private static final List<Check> SCHEDULED = List.of(
            new ClaimTemplateClass(),
            new MissingClaim(),
            new ClaimUnbound(),
            new ClaimOnOtherNodes(),
            new NodeNameMissing(),
            new NodeSelectorNoMatch(),
            new NodeAffinityNoMatch(),
            new PodAffinityNoMatch(),
            new NodeTainted(),
            new NodeCordoned(),
            new ResourcesTooLarge(),
            new HostPortTaken(),
            new RetryNeedsOtherNodes(),
            new SchedulerName());

    /** The checks on the start of the pods: the kubelet mounts volumes and starts containers. */
    private static final List<Check> STARTED = List.of(
            new SecretMissing(),
            new ConfigMapMissing(),
            new MissingKey(),
            new ClaimVolumeMode(),
            new UnsafeSysctl(),
            new FsGroupOnHostPath(),
            new RunAsNonRoot(),
            new CapabilityPrefix(),
            new MemoryTooSmall());

    /** The checks on running containers and the reports of their results. */
    private static final List<Check> RUN = List.of(
            new SecretsFirst(),
            new AutomountOff(),
            new WrongRole(),
            new MayRun(),
            new MayRunAgent(),
            new MayActOnResources(),
            new ResourceActions(),
            new ResourceCommand(),
            new PatchStrategy(),
            new ResourceCondition(),
            new CommandLine(),
            new CommandNotExecutable(),
            new ProbePort(),
            new UnreadableVolume(),
            new ContainerFsGroup(),
            new HostPathOwnership(),
            new DockerSocket(),
            new PrivilegedContainer());

    /** The checks on the time after the workflow has ended. */
    private static final List<Check> ENDED = List.of(new MayCollectArtifacts());

    private static final List<Check> ALL = Stream.of(
                    SUBMITTED, PICKED_UP, VALIDATED, CREATED, SCHEDULED, ImageChecks.ALL, STARTED, RUN, ENDED)
            .flatMap(List::stream)
            .toList();

    private Checks() {}

    /** Returns all checks. They store no data of a run. */
    public static List<Check> all() {
        return ALL;
    }

    /** Returns whether a check finds reasons for which the API server refuses a submitted object. */
    public static boolean isOfSubmission(String id) {
        return SUBMITTED.stream().anyMatch(check -> check.info().id().equals(id));
    }
}
