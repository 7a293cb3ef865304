package io.jenkins.plugins.argopreflight.engine.submit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoVersion;
import io.jenkins.plugins.argopreflight.engine.argo.model.Controller;
import io.jenkins.plugins.argopreflight.engine.argo.model.ControllerFlags;
import io.jenkins.plugins.argopreflight.engine.argo.model.ParameterTexts;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.ControllerState;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.FactReader;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import io.jenkins.plugins.argopreflight.engine.util.limits.OverBudget;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A workflow as it will be created. Its complete name is known before it is sent, so that a second attempt creates no
 * second workflow. An id distinguishes it from other workflows.
 *
 * @param fixedName whether the name is the manifest's, and not made from a generateName
 * @param notes settings that could not be determined for it
 */
public record Draft(ObjectNode workflow, boolean fixedName, List<String> notes) {

    /** The label with the random id of the submission. */
    public static final String ID = "argo-preflight.jenkins.io/submission";

    static final String INSTANCE_ID = "workflows.argoproj.io/controller-instanceid";

    private static final String CONFIG_MAP = "workflow-controller-configmap";
    /** The characters of a random suffix, as Kubernetes chooses them: without vowels, so that no words arise. */
    private static final String LETTERS = "bcdfghjklmnpqrstvwxz2456789";

    private static final int SUFFIX_CHARACTERS = 5;

    /** The length to which the API server cuts a generateName, too. */
    private static final int MAX_PREFIX_CHARACTERS = 58;

    private static final List<String> MAPS =
            List.of("/metadata", "/metadata/labels", "/metadata/annotations", "/spec", "/spec/arguments");

    private static final SecureRandom RANDOM = new SecureRandom();

    public Draft {
        notes = List.copyOf(notes);
    }

