package io.jenkins.plugins.argopreflight.engine.rbac;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.testing.ProjectRoot;
import io.jenkins.plugins.argopreflight.testing.server.RealCluster.User;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A selection of the manifests of {@code docs/rbac}: the rights that they grant, line by line, and copies of them. */
final class RbacManifests {

    static final Path FOLDER = ProjectRoot.path().resolve("docs/rbac");

    private static final YAMLMapper YAML = new YAMLMapper();

    private final List<ObjectNode> documents = new ArrayList<>();

    RbacManifests(String... files) {
        for (String file : files) {
            try (MappingIterator<ObjectNode> read = YAML.readerFor(ObjectNode.class)
                    .readValues(FOLDER.resolve(file).toFile())) {
                documents.addAll(read.readAll());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The names of all of them. */
    static List<String> all() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".yaml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A right for each verb of each resource of each rule. */
    List<Right> rights() {
        return documents.stream()
                .flatMap(document -> stream(document.path("rules")).flatMap(rule -> rights(document, rule)))
                .toList();
    }

    private static Stream<Right> rights(ObjectNode document, JsonNode rule) {
        return stream(rule.path("apiGroups"))
                .flatMap(group -> stream(rule.path("resources"))
                        .flatMap(resource -> stream(rule.path("verbs")).map(verb -> {
                            String[] parts = resource.asText().split("/");
                            return new Right(
                                    verb.asText(),
                                    group.asText(),
                                    parts[0],
                                    parts.length > 1 ? parts[1] : "",
                                    KubeObjects.namespace(document),
                                    rule.path("resourceNames").path(0).asText(""));
                        })));
    }

    /** The same for another user, without one line. */
    String copy(User user, Right removed) {
        return documents.stream()
                .map(document -> Json.text(document, "kind").endsWith("Binding")
                        ? binding(document, user)
                        : role(document, user, removed))
                .map(RbacManifests::write)
                .collect(Collectors.joining());
    }

    private static ObjectNode role(ObjectNode document, User user, Right removed) {
        ObjectNode copy = renamed(document, user);
        for (var rules = copy.path("rules").iterator(); rules.hasNext(); ) {
            ObjectNode rule = (ObjectNode) rules.next();
            List<String> left = rights(document, rule)
                    .filter(right -> !right.equals(removed))
                    .map(Right::verb)
                    .toList();
            ArrayNode verbs = rule.putArray("verbs");
            left.forEach(verbs::add);
            if (left.isEmpty()) {
                rules.remove();
            }
        }
        return copy;
    }

    private static ObjectNode binding(ObjectNode document, User user) {
        ObjectNode copy = renamed(document, user);
        ObjectNode role = (ObjectNode) copy.path("roleRef");
        role.put("name", KubeObjects.name(copy));
        copy.putArray("subjects")
                .addObject()
                .put("apiGroup", "rbac.authorization.k8s.io")
                .put("kind", "User")
                .put("name", user.name());
        return copy;
    }

    private static ObjectNode renamed(ObjectNode document, User user) {
        ObjectNode copy = document.deepCopy();
        KubeObjects.metadata(copy).put("name", KubeObjects.name(document) + "-" + user.name());
        return copy;
    }

    private static String write(ObjectNode document) {
        try {
            return YAML.writeValueAsString(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<JsonNode> stream(JsonNode list) {
        Collection<JsonNode> items = new ArrayList<>();
        list.forEach(items::add);
        return items.stream();
    }
}
