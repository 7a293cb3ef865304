package io.jenkins.plugins.argopreflight.engine.check.image;

import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Severity;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.place.Places;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.fix.ChangeField;
import io.jenkins.plugins.argopreflight.engine.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Behaviour;
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
    protected boolean handles(Facts facts, PullCause cause) {
        return UNPROVEN.contains(cause.kind())
                && !cause.row().isLookUp()
                && cause.row().workflow().isArgo()
                && Hang.isUnbounded(cause.row());
    }

    @Override
    protected Subject subject(Facts facts, PullCause cause) {
        if (!isExitHandler(cause)) {
            return Places.workflow(cause.row().workflow(), "spec.activeDeadlineSeconds");
        }
        Subject image =
                Places.of(cause.row().workflow(), cause.row().pod(), cause.row().path());
        return image.path(Places.template(image.path()) + ".activeDeadlineSeconds")
                .container("");
    }

    /** The workflow's deadline does not end exit handlers; source: argo-workflows workflow/controller/workflowpod.go. */
    private static boolean isExitHandler(PullCause cause) {
        return cause.row().pod().nodeNames().stream().allMatch(name -> name.contains(".onExit"));
    }

    @Override
    protected Finding finding(Facts facts, Subject subject, List<PullCause> causes) {
        boolean exit = isExitHandler(causes.get(0));
        boolean pending = facts.controller().version().has(Behaviour.PENDING_TIMEOUT);
        return Finding.warn(
                        info(),
                        subject,
                        "Could not check whether " + images(causes) + " can be pulled. If the pull fails, the kubelet"
                                + " retries forever and the workflow never finishes.")
                .title("%s has no deadline, and a pull could not be checked", exit ? "An exit handler" : "The workflow")
                .fix(
                        exit
                                ? template(causes.get(0), Yaml.of("activeDeadlineSeconds: 3600"))
                                        .because("in the template, since the workflow's deadline does not end it:")
                                : Places.inSpec(causes.get(0).row().workflow(), Yaml.of("activeDeadlineSeconds: 3600"))
                                        .because("in the Workflow:"),
                        pending
                                ? template(causes.get(0), Yaml.of("pendingTimeout: 10m"))
                                        .because("or in the template, for pods that stay Pending:")
                                : template(causes.get(0), Yaml.of("timeout: 30m"))
                                        .because("or in the template:"));
    }

    private static ChangeField template(PullCause cause, Yaml field) {
        Subject at =
                Places.of(cause.row().workflow(), cause.row().pod(), cause.row().path());
        return ChangeField.to(field)
                .at(new ChangeField.Place(
                        at.file(), at.line(), at.kind(), at.namespace(), at.name(), Places.template(at.path())));
    }

    /** Where no registry is asked, that says nothing of the workflow. */
    @Override
    public boolean applies(Facts facts) {
        return facts.pulls().stream()
                .flatMap(row -> row.pull().answers().stream())
                .anyMatch(attempt -> attempt.answer().isAsked());
    }

    @Override
    public boolean isBlind(Facts facts) {
        return false;
    }
}
