package io.jenkins.plugins.argopreflight.engine.check;

import io.jenkins.plugins.argopreflight.engine.check.rules.AccountRefused;
import io.jenkins.plugins.argopreflight.engine.check.rules.ApproximatePods;
import io.jenkins.plugins.argopreflight.engine.check.rules.ArgoNotInstalled;
import io.jenkins.plugins.argopreflight.engine.check.rules.AutomountOff;
import io.jenkins.plugins.argopreflight.engine.check.rules.CapabilityPrefix;
import io.jenkins.plugins.argopreflight.engine.check.rules.ClaimTemplateClass;
import io.jenkins.plugins.argopreflight.engine.check.rules.ClaimUnbound;
import io.jenkins.plugins.argopreflight.engine.check.rules.ConstraintsRefuse;
import io.jenkins.plugins.argopreflight.engine.check.rules.ContainerFsGroup;
import io.jenkins.plugins.argopreflight.engine.check.rules.ControllerSetting;
import io.jenkins.plugins.argopreflight.engine.check.rules.CronSchedule;
import io.jenkins.plugins.argopreflight.engine.check.rules.DockerSocket;
import io.jenkins.plugins.argopreflight.engine.check.rules.DuplicateKey;
import io.jenkins.plugins.argopreflight.engine.check.rules.EnforceMountableSecrets;
import io.jenkins.plugins.argopreflight.engine.check.rules.ExecutorToken;
import io.jenkins.plugins.argopreflight.engine.check.rules.FollowedProblems;
import io.jenkins.plugins.argopreflight.engine.check.rules.FsGroupOnHostPath;
import io.jenkins.plugins.argopreflight.engine.check.rules.HostPathOwnership;
import io.jenkins.plugins.argopreflight.engine.check.rules.InstanceId;
import io.jenkins.plugins.argopreflight.engine.check.rules.InvalidName;
import io.jenkins.plugins.argopreflight.engine.check.rules.LimitRangeRefuses;
import io.jenkins.plugins.argopreflight.engine.check.rules.MayActOnResources;
import io.jenkins.plugins.argopreflight.engine.check.rules.MayCollectArtifacts;
import io.jenkins.plugins.argopreflight.engine.check.rules.MayControl;
import io.jenkins.plugins.argopreflight.engine.check.rules.MayRun;
import io.jenkins.plugins.argopreflight.engine.check.rules.MayRunAgent;
import io.jenkins.plugins.argopreflight.engine.check.rules.MaySubmit;
import io.jenkins.plugins.argopreflight.engine.check.rules.MissingClaim;
import io.jenkins.plugins.argopreflight.engine.check.rules.MissingClass;
import io.jenkins.plugins.argopreflight.engine.check.rules.MissingKey;
import io.jenkins.plugins.argopreflight.engine.check.rules.MissingObject;
import io.jenkins.plugins.argopreflight.engine.check.rules.NamespaceNotManaged;
import io.jenkins.plugins.argopreflight.engine.check.rules.NodeAffinityNoMatch;
import io.jenkins.plugins.argopreflight.engine.check.rules.NodeCordoned;
import io.jenkins.plugins.argopreflight.engine.check.rules.NodeSelectorNoMatch;
import io.jenkins.plugins.argopreflight.engine.check.rules.NodeTainted;
import io.jenkins.plugins.argopreflight.engine.check.rules.PodAffinityNoMatch;
import io.jenkins.plugins.argopreflight.engine.check.rules.PodInvalid;
import io.jenkins.plugins.argopreflight.engine.check.rules.PodSecurityPolicyGone;
import io.jenkins.plugins.argopreflight.engine.check.rules.PodSecurityRefuses;
import io.jenkins.plugins.argopreflight.engine.check.rules.PolicyRefuses;
import io.jenkins.plugins.argopreflight.engine.check.rules.PrivilegedContainer;
import io.jenkins.plugins.argopreflight.engine.check.rules.QuotaCrowd;
import io.jenkins.plugins.argopreflight.engine.check.rules.QuotaObjects;
import io.jenkins.plugins.argopreflight.engine.check.rules.QuotaRefuses;
import io.jenkins.plugins.argopreflight.engine.check.rules.RemovedSetting;
import io.jenkins.plugins.argopreflight.engine.check.rules.ResourcesTooLarge;
import io.jenkins.plugins.argopreflight.engine.check.rules.RunAsNonRoot;
import io.jenkins.plugins.argopreflight.engine.check.rules.SecretDataNotBase64;
import io.jenkins.plugins.argopreflight.engine.check.rules.SecretsFirst;
import io.jenkins.plugins.argopreflight.engine.check.rules.ServerVerdict;
import io.jenkins.plugins.argopreflight.engine.check.rules.ServiceAccountMissing;
import io.jenkins.plugins.argopreflight.engine.check.rules.UndeclaredInput;
import io.jenkins.plugins.argopreflight.engine.check.rules.UnknownField;
import io.jenkins.plugins.argopreflight.engine.check.rules.WorkflowInvalid;
import io.jenkins.plugins.argopreflight.engine.check.rules.WrongRole;
import io.jenkins.plugins.argopreflight.engine.check.rules.WrongType;
import java.util.List;

/** All checks there are, in the order in which reports tell them. */
public final class Checks {

    private Checks() {}

    public static List<Check> all() {
        return ImageChecks.and(
                new UnknownField(),
                new WrongType(),
                new DuplicateKey(),
                new UndeclaredInput(),
                new SecretDataNotBase64(),
                FollowedProblems.references(),
                FollowedProblems.refusals(),
                FollowedProblems.early(),
                FollowedProblems.parameters(),
                FollowedProblems.arguments(),
                FollowedProblems.versions(),
                new ApproximatePods(),
                new InvalidName(),
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
                new MissingClaim(),
                new ClaimUnbound(),
                new ClaimTemplateClass(),
                new NodeSelectorNoMatch(),
                new NodeAffinityNoMatch(),
                new PodAffinityNoMatch(),
                new NodeTainted(),
                new NodeCordoned(),
                new ResourcesTooLarge(),
                MissingClass.priority(),
                MissingClass.runtime(),
                new EnforceMountableSecrets(),
                new PodSecurityPolicyGone(),
                new CapabilityPrefix(),
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
                new WorkflowInvalid(),
                new PodSecurityRefuses(),
                new ConstraintsRefuse(),
                new QuotaRefuses(),
                new QuotaObjects(),
                new QuotaCrowd(),
                new LimitRangeRefuses(),
                new AccountRefused(),
                new PolicyRefuses(),
                new PodInvalid(),
                new ServerVerdict());
    }
}
