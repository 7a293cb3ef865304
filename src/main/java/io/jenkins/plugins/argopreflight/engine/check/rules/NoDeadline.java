package io.jenkins.plugins.argopreflight.engine.check.rules;

import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Severity;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.fix.ChangeField;
import io.jenkins.plugins.argopreflight.engine.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.workflow.ArgoVersion;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** An image whose pull could not be checked, in a workflow without a deadline. */
public final class NoDeadline extends PullRule {

    private static final Set<PullCause.Kind> UNPROVEN = EnumSet.of(
            PullCause.Kind.UNRESOLVED,
            PullCause.Kind.SECRET_UNKNOWN,
            PullCause.Kind.ACCOUNT_UNKNOWN,
            PullCause.Kind.REGISTRY_UNKNOWN,
            PullCause.Kind.IDENTITY_UNKNOWN,
            PullCause.Kind.UNREACHABLE,
            PullCause.Kind.RATE_LIMITED);

    public NoDeadline() {
        super("no-deadline", "A pull could not be checked, and no deadline ends the workflow", Severity.WARNING);
    }

    @Override
    boolean tells(Facts facts, PullCause cause) {
        return UNPROVEN.contains(cause.kind()) && !cause.row().isLookUp() && Hang.isUnbounded(cause.row());
    }

    @Override
    Subject subject(Facts facts, PullCause cause) {
        return Places.workflow(cause.row().workflow(), "spec.activeDeadlineSeconds");
    }

    @Override
    Finding finding(Facts facts, Subject subject, List<PullCause> causes) {
        ArgoVersion version = facts.controller().version();
        boolean pending = version.compareTo(ArgoVersion.parse("4.1.0").orElseThrow()) >= 0;
        return Finding.warn(
                        info(),
                        subject,
                        "Could not check whether " + images(causes) + " can be pulled. If the pull fails, the kubelet"
                                + " retries forever and the workflow never finishes.")
                .title("The workflow has no deadline, and a pull could not be checked")
                .fix(
                        ChangeField.to(Yaml.of("spec:\n  activeDeadlineSeconds: 3600"))
                                .because("in the Workflow:"),
                        pending
                                ? ChangeField.to(Yaml.of("pendingTimeout: 10m"))
                                        .because("or in the template, for pods that stay Pending:")
                                : ChangeField.to(Yaml.of("timeout: 30m")).because("or in the template:"));
    }

    @Override
    public boolean isBlind(Facts facts) {
        return false;
    }
}
