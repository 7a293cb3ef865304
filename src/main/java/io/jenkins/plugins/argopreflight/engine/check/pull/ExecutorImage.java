package io.jenkins.plugins.argopreflight.engine.check.pull;

import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.location.ArgoContainers;
import io.jenkins.plugins.argopreflight.engine.check.location.ControllerPlaces;
import io.jenkins.plugins.argopreflight.engine.check.location.Places;
import io.jenkins.plugins.argopreflight.engine.check.location.SettingFix;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.model.fix.Command;
import io.jenkins.plugins.argopreflight.engine.model.fix.Operand;
import io.jenkins.plugins.argopreflight.engine.model.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import java.util.List;

/**
 * A check for Argo's executor image, which init, wait, agent and artifact GC run, when the registry does not have it.
 */
public final class ExecutorImage extends PullRule {

    public ExecutorImage() {
        super(CheckInfo.error("executor-image", "Argo's executor image cannot be found", Topic.IMAGES)
                .needing(Need.DEPLOYMENTS, Need.REGISTRIES));
    }

    @Override
    protected boolean handles(Facts facts, PullCause cause) {
        return cause.kind() == PullCause.Kind.EXECUTOR_UNKNOWN
                || cause.kind() == PullCause.Kind.NOT_FOUND && ArgoContainers.runsExecutorImage(facts, cause.podPull());
    }

    @Override
    protected Subject subject(Facts facts, PullCause cause) {
        return ControllerPlaces.executorImage(facts);
    }

    @Override
    protected Finding finding(Facts facts, Subject subject, List<PullCause> causes) {
        PullCause first = causes.get(0);
        if (first.kind() == PullCause.Kind.EXECUTOR_UNKNOWN) {
            return Finding.unknown(info(), subject, first.pull().sentence())
                    .title("Could not check Argo's executor image")
                    .fix(RunCommands.of(
                                    Command.kubectl("get", "configmap,deployment")
                                            .namespace(facts.argoNamespace())
                                            .with("-o", "yaml")
                                            .to(Operand.file("controller.yaml")),
                                    Command.of("argo-preflight", "check", "--controller-config", "controller.yaml")
                                            .namespace(first.pull().namespace())
                                            .with("-f")
                                            .with(Places.file(first.podPull().workflow())))
                            .because(
                                    "grant the right to read the controller's settings, or check with a copy of them"));
        }
        List<String> tags = ImageNotFound.nearest(first);
        String image = first.image().repository() + ":"
                + (tags.isEmpty() ? "v" + facts.controller().version() : tags.get(0)).replaceFirst("^vv", "v");
        return Finding.fail(
                        info(),
                        subject,
                        "No pod of this controller starts, because its executor image " + images(causes)
                                + " cannot be pulled: " + ImageNotFound.sentence(first)
                                + " The node shows only PodInitializing.")
                .title("Argo's executor image %s %s", image(causes), ImageNotFound.problem(first))
                .fix(SettingFix.image(facts, podPulls(causes), Operand.image(image)));
    }
}
