package io.jenkins.plugins.argopreflight.engine.argo.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.FieldSource;
import io.jenkins.plugins.argopreflight.engine.argo.model.ImageCommand;
import io.jenkins.plugins.argopreflight.engine.argo.model.Provenance;
import io.jenkins.plugins.argopreflight.engine.argo.model.UnknownValues;
import io.jenkins.plugins.argopreflight.engine.argo.template.Simulation;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The wrapper that makes argoexec the first process of each container that is not Argo's own. A container without a
 * command gets the command of its image. Source: argo-workflows workflow/controller/workflowpod.go,
 * workflow/controller/entrypoint.
 */
final class Emissary {

    private Emissary() {}

    /**
     * Returns the command of an image: from the list in the controller's settings, else from the image's configuration,
     * else marks of unknown values.
     */
    static ImageCommand lookUp(Simulation run, String image) {
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
                                "entrypoint of " + UnknownValues.show(image),
                                "the controller reads it from the image's configuration in the registry")),
                        List.of(run.unknowns.mark(
                                "cmd of " + UnknownValues.show(image),
                                "the controller reads it from the image's configuration in the registry"))));
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(each -> texts.add(Json.text(each)));
        return texts;
    }

    /** Wraps a container's command, and returns whether the controller must look the command up. */
    static boolean wrap(Simulation run, ObjectNode container, Provenance provenance) {
        boolean isAbsent = container.path("command").isEmpty();
        List<String> command = texts(container.path("command"));
        if (isAbsent) {
            ImageCommand imageCommand = lookUp(run, Json.text(container, "image"));
            command = imageCommand.entrypoint();
            if (!Json.isSet(container, "args") && !imageCommand.cmd().isEmpty()) {
                ArrayNode args = Json.list(imageCommand.cmd());
                container.set("args", args);
                ObjectNode tree = Json.object();
                tree.set("args", args.deepCopy());
                provenance.record("spec.containers[" + Json.text(container, "name") + "]", FieldSource.LOOK_UP, tree);
            }
        }
        List<String> wrapped = new ArrayList<>(List.of(PodLayout.of(run).argoexec(), "emissary"));
        wrapped.addAll(ExecutorContainers.logOptions(run));
        wrapped.add("--");
        wrapped.addAll(command);
        container.set("command", Json.list(wrapped));
        return isAbsent;
    }
}
