package io.jenkins.plugins.argopreflight.engine.diagnose.explain;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.ContainerNames;
import io.jenkins.plugins.argopreflight.engine.diagnose.Cause;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.NodeState;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.WorkflowState;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.List;
import java.util.Optional;

/** The templates of the nodes: their locations in manifests, and the steps or tasks that call them. */
final class Templates {

    private static final List<String> TEMPLATE_KINDS =
            List.of("container", "script", "resource", "data", "http", "plugin", "containerSet");

    /** The kinds of storage that an artifact can configure itself, instead of the artifact repository. */
    private static final List<String> STORES = List.of("s3", "gcs", "oss", "azure");

    private static final String DEADLINE = "activeDeadlineSeconds";
    private static final String TIMEOUT = "timeout";

    private final WorkflowState workflow;

    Templates(WorkflowState workflow) {
        this.workflow = workflow;
    }

    /** Returns whether the node runs a resource template that is in the workflow itself. */
    boolean isResource(NodeState node) {
        return ownTemplates().path(index(node.template())).has("resource");
    }

    /**
     * Returns a field of the template that a node runs: in the workflow if the template is there, else in the
     * WorkflowTemplate.
     *
     * @param container the name of a container; {@code ""} for the template itself
     * @param path the path below the container; for a field such as {@code outputs}, below the template
     */
    Cause.Subject place(NodeState node, String container, String path) {
        int index = index(node.template());
        if (path.equals(DEADLINE) && !ownTemplates().path(index).has(DEADLINE)) {
            if (ownTemplates().path(index).has(TIMEOUT)) {
                return place(node, container, TIMEOUT);
            }
            if (workflow.manifest().path("spec").has(DEADLINE)) {
                return new Cause.Subject("Workflow", workflow.namespace(), workflow.name(), "", "spec." + DEADLINE);
            }
        }
        if (index >= 0) {
            return new Cause.Subject(
                    "Workflow",
                    workflow.namespace(),
                    workflow.name(),
                    container,
                    "spec.templates[" + index + "]"
                            + pathInTemplate(ownTemplates().path(index), container, path));
        }
        String scope = node.scope();
        String name = scope.substring(scope.indexOf('/') + 1);
        if (scope.startsWith("namespaced/") || scope.startsWith("cluster/")) {
            boolean cluster = scope.startsWith("cluster/");
            return new Cause.Subject(
                    cluster ? "ClusterWorkflowTemplate" : "WorkflowTemplate",
                    cluster ? "" : workflow.namespace(),
                    name,
                    container,
                    "spec.templates[" + node.template() + "]" + dotted(path));
        }
        String reference = Json.text(workflow.manifest(), "spec", "workflowTemplateRef", "name");
        return reference.isEmpty()
                ? new Cause.Subject("Workflow", workflow.namespace(), workflow.name(), container, path)
                : new Cause.Subject(
                        "WorkflowTemplate",
                        workflow.namespace(),
                        reference,
                        container,
                        "spec.templates[" + node.template() + "]" + dotted(path));
    }

    /** Returns the path of a field in a template, such as {@code .sidecars[0].image}. */
    private static String pathInTemplate(JsonNode template, String container, String path) {
        boolean isTemplateField = path.startsWith("outputs")
                || path.startsWith("inputs")
                || path.startsWith("nodeSelector")
                || path.startsWith("tolerations")
                || path.startsWith("podSpecPatch")
                || path.startsWith(DEADLINE)
                || path.startsWith(TIMEOUT);
        if (isTemplateField) {
            return dotted(path);
        }
        int indexInSet = index(template.path("containerSet").path("containers"), container);
        if (indexInSet >= 0) {
            return ".containerSet.containers[" + indexInSet + "]" + dotted(path);
        }
        if (container.isEmpty() || container.equals("main")) {
            return TEMPLATE_KINDS.stream()
                            .filter(template::has)
                            .findFirst()
                            .map(kind -> "." + kind)
                            .orElse("")
                    + dotted(path);
        }
        for (String list : List.of("initContainers", "sidecars")) {
            int i = index(template.path(list), container);
            if (i >= 0) {
                return "." + list + "[" + i + "]" + dotted(path);
            }
        }
        return dotted(path);
    }

    /**
     * Returns the field with the storage of the node's artifacts; empty if it is in an artifact repository.
     *
     * @param list {@code inputs} or {@code outputs}
     */
    Optional<Cause.Subject> storage(NodeState node, String list) {
        JsonNode artifacts = template(node.template())
                .map(template -> template.path(list).path("artifacts"))
                .orElseGet(workflow.manifest()::arrayNode);
        for (int i = 0; i < artifacts.size(); i++) {
            for (String store : STORES) {
                if (artifacts.path(i).path(store).has("bucket")
                        || artifacts.path(i).path(store).has("container")) {
                    return Optional.of(place(node, "", list + ".artifacts[" + i + "]." + store));
                }
            }
        }
        return Optional.empty();
    }

    /** Returns whether the template or Argo defines a container of this name in the node's pod. */
    boolean definesContainer(NodeState node, String container) {
        if (container.equals("main")
                || ContainerNames.EXECUTOR.contains(container)
                || container.startsWith(ContainerNames.DRIVER_SIDECAR)) {
            return true;
        }
        return template(node.template())
                .map(template -> index(template.path("sidecars"), container) >= 0
                        || index(template.path("initContainers"), container) >= 0
                        || index(template.path("containerSet").path("containers"), container) >= 0)
                .orElse(true);
    }

    /** Returns whether the template of the node has an init container of this name. */
    boolean hasInit(NodeState node, String container) {
        return template(node.template())
                .filter(template -> index(template.path("initContainers"), container) >= 0)
                .isPresent();
    }

    /** Returns whether the step or task of this node has {@code continueOn} for such an end. */
    boolean continuesAfter(NodeState node) {
        NodeState boundary = workflow.nodes().get(node.boundary());
        if (boundary == null) {
            return false;
        }
        JsonNode call = call(boundary.template(), callName(node));
        return call.path("continueOn").path("failed").asBoolean()
                        && node.phase().equals("Failed")
                || call.path("continueOn").path("error").asBoolean()
                        && node.phase().equals("Error");
    }

    /** Returns the name of the step or task: {@code compile} for the node {@code compile(0:x)}. */
    private static String callName(NodeState node) {
        int loop = node.displayName().indexOf('(');
        return loop < 0 ? node.displayName() : node.displayName().substring(0, loop);
    }

    private JsonNode call(String template, String name) {
        JsonNode caller = template(template).orElseGet(workflow.manifest()::objectNode);
        for (JsonNode group : caller.path("steps")) {
            for (JsonNode step : group) {
                if (Json.text(step, "name").equals(name)) {
                    return step;
                }
            }
        }
        for (JsonNode task : caller.path("dag").path("tasks")) {
            if (Json.text(task, "name").equals(name)) {
                return task;
            }
        }
        return workflow.manifest().objectNode();
    }

    private Optional<JsonNode> template(String name) {
        return workflow.spec()
                .path("templates")
                .valueStream()
                .filter(each -> Json.text(each, "name").equals(name))
                .findFirst();
    }

    private JsonNode ownTemplates() {
        return workflow.manifest().path("spec").path("templates");
    }

    private int index(String template) {
        return index(ownTemplates(), template);
    }

    private static int index(JsonNode list, String name) {
        for (int i = 0; i < list.size(); i++) {
            if (!name.isEmpty() && Json.text(list.path(i), "name").equals(name)) {
                return i;
            }
        }
        return -1;
    }

    private static String dotted(String path) {
        return path.isEmpty() ? "" : "." + path;
    }
}
