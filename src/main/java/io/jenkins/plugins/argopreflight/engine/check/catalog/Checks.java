package io.jenkins.plugins.argopreflight.engine.check.catalog;

import io.jenkins.plugins.argopreflight.engine.check.Check;
import io.jenkins.plugins.argopreflight.engine.check.admission.ArgoNotInstalled;
import io.jenkins.plugins.argopreflight.engine.check.admission.ClaimTemplateRefused;
import io.jenkins.plugins.argopreflight.engine.check.admission.ConstraintsRefuse;
import io.jenkins.plugins.argopreflight.engine.check.admission.InjectedSidecar;
import io.jenkins.plugins.argopreflight.engine.check.admission.InvalidValue;
import io.jenkins.plugins.argopreflight.engine.check.admission.LimitRangeRefuses;
import io.jenkins.plugins.argopreflight.engine.check.admission.PodSecurityPolicyGone;
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
import io.jenkins.plugins.argopreflight.engine.check.manifest.CronSchedule;
import io.jenkins.plugins.argopreflight.engine.check.manifest.DuplicateKey;
import io.jenkins.plugins.argopreflight.engine.check.manifest.FollowedProblems;
import io.jenkins.plugins.argopreflight.engine.check.manifest.InvalidName;
import io.jenkins.plugins.argopreflight.engine.check.manifest.RemovedApi;
import io.jenkins.plugins.argopreflight.engine.check.manifest.SecretDataNotBase64;
import io.jenkins.plugins.argopreflight.engine.check.manifest.UndeclaredInput;
import io.jenkins.plugins.argopreflight.engine.check.manifest.UnknownField;
import io.jenkins.plugins.argopreflight.engine.check.manifest.UnknownKind;
import io.jenkins.plugins.argopreflight.engine.check.manifest.WrongType;
import io.jenkins.plugins.argopreflight.engine.check.reference.MissingClass;
import io.jenkins.plugins.argopreflight.engine.check.reference.MissingKey;
import io.jenkins.plugins.argopreflight.engine.check.reference.MissingObject;
import io.jenkins.plugins.argopreflight.engine.check.reference.PatchStrategy;
import io.jenkins.plugins.argopreflight.engine.check.reference.ResourceActions;
import io.jenkins.plugins.argopreflight.engine.check.reference.ResourceCommand;
import io.jenkins.plugins.argopreflight.engine.check.reference.ResourceCondition;
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

/** All checks there are, in the order in which reports show them. */
public final class Checks {

    private static final List<Check> ALL = ImageChecks.and(
            new UnknownKind(),
            new UnknownField(),
            new WrongType(),
            new DuplicateKey(),
            new UndeclaredInput(),
            new SecretDataNotBase64(),
            new RemovedApi(),
            FollowedProblems.references(),
            FollowedProblems.refusals(),
            FollowedProblems.early(),
            FollowedProblems.parameters(),
            FollowedProblems.arguments(),
            FollowedProblems.literals(),
            new InvalidName(),
            new InvalidValue(),
            new CronSchedule(),
            new InstanceId(),
            new NamespaceNotManaged(),
            new RemovedSetting(),
            new ControllerSetting(),
            new RunAsNonRoot(),
            new WrongRole(),
            new ServiceAccountMissing(),
            new ExecutorToken(),
            new SecretsFirst(),
            new AutomountOff(),
            MissingObject.secret(),
            MissingObject.configMap(),
            new MissingKey(),
            new ResourceActions(),
            new ResourceCondition(),
            new PatchStrategy(),
            new ResourceCommand(),
            new MissingClaim(),
            new ClaimUnbound(),
            new ClaimTemplateClass(),
            new ClaimOnOtherNodes(),
            new ClaimVolumeMode(),
            new NodeNameMissing(),
            new NodeSelectorNoMatch(),
            new NodeAffinityNoMatch(),
            new PodAffinityNoMatch(),
            new NodeTainted(),
            new NodeCordoned(),
            new ResourcesTooLarge(),
            new HostPortTaken(),
            new RetryNeedsOtherNodes(),
            new SchedulerName(),
            MissingClass.priority(),
            MissingClass.runtime(),
            new EnforceMountableSecrets(),
            new PodSecurityPolicyGone(),
            new CapabilityPrefix(),
            new MemoryTooSmall(),
            new CommandLine(),
            new ProbePort(),
            new CommandNotExecutable(),
            new UnreadableVolume(),
            new ContainerFsGroup(),
            new FsGroupOnHostPath(),
            new HostPathOwnership(),
            new DockerSocket(),
            new PrivilegedContainer(),
            new MaySubmit(),
            new MayRun(),
            new MayRunAgent(),
            new MayCollectArtifacts(),
            new MayActOnResources(),
            new MayControl(),
            new ArgoNotInstalled(),
            new PodSecurityRefuses(),
            new UnsafeSysctl(),
            new ConstraintsRefuse(),
            new QuotaRefuses(),
            new QuotaObjects(),
            new ClaimTemplateRefused(),
            new QuotaParallel(),
            new LimitRangeRefuses(),
            new PolicyRefuses(),
            new WebhookDown(),
            new InjectedSidecar(),
            new ServerVerdict());

    private Checks() {}

    /** They keep nothing of a run. */
    public static List<Check> all() {
        return ALL;
    }
}
