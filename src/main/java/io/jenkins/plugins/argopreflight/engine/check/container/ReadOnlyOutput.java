package io.jenkins.plugins.argopreflight.engine.check.container;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.place.Places;
import io.jenkins.plugins.argopreflight.engine.fix.ChangeField;
import io.jenkins.plugins.argopreflight.engine.fix.Fix;
import io.jenkins.plugins.argopreflight.engine.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.workflow.pod.Folders;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** An output on a root file system that is read-only: the main container cannot write the file. */
public final class ReadOnlyOutput extends ContainerCheck {

    public ReadOnlyOutput() {
        super("read-only-output", "A template's output is on a read-only root file system");
    }

    @Override
    List<Finding> check(At at) {
        List<Finding> findings = new ArrayList<>();
        if (!at.name().equals("main")
                || !at.securityContext().path("readOnlyRootFilesystem").asBoolean()) {
            return findings;
        }
        JsonNode outputs = at.template().path("outputs");
        Folders<JsonNode> mounts = Folders.ofMounts(at.container().path("volumeMounts"));
        for (String kind : List.of("parameters", "artifacts")) {
            for (JsonNode output : outputs.path(kind)) {
                String file = (kind.equals("parameters") ? output.path("valueFrom") : output)
                        .path("path")
                        .asText("");
                if (OutputNotWritten.isNeeded(output)
                        && file.startsWith("/")
                        && !file.contains("{{")
                        && mounts.around(file).isEmpty()) {
                    findings.add(finding(at, kind, output.path("name").asText(), file));
                }
            }
        }
        return findings;
    }

    private Finding finding(At at, String kind, String name, String file) {
        Subject subject = Places.of(at.workflow(), at.pod(), at.path() + ".securityContext.readOnlyRootFilesystem");
        return Finding.fail(
                        info(),
                        subject,
                        "The root file system of " + at.description()
                                + " is read-only, and no volume is mounted where output "
                                + name + " is read: " + file
                                + ". The process cannot write the file, and Argo cannot read the output.")
                .title("Output %s is on a read-only file system", name)
                .evidence(EvidenceLine.field("outputs." + kind + "." + name, file))
                .fix(volume(
                        subject.path(),
                        name,
                        file.lastIndexOf('/') > 0 ? file.substring(0, file.lastIndexOf('/')) : file));
    }

    /** A volume of the template, mounted in its container or script. */
    private static Fix volume(String path, String output, String folder) {
        String template = Places.template(path);
        String field = path.startsWith(template + ".script.") ? "script" : "container";
        String name = "output-" + output.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]", "-") + "-dir";
        return ChangeField.to(Yaml.of("volumes:\n- name: $name\n  emptyDir: {}")
                        .with("name", name)
                        .and(Yaml.of("volumeMounts:\n- name: $name\n  mountPath: $folder")
                                .with("name", name)
                                .with("folder", folder)
                                .under(field)))
                .in(template)
                .because("in the template:");
    }
}
