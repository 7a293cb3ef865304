package io.jenkins.plugins.argopreflight.engine.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.ParameterTexts;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ArgoInstallation;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.admission.AdmissionRefusal;
import io.jenkins.plugins.argopreflight.engine.kubernetes.admission.FieldError;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.util.yaml.FrozenJson;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A fixture's cluster as a snapshot, with what a real API server said to a dry run: {@code admissions.yaml} beside it
 * holds its words under {@code pods} and {@code workflows}, or its Status with {@code message} and {@code causes};
 * {@code ""} lets the object in, and {@code 404 page not found} has no Status.
 * {@code plugins} names admission plugins that are on; {@code adds} holds what a webhook lays over a pod's spec.
 */
final class RecordedAnswers implements ClusterGateway {

    private final ClusterGateway snapshot;
    private final JsonNode words;

    private RecordedAnswers(ClusterGateway snapshot, JsonNode words) {
        this.snapshot = snapshot;
        this.words = FrozenJson.value(words);
    }

    static ClusterGateway of(ClusterGateway snapshot, Path answers) throws IOException {
        return Files.exists(answers)
                ? new RecordedAnswers(
                        snapshot, new ManifestReader().value(answers.toString(), Files.readString(answers)))
                : snapshot;
    }

    @Override
    public ObjectNode create(Resource resource, ObjectNode object, WriteMode mode) {
        JsonNode asWritten = words.path("asWritten");
        boolean written = resource.plural().equals("workflows")
                && !ParameterTexts.in(object).equals(object);
        JsonNode answer = written && !asWritten.isMissingNode() ? asWritten : words.path(resource.plural());
        if (mode == WriteMode.REAL || answer.isMissingNode()) {
            return snapshot.create(resource, object, mode);
        }
        if (answer.isTextual() && answer.asText().isEmpty()) {
            return stored(object);
        }
        String message = answer.path("message").asText(answer.asText());
        if (message.equals(ClusterException.PAGE_NOT_FOUND)) {
            throw ClusterException.ofUnknownPath("POST https://host: HTTP 404 without a Kubernetes Status");
        }
        List<FieldError> fields = answer.path("causes")
                .valueStream()
                .map(cause -> new FieldError(
                        cause.path("field").asText(), cause.path("message").asText()))
                .toList();
        throw ClusterException.refused(kind(message), AdmissionRefusal.parse(message, fields));
    }

    /**
     * Returns a pod as the server stores it: each container has a pull policy, from its tag or from the plugin
     * AlwaysPullImages.
     */
    private ObjectNode stored(ObjectNode object) {
        ObjectNode stored = object.deepCopy();
        words.path("adds")
                .properties()
                .forEach(list -> list.getValue().forEach(element -> {
                    ArrayNode all = stored.withObject("/spec").withArray(list.getKey());
                    for (JsonNode own : all) {
                        if (own.path("name").equals(element.path("name"))) {
                            ((ObjectNode) own).setAll((ObjectNode) element.deepCopy());
                            return;
                        }
                    }
                    all.add(element.<JsonNode>deepCopy());
                }));
        boolean always = words.path("plugins").toString().contains("\"AlwaysPullImages\"");
        for (String list : List.of("initContainers", "containers")) {
            for (JsonNode container : stored.path("spec").path(list)) {
                boolean latest = container.path("image").asText().matches("[^@]*:latest|.*/[^:@]*|[^:@/]*");
                String policy = container.path("imagePullPolicy").asText(latest ? "Always" : "IfNotPresent");
                ((ObjectNode) container).put("imagePullPolicy", always ? "Always" : policy);
                fill((ObjectNode) container);
            }
        }
        return FrozenJson.of(stored);
    }

    /** A LimitRange gives a container the requests and limits that it does not have itself. */
    private void fill(ObjectNode container) {
        words.path("limitRange")
                .properties()
                .forEach(part -> part.getValue().properties().forEach(amount -> {
                    ObjectNode own = container.withObject("/resources/" + part.getKey());
                    if (!own.has(amount.getKey())) {
                        own.set(amount.getKey(), amount.getValue());
                    }
                }));
    }

    private static Kind kind(String said) {
        if (said.startsWith("Internal error occurred: ")) {
            return Kind.SERVER_ERROR;
        }
        return said.contains("forbidden") || said.contains("denied")
                ? Kind.FORBIDDEN
                : said.contains("could not find") || said.contains("not found") ? Kind.NOT_FOUND : Kind.INVALID;
    }

    @Override
    public String server() {
        return snapshot.server();
    }

    @Override
    public String version() {
        return snapshot.version();
    }

    @Override
    public Optional<ArgoInstallation> argo() {
        return snapshot.argo();
    }

    @Override
    public List<String> nodeCredentials() {
        return snapshot.nodeCredentials();
    }

    @Override
    public Optional<ObjectNode> get(Resource resource, String namespace, String name) {
        return snapshot.get(resource, namespace, name);
    }

    @Override
    public List<ObjectNode> list(Resource resource, String namespace, String labelSelector, String fieldSelector) {
        return snapshot.list(resource, namespace, labelSelector, fieldSelector);
    }

    @Override
    public ObjectNode replace(Resource resource, ObjectNode object, WriteMode mode) {
        return snapshot.replace(resource, object, mode);
    }

    @Override
    public void delete(
            Resource resource, String namespace, String name, String uid, String resourceVersion, WriteMode mode) {
        snapshot.delete(resource, namespace, name, uid, resourceVersion, mode);
    }

    @Override
    public void close() {
        snapshot.close();
    }
}
