package io.jenkins.plugins.argopreflight.cli.command;

import io.jenkins.plugins.argopreflight.cli.console.Progress;
import io.jenkins.plugins.argopreflight.cli.console.Terminal;
import io.jenkins.plugins.argopreflight.cli.console.UsageException;
import io.jenkins.plugins.argopreflight.cli.option.CredentialOptions;
import io.jenkins.plugins.argopreflight.cli.option.Outputs;
import io.jenkins.plugins.argopreflight.cli.option.RegistryOptions;
import io.jenkins.plugins.argopreflight.engine.preflight.LoginCheck;
import io.jenkins.plugins.argopreflight.engine.preflight.RunResult;
import io.jenkins.plugins.argopreflight.engine.registry.RegistrySettings;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.DockerConfigException;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.RegistryCredential;
import io.jenkins.plugins.argopreflight.engine.render.json.LoginJson;
import io.jenkins.plugins.argopreflight.engine.render.text.LoginText;
import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/**
 * The command {@code argo-preflight login-check}: checks credentials with the registries of images, without a cluster.
 */
@Command(
        name = "login-check",
        header = "Ask registries what they say to these credentials, and to none, for these images.",
        customSynopsis = {
            "argo-preflight login-check [--docker-config FILE |",
            "                            --registry HOST --username USER --password-stdin] IMAGE...",
        },
        description = {
            "%nChooses credentials by the kubelet's rules, as if all of them were in one Secret, and asks each image's"
                    + " registry with them and anonymously: valid, rejected, no right, not found, or undetermined. Without"
                    + " credentials it asks anonymously. Nothing is pulled, and no cluster is asked."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  # Can this robot account pull these images?",
            "  argo-preflight login-check --registry registry.example.com --username team --password-file team.txt \\",
            "      registry.example.com/team/image:v1.2 registry.example.com/team/tool:v3",
            "",
            "  # What of my own docker configuration would work in a cluster?",
            "  argo-preflight login-check --docker-config ~/.docker/config.json ghcr.io/team/image:v1",
            "",
            "  # Is the image public?",
            "  argo-preflight login-check quay.io/argoproj/argoexec:v3.7.0",
            "",
            "  # For a script: the first verdict.",
            "  argo-preflight login-check -o json nginx:1.27 | jq -r '.pulls[0].verdict'",
            "",
            "Environment:",
            "  HTTPS_PROXY, HTTP_PROXY, NO_PROXY   proxies on the way to registries",
            "  NO_COLOR, CLICOLOR_FORCE            never colour, or colour although it is no terminal",
        })
public final class LoginCheckCommand extends LimitedCommand {

    @Parameters(paramLabel = "IMAGE", arity = "1..*", description = "Images as written in a workflow.")
    List<String> images;

    @Mixin
    CredentialOptions credentials;

    @ArgGroup(validate = false, exclusive = false, order = 31, heading = "%nRegistries:%n")
    RegistryOptions registries = new RegistryOptions();

    public LoginCheckCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    public Integer call() {
        Outputs outputs = new Outputs(run.outputs(), terminal);
        RegistrySettings settings = registries.settings(terminal.env(), run);
        List<RegistryCredential> registryCredentials = credentials.read(terminal);
        LoginCheck.Result result;
        try (Budget.Scope budget = Budget.open(limits.limits());
                Progress progress = Progress.of(terminal, "waiting for registries")) {
            result = new LoginCheck(settings).check(images, registryCredentials);
        } catch (DockerConfigException e) {
            throw new UsageException(e.getMessage());
        }
        outputs.write(
                style -> new LoginText(style).render(result),
                () -> new LoginJson().render(images, registryCredentials, result));
        return RunResult.of(result.pulls()).exitCode();
    }
}
