package io.jenkins.plugins.argopreflight.engine.check.container;

import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.location.Places;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.model.fix.ChangeField;
import io.jenkins.plugins.argopreflight.engine.model.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.List;

/**
 * A check for privileged containers, which have root on their node. Sidecars are not checked, because programs that
 * need privileges, such as Docker, run as a sidecar. Source: the levels of Pod Security, baseline.
 */
public final class PrivilegedContainer extends ContainerCheck {

    public PrivilegedContainer() {
        super(CheckInfo.warning(
                "privileged-container", "A container is privileged, which gives root on the node", Topic.WORKFLOW));
    }

    @Override
    Yaml fieldToSet() {
        return Yaml.of("securityContext:\n  privileged: false");
    }

    @Override
    protected List<Finding> check(Facts facts, CheckedContainer checked) {
        if (!checked.securityContext().path("privileged").asBoolean() || checked.isSidecar()) {
            return List.of();
        }
        return List.of(Finding.warn(
                        info(),
                        Places.of(checked.workflow(), checked.pod(), checked.path() + ".securityContext.privileged"),
                        "In " + checked.description()
                                + ", privileged is true. This gives root on the node and all its devices, and level"
                                + " baseline of Pod Security refuses the pod. To write files, use a volume; to build"
                                + " images, use rootless BuildKit.")
                .title("Container %s is privileged", checked.name())
                .evidence(
                        EvidenceLine.field("securityContext.privileged", "true"),
                        EvidenceLine.field("image", Json.text(checked.container(), "image")))
                .fix(
                        ChangeField.to(Yaml.of("""
                            volumes:
                            - name: work
                              emptyDir: {}
                            # in the container:
                            volumeMounts:
                            - {name: work, mountPath: /var/lib/docker}
                            """))
                                .because("for a directory such as /var/lib/docker, a volume instead:"),
                        BuildAlternatives.ROOTLESS_BUILDKIT));
    }
}
