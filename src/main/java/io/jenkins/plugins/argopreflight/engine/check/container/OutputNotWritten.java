package io.jenkins.plugins.argopreflight.engine.check.container;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.place.Places;
import io.jenkins.plugins.argopreflight.engine.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.manifest.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An output that a script of simple commands does not write: Argo's executor finds no file. Source: argo-workflows
 * workflow/executor/executor.go (SaveParameters, saveArtifact).
 */
public final class OutputNotWritten extends ContainerCheck {

    public OutputNotWritten() {
        super("output-not-written", "A template's output is a file that its script does not write");
    }

    @Override
    List<Finding> check(At at) {
        List<Finding> findings = new ArrayList<>();
        if (!at.name().equals("main") || at.container().has("lifecycle")) {
            return findings;
        }
        JsonNode template = at.template();
        Optional<List<String>> written = ShellScript.of(template).flatMap(ShellScript::written);
        if (written.isEmpty()) {
            return findings;
        }
        for (String kind : List.of("parameters", "artifacts")) {
            for (JsonNode output : template.path("outputs").path(kind)) {
                JsonNode from = kind.equals("parameters") ? output.path("valueFrom") : output;
                String file = At.withoutSlashes(from.path("path").asText(""));
                if (isNeeded(output)
                        && file.startsWith("/")
                        && !file.contains("{{")
                        && isMissing(at, file, written.get())) {
                    findings.add(finding(
                            at, "outputs." + kind + "." + output.path("name").asText(), file, written.get()));
                }
            }
        }
        return findings;
    }

    /** Whether the node ends in Error without it: a parameter with no default, an artifact that is not optional. */
    static boolean isNeeded(JsonNode output) {
        return !output.path("valueFrom").has("default")
                && !output.path("optional").asBoolean();
    }

    /** Of an image nothing is known, and only folders for temporary files are empty in most. */
    private static boolean isMissing(At at, String file, List<String> written) {
        boolean mounted = false;
        for (JsonNode mount : at.container().path("volumeMounts")) {
            mounted |= At.isIn(mount, file) || At.folder(mount).startsWith(file + "/");
        }
        boolean here = written.stream()
                .anyMatch(
                        path -> (path + "/").startsWith(file + "/") || file.startsWith(At.withoutSlashes(path) + "/"));
        boolean temporary = file.startsWith("/tmp/") || file.startsWith("/var/tmp/");
        return !mounted && !here && (temporary || Nearest.to(file, written).isPresent());
    }

    private Finding finding(At at, String output, String file, List<String> written) {
        Optional<String> nearest = Nearest.to(file, written);
        String script = at.description().replaceFirst("^container ", "The script of container ");
        return Finding.fail(
                        info(),
                        Places.of(at.workflow(), at.pod(), at.path() + ".command"),
                        script + " does not write " + file + ", which " + output + " reads. Argo cannot read the"
                                + " output, and the node ends in Error."
                                + nearest.map(path -> " Did you mean " + path + "?")
                                        .orElse(""))
                .title("No command writes %s", file)
                .evidence(EvidenceLine.words(
                        "paths that it writes: " + (written.isEmpty() ? "none" : String.join(", ", written))))
                .fix(AskPerson.reader(nearest.map(path -> "set the path of " + output + " to " + path)
                                .orElse("write " + file)
                        + ", or give it a default (a parameter) or optional: true (an artifact)"));
    }
}
