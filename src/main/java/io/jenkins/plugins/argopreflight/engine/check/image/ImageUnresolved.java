package io.jenkins.plugins.argopreflight.engine.check.image;

import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.check.Severity;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.place.Places;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.fix.ChangeField;
import io.jenkins.plugins.argopreflight.engine.fix.Command;
import io.jenkins.plugins.argopreflight.engine.fix.Operand;
import io.jenkins.plugins.argopreflight.engine.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.fix.Yaml;
import java.util.List;

/** An image whose name is not known before the workflow runs. */
public final class ImageUnresolved extends PullRule {

    private static final String PARAMETERS = "parameters.";

    private static final Operand IMAGE = Operand.placeholder("REGISTRY/REPOSITORY:TAG");

    public ImageUnresolved() {
        super(
                info("image-unresolved", "The image's name is not known before the workflow runs", Severity.WARNING)
                        .giving(Outcome.UNKNOWN),
                PullCause.Kind.UNRESOLVED);
    }

    @Override
    protected Subject subject(Facts facts, PullCause cause) {
        return Places.of(cause.row().workflow(), cause.row().pod(), cause.row().path());
    }

    @Override
    protected Finding finding(Facts facts, Subject subject, List<PullCause> causes) {
        PullCause first = causes.get(0);
        String why = first.row().unresolved().orElse("a variable");
        String variable = why.replaceFirst(":.*", "");
        int parameters = variable.lastIndexOf(PARAMETERS);
        String parameter = parameters < 0 ? variable : variable.substring(parameters + PARAMETERS.length());
        return Finding.unknown(
                        info(),
                        subject,
                        "Could not check whether " + images(causes) + " can be pulled: the name depends on " + why
                                + ".")
                .title("Could not check image %s: it is known only at run time", image(causes))
                .fix(
                        ChangeField.to(Yaml.of("""
                                        spec:
                                          arguments:
                                            parameters:
                                            - name: $name
                                              value: $image
                                        """).with("name", parameter).with("image", IMAGE))
                                .because("give the parameter a value or a default in the workflow"),
                        RunCommands.of(Command.of("argo-preflight", "login-check")
                                        .with(IMAGE))
                                .because("or check the images that it can become"));
    }

    @Override
    public boolean isBlind(Facts facts) {
        return false;
    }
}
