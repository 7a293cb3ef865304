package io.jenkins.plugins.argopreflight.engine.check.container;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.location.Places;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.model.fix.ChangeField;
import io.jenkins.plugins.argopreflight.engine.model.fix.Command;
import io.jenkins.plugins.argopreflight.engine.model.fix.Operand;
import io.jenkins.plugins.argopreflight.engine.model.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.model.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.List;

/**
 * A check for fsGroup on hostPath volumes. The kubelet changes the group only of volumes that it manages; a hostPath
 * belongs to the node and stays unchanged. Source: kubernetes pkg/volume/hostpath (SupportsOwnershipManagement is
 * false).
 */
public final class FsGroupOnHostPath extends HostPathCheck {

    public FsGroupOnHostPath() {
        super(CheckInfo.warning("fs-group-on-host-path", "fsGroup has no effect on a hostPath volume", Topic.WORKFLOW));
    }

    @Override
    protected List<Finding> check(Facts facts, HostPath hostPath) {
        JsonNode group = hostPath.pod().spec().path("securityContext").path("fsGroup");
        if (!group.isNumber() || hostPath.writers().isEmpty()) {
            return List.of();
        }
        return List.of(Finding.warn(
                        info(),
                        Places.of(hostPath.workflow(), hostPath.pod(), "spec.securityContext.fsGroup"),
                        "fsGroup " + Json.text(group) + " has no effect on " + hostPath.description()
                                + ". The kubelet does not change the owner and group of the node's directories, so"
                                + " access depends on the permissions on the node.")
                .title("fsGroup has no effect on hostPath volume %s", hostPath.name())
                .evidence(
                        EvidenceLine.field("securityContext.fsGroup", Json.text(group)),
                        EvidenceLine.words("volume " + hostPath.name() + ": hostPath " + hostPath.path()))
                .fix(
                        ChangeField.to(Yaml.of("""
                                        volumes:
                                        - name: $name
                                          emptyDir: {} # or persistentVolumeClaim: {claimName: NAME}
                                        """).with("name", hostPath.name()))
                                .because("a volume whose group the kubelet sets:"),
                        RunCommands.of(
                                        Command.of("sudo", "chgrp", "-R")
                                                .with(
                                                        Operand.text(Json.text(group)),
                                                        Operand.positional(hostPath.path())),
                                        Command.of("sudo", "chmod", "-R", "g+rwX")
                                                .with(Operand.positional(hostPath.path())))
                                .orIf("on every node that runs it:")));
    }
}
