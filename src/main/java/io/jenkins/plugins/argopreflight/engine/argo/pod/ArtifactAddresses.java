package io.jenkins.plugins.argopreflight.engine.argo.pod;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.Addresses;
import io.jenkins.plugins.argopreflight.engine.argo.model.Problem;
import io.jenkins.plugins.argopreflight.engine.argo.model.UnknownValues;
import io.jenkins.plugins.argopreflight.engine.argo.template.Locations;
import io.jenkins.plugins.argopreflight.engine.argo.template.Simulation;
import io.jenkins.plugins.argopreflight.engine.argo.template.TemplateCall;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A check for artifacts that the executor certainly cannot load or save because of their location. Sources:
 * argo-workflows workflow/artifacts/{git,http}, workflow/executor/executor.go (saveArtifactFromFile); go-git
 * plumbing/transport/common.go (NewEndpoint).
 */
final class ArtifactAddresses {

    /** Stores of an archive location that do not replace the git or raw location of an output. */
    private static final Set<String> NOT_REPLACING = Set.of("s3", "plugin");

    /** Stores from which the executor loads inputs, and in which it cannot save outputs. */
    private static final Set<String> WITHOUT_KEY = Set.of("git", "raw");
    /** Pattern of a URL without a scheme: {@code github.com/team/repo}. */
    private static final Pattern HOST_AND_PATH = Pattern.compile("[a-zA-Z0-9-]+(\\.[a-zA-Z0-9-]+)*\\.[a-z]{2,}/[^:]+");
    /** Pattern of an address for ssh: {@code ssh://host/repo} or {@code git@host:repo}. */
    private static final Pattern SSH = Pattern.compile("ssh://.+|[^@/:\\s]+@[^:/\\s]+:.+");

    private static final int MAX_CHARACTERS = 2048;

    private ArtifactAddresses() {}

    /** Reports inputs that the executor cannot load, and outputs that it cannot save. */
    static void check(Simulation run, TemplateCall call, JsonNode template) {
        for (JsonNode artifact : template.path("inputs").path("artifacts")) {
            report(
                    run,
                    call,
                    "inputs.artifacts." + Json.text(artifact, "name"),
                    gitProblem(artifact.path("git")).or(() -> httpProblem(Json.text(artifact.path("http"), "url"))));
        }
        JsonNode archive = template.path("archiveLocation");
        // An archive location from an unknown repository has no type. Nothing is reported then.
        boolean keepsLocation = !archive.isObject() || NOT_REPLACING.contains(Locations.type(archive));
        for (JsonNode artifact : template.path("outputs").path("artifacts")) {
            String type = Locations.type(artifact);
            boolean isUnsupported = WITHOUT_KEY.contains(type)
                    && keepsLocation
                    && !artifact.path("optional").asBoolean();
            report(
                    run,
                    call,
                    "outputs.artifacts." + Json.text(artifact, "name"),
                    isUnsupported ? Optional.of("key unsupported: " + type + " is only for inputs") : Optional.empty());
        }
    }

    private static void report(Simulation run, TemplateCall call, String artifact, Optional<String> problem) {
        problem.ifPresent(message -> run.problem(Problem.Kind.REFUSED, call, artifact + ": " + message));
    }

    /** Returns the message about a repository that git cannot clone; empty if there is none. */
    private static Optional<String> gitProblem(JsonNode git) {
        String repo = Json.text(git, "repo");
        if (!isKnown(repo)) {
            return Optional.empty();
        }
        if (SSH.matcher(repo).matches() && !Json.isSet(git, "sshPrivateKeySecret")) {
            return Optional.of("ssh needs sshPrivateKeySecret: failed to clone \"" + Addresses.shown(repo)
                    + "\": SSH agent requested but SSH_AUTH_SOCK not-specified");
        }
        if (git.path("singleBranch").asBoolean() && Json.text(git, "branch").isEmpty()) {
            return Optional.of("single branch mode without a branch specified");
        }
        return HOST_AND_PATH.matcher(repo).matches()
                ? Optional.of("repo needs https://: failed to clone \"" + Addresses.shown(repo)
                        + "\", a folder of the executor")
                : Optional.empty();
    }

    /** Returns the message about a URL without a scheme; empty if there is none. */
    private static Optional<String> httpProblem(String url) {
        return isKnown(url) && HOST_AND_PATH.matcher(url).matches()
                ? Optional.of(
                        "url needs https://: Get \"" + Addresses.shown(url) + "\": unsupported protocol scheme \"\"")
                : Optional.empty();
    }

    private static boolean isKnown(String text) {
        return !text.isEmpty() && text.length() <= MAX_CHARACTERS && !UnknownValues.areIn(text);
    }
}
