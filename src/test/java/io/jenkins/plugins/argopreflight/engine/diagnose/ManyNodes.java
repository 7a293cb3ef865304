package io.jenkins.plugins.argopreflight.engine.diagnose;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;

/**
 * A cluster with one workflow of many pods, of which every second one failed. Objects are made when they are read, one
 * after the other, as the pages of a real API server come.
 */
public final class ManyNodes implements ClusterGateway {

    /** The workflow, in namespace ci. */
    public static final String WORKFLOW = "build-x7k2p";

    private static final JsonMapper JSON = new JsonMapper();
    private static final String TIMES =
            "\"startedAt\":\"2026-01-01T00:00:00Z\",\"finishedAt\":\"2026-01-01T00:01:00Z\"";

    private final int nodes;

    public ManyNodes(int nodes) {
        this.nodes = nodes;
    }

    private static boolean isFailed(int node) {
        return node % 2 == 0;
    }

    private static String name(int node) {
        return WORKFLOW + "-work-" + (1_000_000_000 + node);
    }

    private static ObjectNode read(String json) {
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ObjectNode workflow() {
        ObjectNode workflow = read("""
                {"apiVersion":"argoproj.io/v1alpha1","kind":"Workflow",
                "metadata":{"name":"%s","namespace":"ci","uid":"u","creationTimestamp":"2026-01-01T00:00:00Z"},
                "spec":{"entrypoint":"main","templates":[
                {"name":"main","steps":[[{"name":"each","template":"work","withSequence":{"count":"%d"}}]]},
                {"name":"work","container":{"image":"registry.example.com/team/image:v1","command":["work"]}}]},
                "status":{"phase":"Failed","message":"child failed"}}""".formatted(WORKFLOW, nodes));
        ((ObjectNode) workflow.path("status")).put("compressedNodes", compressed());
        return workflow;
    }

    private String compressed() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(("{\"" + WORKFLOW + "\":{\"id\":\"" + WORKFLOW + "\",\"name\":\"" + WORKFLOW
                            + "\",\"displayName\":\"" + WORKFLOW
                            + "\",\"type\":\"Steps\",\"phase\":\"Failed\",\"message\":\"child '" + name(0)
                            + "' failed\",\"templateName\":\"main\"," + TIMES + "}")
                    .getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < nodes; i++) {
                String id = WORKFLOW + "-" + (1_000_000_000 + i);
                zip.write((",\"" + id + "\":{\"id\":\"" + id + "\",\"name\":\"" + WORKFLOW + "[0].each(" + i + ":" + i
                                + ")\",\"displayName\":\"each(" + i + ":" + i
                                + ")\",\"type\":\"Pod\",\"templateName\":\"work\",\"boundaryID\":\"" + WORKFLOW
                                + "\",\"phase\":\"" + (isFailed(i) ? "Failed" : "Succeeded") + "\",\"message\":\""
                                + (isFailed(i) ? "main: OOMKilled (exit code 137)" : "") + "\"," + TIMES + "}")
                        .getBytes(StandardCharsets.UTF_8));
            }
            zip.write('}');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    /** Returns a pod of realistic size: volumes, environment, several containers. */
    private static ObjectNode pod(int node) {
        ObjectNode pod = read("""
                {"apiVersion":"v1","kind":"Pod","metadata":{"name":"%s","namespace":"ci",
                "labels":{"workflows.argoproj.io/workflow":"%s"},
                "annotations":{"workflows.argoproj.io/node-id":"%s-%d"}},
                "spec":{"nodeName":"node-1","serviceAccountName":"default","containers":[
                {"name":"main","image":"registry.example.com/team/image:v1","resources":{"limits":{"memory":"64Mi"}}},
                {"name":"wait","image":"quay.io/argoproj/argoexec:v4.0.5"}]},
                "status":{"phase":"%s","containerStatuses":[
                {"name":"main","image":"i","state":{"terminated":{"reason":"%s","exitCode":%d}}},
                {"name":"wait","image":"i","state":{"terminated":{"reason":"Completed","exitCode":0}}}]}}""".formatted(
                        name(node),
                        WORKFLOW,
                        WORKFLOW,
                        1_000_000_000 + node,
                        isFailed(node) ? "Failed" : "Succeeded",
                        isFailed(node) ? "OOMKilled" : "Completed",
                        isFailed(node) ? 137 : 0));
        ObjectNode spec = (ObjectNode) pod.path("spec");
        ArrayNode volumes = spec.putArray("volumes");
        for (int i = 0; i < 10; i++) {
            volumes.addObject().put("name", "volume-" + i).putObject("emptyDir");
        }
        spec.path("containers").forEach(container -> {
            ArrayNode env = ((ObjectNode) container).putArray("env");
            for (int i = 0; i < 15; i++) {
                env.addObject().put("name", "ARGO_VARIABLE_" + i).put("value", "x".repeat(80) + i);
            }
        });
        return pod;
    }

    private static ObjectNode event(int node) {
        return read("""
                {"apiVersion":"v1","kind":"Event","metadata":{"name":"%s.1","namespace":"ci"},"type":"Warning",
                "reason":"BackOff","message":"Back-off restarting failed container","count":3,
                "involvedObject":{"kind":"Pod","name":"%s"},"lastTimestamp":"2026-01-01T00:01:00Z"}""".formatted(name(node), name(node)));
    }

    @Override
    public Optional<ObjectNode> get(Resource resource, String namespace, String name) {
        return resource.equals(Resource.WORKFLOWS) && name.equals(WORKFLOW)
                ? Optional.of(workflow())
                : Optional.empty();
    }

    @Override
    public List<ObjectNode> list(Resource resource, String namespace, String labelSelector, String fieldSelector) {
        List<ObjectNode> all = new ArrayList<>();
        each(resource, namespace, labelSelector, fieldSelector, all::add);
        return all;
    }

    @Override
    public void each(Resource resource, String namespace, String labels, String fields, Consumer<ObjectNode> consumer) {
        for (int i = 0; i < nodes && namespace.equals("ci"); i++) {
            if (resource.equals(Resource.PODS)) {
                consumer.accept(pod(i));
            } else if (resource.equals(Resource.EVENTS) && isFailed(i)) {
                consumer.accept(event(i));
            }
        }
    }

    @Override
    public ObjectNode create(Resource resource, ObjectNode object, WriteMode mode) {
        if (Json.text(object, "kind").contains("Review")) {
            throw new ClusterException(Kind.FORBIDDEN, "not allowed");
        }
        if (mode == WriteMode.DRY_RUN) {
            return object;
        }
        throw new UnsupportedOperationException("a diagnosis changes nothing");
    }

    @Override
    public ObjectNode replace(Resource resource, ObjectNode object, WriteMode mode) {
        throw new UnsupportedOperationException("a diagnosis changes nothing");
    }

    @Override
    public void delete(
            Resource resource, String namespace, String name, String uid, String resourceVersion, WriteMode mode) {
        throw new UnsupportedOperationException("a diagnosis changes nothing");
    }

    @Override
    public String server() {
        return "https://many.example.com";
    }

    @Override
    public String version() {
        return "v1.34.4";
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
