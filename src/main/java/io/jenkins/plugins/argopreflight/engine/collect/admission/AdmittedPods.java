package io.jenkins.plugins.argopreflight.engine.collect.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.kube.Objects;
import io.jenkins.plugins.argopreflight.engine.manifest.CompactJson;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ClusterObjects;
import io.jenkins.plugins.argopreflight.engine.workflow.model.FieldSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What webhooks, policies and LimitRanges add to the pods, as the API server's answers to the dry runs show it: containers,
 * images, amounts of resources, pull Secrets, volumes and variables, which are pulls, requests and references like the pod's
 * own.
 */
public final class AdmittedPods {

    private static final List<String> CONTAINERS = List.of("initContainers", "containers");

    /** What the checks of pulls, quotas, nodes and references read of a container. */
    private static final List<String> FIELDS =
            List.of("name", "image", "imagePullPolicy", "restartPolicy", "resources", "ports", "env", "envFrom");

    /** The API server's own volume with the token of the ServiceAccount. */
    private static final String TOKEN = "kube-api-access-";

    private final ClusterObjects objects;
    private final CompactJson compact = new CompactJson();

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
                            pod.admitted(changes, compact);
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
                if (own.isEmpty()) {
                    ObjectNode added = changes.withArray(list).addObject();
                    FIELDS.stream().filter(container::has).forEach(field -> added.set(field, container.get(field)));
                } else {
                    ObjectNode changed = changed(own.get(), container);
                    if (!changed.isEmpty()) {
                        changes.withArray(list).add(changed.put("name", Objects.text(container, "name")));
                    }
                }
            }
        }
        for (JsonNode volume : admitted.path("volumes")) {
            String name = Objects.text(volume, "name");
            if (!name.startsWith(TOKEN)
                    && named(pod.spec().path("volumes"), name).isEmpty()) {
                changes.withArray("volumes").add(volume);
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

    /** What differs in a container of the pod: its image, amounts that it did not have, and variables that are new. */
    private static ObjectNode changed(JsonNode own, JsonNode admitted) {
        ObjectNode changed = JsonNodeFactory.instance.objectNode();
        String image = Objects.text(admitted, "image");
        if (!Objects.text(own, "image").equals(image)) {
            changed.put("image", image);
        }
        for (String part : List.of("requests", "limits")) {
            JsonNode amounts = own.path("resources").path(part);
            for (Map.Entry<String, JsonNode> amount :
                    admitted.path("resources").path(part).properties()) {
                // A request that is missing is the limit, without any LimitRange.
                boolean has = amounts.has(amount.getKey())
                        || part.equals("requests")
                                && own.path("resources").path("limits").has(amount.getKey());
                if (!has) {
                    changed.withObjectProperty("resources")
                            .withObjectProperty(part)
                            .set(amount.getKey(), amount.getValue());
                }
            }
        }
        for (JsonNode variable : admitted.path("env")) {
            if (named(own.path("env"), Objects.text(variable, "name")).isEmpty()) {
                changed.withArray("env").add(variable);
            }
        }
        for (JsonNode from : admitted.path("envFrom")) {
            if (own.path("envFrom").valueStream().noneMatch(each -> isSameSource(each, from))) {
                changed.withArray("envFrom").add(from);
            }
        }
        return changed;
    }

    private static boolean isSameSource(JsonNode one, JsonNode other) {
        return Stream.of("secretRef", "configMapRef")
                .allMatch(kind -> Objects.text(one, kind, "name").equals(Objects.text(other, kind, "name")));
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
                .filter(found -> !found.isInFile())
                .map(found -> Set.copyOf(Objects.names(found.root().path("imagePullSecrets"))));
    }
}
