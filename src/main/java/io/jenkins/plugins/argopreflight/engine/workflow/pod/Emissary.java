package io.jenkins.plugins.argopreflight.engine.workflow.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.workflow.model.FieldSource;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ImageCommand;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Json;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Provenance;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Unknowns;
import io.jenkins.plugins.argopreflight.engine.workflow.template.WalkState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes argoexec the first process of each container that is not Argo's own; a container without a command gets its
 * image's. Source: argo-workflows workflow/controller/workflowpod.go, workflow/controller/entrypoint.
 */
final class Emissary {

    private Emissary() {}

    /** What the controller finds for an image: its own list, else the image's configuration; a mark when unknown. */
    static ImageCommand lookUp(WalkState run, String image) {
        Optional<JsonNode> listed = run.controller().image(image);
        if (listed.isPresent()) {
            return new ImageCommand(
                    texts(listed.get().path("entrypoint")), texts(listed.get().path("cmd")));
        }
        return run.request
                .commands()
                .apply(image)
                .orElseGet(() -> new ImageCommand(
                        List.of(run.unknowns.mark(
                                "entrypoint of " + Unknowns.show(image),
                                "the controller reads it from the image's configuration in the registry")),
                        List.of(run.unknowns.mark(
                                "cmd of " + Unknowns.show(image),
                                "the controller reads it from the image's configuration in the registry"))));
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(each -> texts.add(each.asText("")));
        return texts;
    }

    /** Wraps a container's command. Returns whether the controller has to look the command up. */
    static boolean wrap(WalkState run, ObjectNode container, Provenance provenance) {
        boolean absent = container.path("command").isEmpty();
        List<String> command = texts(container.path("command"));
        if (absent) {
            ImageCommand found = lookUp(run, Json.text(container, "image"));
            command = found.entrypoint();
            if (!Json.isSet(container, "args") && !found.cmd().isEmpty()) {
                ArrayNode args = Json.list(found.cmd());
                container.set("args", args);
                ObjectNode tree = Json.object();
                tree.set("args", args.deepCopy());
                provenance.lay("spec.containers[" + Json.text(container, "name") + "]", FieldSource.LOOK_UP, tree);
            }
        }
        List<String> wrapped = new ArrayList<>(List.of(PodLayout.of(run).argoexec(), "emissary"));
        wrapped.addAll(ExecutorContainers.logOptions(run));
        wrapped.add("--");
        wrapped.addAll(command);
        container.set("command", Json.list(wrapped));
        return absent;
    }
}
