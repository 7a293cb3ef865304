package io.jenkins.plugins.argopreflight.engine.check.admission;

import io.jenkins.plugins.argopreflight.engine.argo.model.Existence.Ending;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.facts.admission.Admission;
import io.jenkins.plugins.argopreflight.engine.kubernetes.admission.AdmissionRefusal;
import io.jenkins.plugins.argopreflight.engine.model.fix.Command;
import io.jenkins.plugins.argopreflight.engine.model.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import java.util.Optional;

/** A check for clusters whose API server has no workflows: rights on them have no effect. */
public final class ArgoNotInstalled extends AdmissionCheck {

    public ArgoNotInstalled() {
        super(CheckInfo.error("argo-not-installed", "Argo Workflows is not installed in this cluster", Topic.ADMISSION)
                .ending(Ending.REFUSED)
                .needing(Need.WORKFLOW_DRY_RUN));
    }

    @Override
    protected boolean concerns(Admission admission) {
        return admission.pod().isEmpty();
    }

    @Override
    Optional<Finding> finding(Facts facts, Admission admission, AdmissionRefusal refusal) {
        return Refusal.of(refusal) == Refusal.NOT_INSTALLED
                ? Optional.of(Finding.fail(
                                info(),
                                Subject.of("CustomResourceDefinition", "", "workflows.argoproj.io", "")
                                        .at(admission.workflow().document().locate("")),
                                "The cluster has no resource workflows.argoproj.io, so it cannot run"
                                        + " workflows, and Roles for that resource have no effect.")
                        .fix(
                                RunCommands.of(Command.kubectl("config", "current-context")
                                        .withNote("did you mean this cluster?")),
                                RunCommands.of(
                                                Command.kubectl("create", "namespace", "argo"),
                                                Command.kubectl(
                                                        "apply",
                                                        "--server-side",
                                                        "-n",
                                                        "argo",
                                                        "-f",
                                                        "https://github.com/argoproj/argo-workflows/releases/latest/download/install.yaml"))
                                        .or("install Argo there")))
                : Optional.empty();
    }
}
