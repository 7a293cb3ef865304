package io.jenkins.plugins.argopreflight.engine.check.rules;

import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Severity;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.fix.Command;
import io.jenkins.plugins.argopreflight.engine.fix.Operand;
import io.jenkins.plugins.argopreflight.engine.fix.RunCommands;
import java.util.List;

/** Argo's executor image, which init, wait, agent and artifact GC run, where the registry does not have it. */
public final class ExecutorImage extends PullRule {

    public ExecutorImage() {
        super(
                "executor-image",
                "Argo's executor image cannot be found",
                Severity.ERROR,
                "the controller",
                "registries");
    }

    @Override
    boolean tells(Facts facts, PullCause cause) {
        return cause.kind() == PullCause.Kind.EXECUTOR_UNKNOWN
                || cause.kind() == PullCause.Kind.NOT_FOUND && ArgoContainers.runsExecutorImage(facts, cause.row());
    }

    @Override
    Subject subject(Facts facts, PullCause cause) {
        return Operators.executorImage(facts);
    }

    @Override
    Finding finding(Facts facts, Subject subject, List<PullCause> causes) {
        PullCause first = causes.get(0);
        if (first.kind() == PullCause.Kind.EXECUTOR_UNKNOWN) {
            return Finding.unknown(info(), subject, first.row().pull().sentence())
                    .title("Could not check Argo's executor image")
                    .fix(RunCommands.of(
                                    Command.kubectl("get", "configmap,deployment")
                                            .namespace(facts.argoNamespace())
                                            .with("-o", "yaml")
                                            .to(Operand.file("controller.yaml")),
                                    Command.of("argo-preflight", "check", "--controller-config", "controller.yaml")
                                            .namespace(first.row().pull().namespace())
                                            .with("-f")
                                            .with(Places.file(first.row().workflow())))
                            .because("check with the controller's own settings:"));
        }
        List<String> tags = ImageNotFound.nearest(first);
        String image = first.image().repository() + ":"
                + (tags.isEmpty() ? "v" + facts.controller().version() : tags.get(0)).replaceFirst("^vv", "v");
        return Finding.fail(
                        info(),
                        subject,
                        "No pod of this controller starts, because its executor image " + images(causes)
                                + " cannot be pulled: " + ImageNotFound.what(first)
                                + " The node shows only PodInitializing.")
                .title("Argo's executor image %s does not exist", image(causes))
                .fix(Knobs.image(facts, causes, Operand.image(image)));
    }
}
