package io.jenkins.plugins.argopreflight.engine.check.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the container that mounts a volume which no list of volumes contains. Argo's message names only the volume. */
final class UndeclaredVolume {

    private final String volume;
    private final Document document;
    private final String namespace;
    private @Nullable Subject mount;

    private UndeclaredVolume(String volume, Document document, String namespace) {
        this.volume = volume;
        this.document = document;
        this.namespace = namespace;
    }

    /** Returns the first mount of a volume of that name in the document's templates. */
    static Optional<Subject> mount(String volume, Document document, String namespace) {
        UndeclaredVolume search = new UndeclaredVolume(volume, document, namespace);
        JsonNode templates = document.root().path("spec").path("templates");
        for (int i = 0; i < templates.size(); i++) {
            search.template("spec.templates[" + i + "]", templates.path(i));
        }
        return Optional.ofNullable(search.mount);
    }

    private void template(String path, JsonNode template) {
        if (template.path("volumes").findValuesAsText("name").contains(volume)) {
            return;
        }
        container(path + ".container", template.path("container"), "main");
        container(path + ".script", template.path("script"), "main");
        container(path + ".containerSet", template.path("containerSet"), "");
        containers(
                path + ".containerSet.containers", template.path("containerSet").path("containers"));
        containers(path + ".initContainers", template.path("initContainers"));
        containers(path + ".sidecars", template.path("sidecars"));
    }

    private void containers(String path, JsonNode list) {
        for (int i = 0; i < list.size(); i++) {
            container(path + "[" + i + "]", list.path(i), Json.text(list.path(i), "name"));
        }
    }

    private void container(String path, JsonNode container, String name) {
        JsonNode mounts = container.path("volumeMounts");
        for (int i = 0; i < mounts.size() && mount == null; i++) {
            if (Json.text(mounts.path(i), "name").equals(volume)) {
                mount = Subject.of(document, namespace, path + ".volumeMounts[" + i + "].name")
                        .container(name);
            }
        }
    }
}
