package io.jenkins.plugins.argopreflight.engine.check.container;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.argo.model.ContainerNames;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.PodItem;
import io.jenkins.plugins.argopreflight.engine.check.PodItemCheck;
import io.jenkins.plugins.argopreflight.engine.check.WorkflowPod;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.List;
import java.util.stream.Stream;

/** A check of each hostPath volume of each pod. */
abstract class HostPathCheck extends PodItemCheck<HostPathCheck.HostPath> {

    /** A directory or file of the node that a pod mounts. */
    record HostPath(WorkflowFacts workflow, ArgoPod pod, JsonNode volume) implements PodItem {

        String name() {
            return Json.text(volume, "name");
        }

        /** Returns the path on the node, without slashes at its end unless it is {@code /}. */
        String path() {
            return Json.text(volume, "hostPath", "path").replaceAll("(?<=[^/]|^/)/++$", "");
        }

        String type() {
            return Json.text(volume, "hostPath", "type");
        }

        /** Returns the path of the volume's field in the pod. */
        String field() {
            return "spec.volumes[" + name() + "].hostPath";
        }

        /**
         * Returns the containers that mount the volume and can write to it. Argo's own containers, which have the
         * mounts of main, are left out.
         */
        List<JsonNode> writers() {
            return Stream.of("initContainers", "containers")
                    .flatMap(list -> writers(list).stream())
                    .toList();
        }

        /** Returns the writing containers of one list of the pod. */
        List<JsonNode> writers(String list) {
            return pod.spec()
                    .path(list)
                    .valueStream()
                    .filter(container -> !ContainerNames.EXECUTOR.contains(Json.text(container, "name")))
                    .filter(container -> !mounts(container).isEmpty())
                    .toList();
        }

        /** Returns the volumeMounts through which a container can write to the volume. */
        List<JsonNode> mounts(JsonNode container) {
            return container
                    .path("volumeMounts")
                    .valueStream()
                    .filter(mount -> Json.text(mount, "name").equals(name())
                            && !mount.path("readOnly").asBoolean())
                    .toList();
        }

        String description() {
            return "volume " + name() + " (hostPath " + path() + ")"
                    + (pod.template().isEmpty() ? " of pod " + pod.name() : " of template " + pod.template());
        }
    }

    HostPathCheck(CheckInfo info) {
        super(info, HostPathCheck::hostPaths);
    }

    private static List<HostPath> hostPaths(Facts facts) {
        return WorkflowPod.all(facts).stream()
                .flatMap(item -> item.pod()
                        .spec()
                        .path("volumes")
                        .valueStream()
                        .filter(volume -> volume.path("hostPath").isObject())
                        .map(volume -> new HostPath(item.workflow(), item.pod(), volume)))
                .toList();
    }

    @Override
    public boolean applies(Facts facts) {
        return facts.pods().findAny().isPresent();
    }
}
