package io.jenkins.plugins.argopreflight.engine.argo;

import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoVersion;
import io.jenkins.plugins.argopreflight.engine.argo.model.Controller;
import io.jenkins.plugins.argopreflight.engine.argo.model.ControllerFlags;
import io.jenkins.plugins.argopreflight.engine.argo.model.PodRequest;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Short ways to ask for pods. */
public final class Given {

    private Given() {}

    /** The pods of the first workflow of a text; all its other documents are in the cluster. */
    public static ArgoPods pods(String version, String yaml) {
        return pods(version, "data: {}", yaml);
    }

    /** The pods of a template that is checked without a caller. */
    static ArgoPods podsOfLibrary(String version, String yaml) {
        PodRequest request = request(version, "data: {}", yaml);
        return ArgoPods.of(new PodRequest(
                request.workflow(),
                request.namespace(),
                request.name(),
                request.objects(),
                request.controller(),
                Optional.of(new PodRequest.Library(Set.of())),
                request.parameters(),
                request.eventValues(),
                request.commands(),
                request.compact()));
    }

    static ArgoPods pods(String version, String configMap, String yaml) {
        return ArgoPods.of(request(version, configMap, yaml));
    }

    private static PodRequest request(String version, String configMap, String yaml) {
        List<Document> documents = new ManifestReader().read("wf.yaml", yaml);
        Document map = new ManifestReader()
                .read("config.yaml", "kind: ConfigMap\n" + configMap)
                .get(0);
        Controller controller = Controller.of(
                map,
                ControllerFlags.defaults("argo"),
                ArgoVersion.parse(version).orElseThrow(),
                List.of());
        FixedObjects objects = new FixedObjects().add(documents);
        return new PodRequest(documents.get(0), "ci", "", objects, controller);
    }

    /** A workflow around templates; the entrypoint is main. */
    public static String workflow(String templates) {
        return "kind: Workflow\nmetadata: {name: wf}\nspec:\n  entrypoint: main\n  templates:\n" + templates.indent(2);
    }
}
