package io.jenkins.plugins.argopreflight.engine.check.container;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.place.Places;
import io.jenkins.plugins.argopreflight.engine.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.manifest.Nearest;
import io.jenkins.plugins.argopreflight.engine.workflow.pod.Folders;
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
        Folders<JsonNode> mounts = Folders.ofMounts(at.container().path("volumeMounts"));
        Folders<String> paths = new Folders<>();
        written.get().forEach(path -> paths.put(path, path));
        for (String kind : List.of("parameters", "artifacts")) {
            for (JsonNode output : template.path("outputs").path(kind)) {
                JsonNode from = kind.equals("parameters") ? output.path("valueFrom") : output;
                String file = Folders.withoutSlashes(from.path("path").asText(""));
                if (isNeeded(output)
                        && file.startsWith("/")
                        && !file.contains("{{")
                        && !isIn(mounts, file)
                        && !isIn(paths, file)
                        && (isTemporary(file) || Nearest.to(file, written.get()).isPresent())) {
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
    private static boolean isTemporary(String file) {
        return file.startsWith("/tmp/") || file.startsWith("/var/tmp/");
    }

    /** Whether the file is in one of the folders, or one of them is in the file where that is a folder. */
    private static boolean isIn(Folders<?> folders, String file) {
        return folders.around(file).isPresent() || folders.hasIn(file);
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
