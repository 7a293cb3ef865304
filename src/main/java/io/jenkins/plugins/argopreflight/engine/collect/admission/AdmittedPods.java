package io.jenkins.plugins.argopreflight.engine.collect.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.kube.Objects;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ClusterObjects;
import io.jenkins.plugins.argopreflight.engine.workflow.model.FieldSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What webhooks and policies add to the pods, as the API server's answers to the dry runs show it: containers, images and
 * pull Secrets, which are pulls and requests like the pod's own.
 */
public final class AdmittedPods {

    private static final List<String> CONTAINERS = List.of("initContainers", "containers");

    /** What the checks of pulls, quotas and nodes read of a container. */
    private static final List<String> FIELDS =
            List.of("name", "image", "imagePullPolicy", "restartPolicy", "resources", "ports");

    private final ClusterObjects objects;

    /** @param objects with the ServiceAccounts of the pods */
    public AdmittedPods(ClusterObjects objects) {
        this.objects = objects;
    }

    /** Lays it over the pods, and returns those that changed. */
    public Set<ArgoPod> apply(List<Admission> admissions) {
        Set<ArgoPod> changed = new LinkedHashSet<>();
        for (Admission each : admissions) {
            each.pod()
                    .ifPresent(pod -> each.admitted().ifPresent(spec -> {
                        ObjectNode changes = changes(pod, each.workflow().namespace(), spec);
                        if (!changes.isEmpty() && changed.add(pod)) {
                            pod.admitted(changes);
                        }
                    }));
        }
        return changed;
    }

    private ObjectNode changes(ArgoPod pod, String namespace, JsonNode admitted) {
        ObjectNode changes = JsonNodeFactory.instance.objectNode();
        for (String list : CONTAINERS) {
            for (JsonNode container : admitted.path(list)) {
                Optional<JsonNode> own = named(pod.spec().path(list), Objects.text(container, "name"));
                String image = Objects.text(container, "image");
                if (own.isEmpty()) {
                    ObjectNode added = changes.withArray(list).addObject();
                    FIELDS.stream().filter(container::has).forEach(field -> added.set(field, container.get(field)));
                } else if (!Objects.text(own.get(), "image").equals(image)) {
                    changes.withArray(list)
                            .addObject()
                            .put("name", Objects.text(container, "name"))
                            .put("image", image);
                }
            }
        }
        List<String> secrets = Objects.names(admitted.path("imagePullSecrets"));
        boolean more = expected(pod, namespace)
                .filter(names -> !names.containsAll(secrets))
                .isPresent();
        if (more) {
            secrets.forEach(
                    name -> changes.withArray("imagePullSecrets").addObject().put("name", name));
        }
        return changes;
    }

    private static Optional<JsonNode> named(JsonNode list, String name) {
        for (JsonNode each : list) {
            if (Objects.text(each, "name").equals(name)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    /**
     * The pull Secrets that the pod has without any webhook: its own or those of its ServiceAccount; empty where the
     * account could not be read, or the given files change it.
     */
    private Optional<Set<String>> expected(ArgoPod pod, String namespace) {
        List<String> own = Objects.names(pod.spec().path("imagePullSecrets"));
        boolean written = own.stream()
                .anyMatch(name ->
                        pod.origin("spec.imagePullSecrets[" + name + "]").source() != FieldSource.SERVICE_ACCOUNT);
        if (written) {
            return Optional.of(Set.copyOf(own));
        }
        Fact<Optional<Document>> account =
                objects.find("ServiceAccount", namespace, Objects.text(pod.spec(), "serviceAccountName"));
        return account.ifKnown()
                .flatMap(found -> found)
                .filter(found -> found.locate("").line() == 0)
                .map(found -> Set.copyOf(Objects.names(found.root().path("imagePullSecrets"))));
    }
}
