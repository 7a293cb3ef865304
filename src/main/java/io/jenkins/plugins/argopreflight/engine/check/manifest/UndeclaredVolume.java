package io.jenkins.plugins.argopreflight.engine.check.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.kube.Objects;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The container that mounts a volume which no volumes list has; Argo names only the volume. */
final class UndeclaredVolume {

    private final String volume;
    private final Document document;
    private final String namespace;
    private @Nullable Subject found;

    private UndeclaredVolume(String volume, Document document, String namespace) {
        this.volume = volume;
        this.document = document;
        this.namespace = namespace;
    }

    /** The first mount of a volume of that name in the document's templates. */
    static Optional<Subject> mount(String volume, Document document, String namespace) {
        UndeclaredVolume search = new UndeclaredVolume(volume, document, namespace);
        JsonNode templates = document.root().path("spec").path("templates");
        for (int i = 0; i < templates.size(); i++) {
            search.template("spec.templates[" + i + "]", templates.path(i));
        }
        return Optional.ofNullable(search.found);
    }

    private void template(String path, JsonNode template) {
        if (template.path("volumes").findValuesAsText("name").contains(volume)) {
            return;
        }
        container(path + ".container", template.path("container"), "main");
        container(path + ".script", template.path("script"), "main");
        container(path + ".containerSet", template.path("containerSet"), "");
        each(path + ".containerSet.containers", template.path("containerSet").path("containers"));
        each(path + ".initContainers", template.path("initContainers"));
        each(path + ".sidecars", template.path("sidecars"));
    }

    private void each(String path, JsonNode containers) {
        for (int i = 0; i < containers.size(); i++) {
            container(path + "[" + i + "]", containers.path(i), Objects.text(containers.path(i), "name"));
        }
    }

    private void container(String path, JsonNode container, String name) {
        JsonNode mounts = container.path("volumeMounts");
        for (int i = 0; i < mounts.size() && found == null; i++) {
            if (Objects.text(mounts.path(i), "name").equals(volume)) {
                found = Subject.of(document, namespace, path + ".volumeMounts[" + i + "].name")
                        .container(name);
            }
        }
    }
}
