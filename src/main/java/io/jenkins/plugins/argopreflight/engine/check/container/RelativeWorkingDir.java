package io.jenkins.plugins.argopreflight.engine.check.container;

import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Severity;
import io.jenkins.plugins.argopreflight.engine.check.Title;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.place.Places;
import io.jenkins.plugins.argopreflight.engine.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Unknowns;
import java.util.List;

/**
 * A relative {@code workingDir}: the API server accepts it, and the runtime starts no process. Source: opencontainers runc
 * libcontainer/specconv/spec_linux.go.
 */
public final class RelativeWorkingDir extends ContainerCheck {

    public RelativeWorkingDir() {
        super(new CheckInfo(
                "relative-working-dir",
                "The workingDir of a container is not an absolute path",
                Severity.WARNING,
                Topic.WORKFLOW));
    }

    @Override
    List<Finding> check(At at) {
        String folder = at.container().path("workingDir").asText();
        // A path of Windows has a drive or backslashes.
        boolean wrong = folder.matches("[^/].*")
                && !folder.matches("(?s)[A-Za-z]:.*|.*(\\\\|\\{\\{).*")
                && !Unknowns.isUnknown(folder);
        return wrong ? List.of(finding(at, folder)) : List.of();
    }

    private Finding finding(At at, String folder) {
        return Finding.warn(
                        info(),
                        Places.of(at.workflow(), at.pod(), at.path() + ".workingDir"),
                        Title.capital(at.description()) + " has workingDir " + folder
                                + ", which does not begin with /. The runtime runc, of containerd, does not start such a"
                                + " container (StartError), and the node ends in Failed.")
                .title("workingDir %s is not an absolute path", folder)
                .evidence(EvidenceLine.words("Cwd must be an absolute path"))
                .fix(AskPerson.reader(
                        "write the whole path, such as workingDir: /" + folder.replaceFirst("^\\./", "")));
    }
}