    /**
     * Creates the draft of a submission. It has the limits of the run once more for itself, since a preflight before it
     * can have used them up.
     *
     * @param id a random id, the same for every attempt of one submission
     * @throws IllegalArgumentException if there is not one workflow to submit, or a limit is reached
     * @throws ClusterException if an object that it is made from cannot be read
     */
    public static Draft of(ClusterGateway cluster, Submission submission, String id) {
        try (Budget.Scope own = Budget.open(Budget.current().limits())) {
            return create(cluster, submission, id);
        } catch (OverBudget e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static Draft create(ClusterGateway cluster, Submission submission, String id) {
        ObjectNode workflow = ParameterTexts.in(new WorkflowSource(cluster, submission).workflow());
        maps(workflow);
        ObjectNode metadata = KubeObjects.metadata(workflow);
        if (KubeObjects.namespace(workflow).isEmpty()) {
            metadata.put("namespace", submission.namespace());
        }
        workflow.remove("status");
        List.of("uid", "resourceVersion", "creationTimestamp", "managedFields").forEach(metadata::remove);
        boolean fixed = name(metadata, submission);
        parameters(workflow, submission);
        submission.labels().forEach(metadata.withObject("/labels")::put);
        submission.annotations().forEach(metadata.withObject("/annotations")::put);
        metadata.withObject("/labels").put(ID, id);
        Optional<String> note = instanceId(cluster, submission.argoNamespace(), metadata);
        return new Draft(workflow, fixed, note.stream().toList());
    }

    /** Returns the documents to check: the given ones, with the metadata that the workflow will be created with. */
    public List<Document> in(List<Document> documents) {
        return documents.stream()
                .map(document ->
                        document.kind().equals("Workflow") ? document.with(withMetadata(document.root())) : document)
                .toList();
    }

    /**
     * Returns a workflow with the metadata of the draft, but without its random parts. A namespace is set only if the
     * manifest has one.
     */
    private ObjectNode withMetadata(ObjectNode written) {
        ObjectNode copy = written.deepCopy();
        ObjectNode metadata = KubeObjects.metadata(workflow).deepCopy();
        metadata.withObject("/labels").remove(ID);
        if (!fixedName) {
            metadata.remove("name");
        }
        if (KubeObjects.namespace(written).isEmpty()) {
            metadata.remove("namespace");
        }
        copy.set("metadata", metadata);
        return copy;
    }

    public String name() {
        return KubeObjects.name(workflow);
    }

    public String namespace() {
        return KubeObjects.namespace(workflow);
    }

    public String id() {
        return KubeObjects.labels(workflow).getOrDefault(ID, "");
    }

    private static void maps(ObjectNode workflow) {
        for (String path : MAPS) {
            JsonNode node = workflow.at(path);
            if (!node.isMissingNode() && !node.isNull() && !node.isObject()) {
                throw new IllegalArgumentException(path.substring(1).replace('/', '.') + " of the workflow is no map");
            }
        }
    }

    private static boolean name(ObjectNode metadata, Submission submission) {
        if (!submission.generateName().isEmpty()) {
            metadata.remove("name");
            metadata.put("generateName", submission.generateName());
        }
        if (!submission.name().isEmpty()) {
            metadata.put("name", submission.name());
        }
        if (!Json.text(metadata, "name").isEmpty()) {
            return true;
        }
        String prefix = Json.text(metadata, "generateName");
        if (prefix.isEmpty()) {
            throw new IllegalArgumentException("the workflow has neither metadata.name nor metadata.generateName");
        }
        StringBuilder name = new StringBuilder(prefix.substring(0, Math.min(prefix.length(), MAX_PREFIX_CHARACTERS)));
        for (int i = 0; i < SUFFIX_CHARACTERS; i++) {
            name.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
        }
        metadata.put("name", name.toString());
        return false;
    }

    /** Adds parameters as {@code argo submit -p} does: those of the submission come first. */
    private static void parameters(ObjectNode workflow, Submission submission) {
        if (submission.parameters().isEmpty()) {
            return;
        }
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        submission
                .parameters()
                .forEach((name, value) -> all.addObject().put("name", name).put("value", value));
        JsonNode own = workflow.path("spec").path("arguments").path("parameters");
        own.forEach(parameter -> {
            if (!submission.parameters().containsKey(Json.text(parameter, "name"))) {
                all.add(parameter);
            }
        });
        workflow.withObject("/spec/arguments").set("parameters", all);
    }

    private static Optional<String> instanceId(ClusterGateway cluster, String argoNamespace, ObjectNode metadata) {
        if (metadata.path("labels").has(INSTANCE_ID)) {
            return Optional.empty();
        }
        Map<String, String> instances = new TreeMap<>();
        try {
            Fact<List<ObjectNode>> controllers = ControllerState.deployments(new FactReader(cluster), argoNamespace);
            List<String> names = controllers.ifKnown().stream()
                    .flatMap(List::stream)
                    .map(ControllerFlags::configMap)
                    .toList();
            for (String name : names.isEmpty() ? List.of(CONFIG_MAP) : names) {
                Optional<ObjectNode> settings = cluster.get(Resource.CONFIG_MAPS, argoNamespace, name);
                if (settings.isEmpty() && controllers.ifUnknown().isPresent()) {
                    return controllers.ifUnknown().map(unknown -> unchecked(unknown.reason()));
                }
                instances.put(
                        name,
                        settings.map(found -> instanceId(found, argoNamespace)).orElse(""));
            }
        } catch (ClusterException e) {
            if (e.kind() == ClusterException.Kind.INTERRUPTED) {
                throw e;
            }
            return Optional.of(unchecked(e.getMessage()));
        }
        boolean differ = Set.copyOf(instances.values()).size() > 1;
        String instance = instances.getOrDefault(
                CONFIG_MAP, differ ? "" : instances.values().iterator().next());
        if (!instance.isEmpty()) {
            metadata.withObject("/labels").put(INSTANCE_ID, instance);
        }
        return differ
                ? Optional.of("The controllers in namespace " + argoNamespace + " have different instanceIDs, so the"
                        + " workflow gets "
                        + (instance.isEmpty() ? "no label " : "that of " + CONFIG_MAP + " as label ")
                        + INSTANCE_ID)
                : Optional.empty();
    }

    private static String unchecked(String why) {
        return "Could not check whether the controller has an instanceID, so the workflow gets no label " + INSTANCE_ID
                + ": " + why;
    }

    private static String instanceId(ObjectNode settings, String argoNamespace) {
        return Controller.of(
                        Document.of(CONFIG_MAP, settings),
                        ControllerFlags.defaults(argoNamespace),
                        ArgoVersion.NEWEST,
                        List.of())
                .instanceId();
    }
}
