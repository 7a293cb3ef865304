package io.jenkins.plugins.argopreflight.engine.check.rules;

import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.rules.ArgoContainers.Writer;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.collect.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.workflow.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.workflow.Source;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What to set, and where, for containers that the user did not write: by operators in the controller's ConfigMap or
 * Deployment, by teams who may not change it in the workflow. Source: argo-workflows workflow/controller/
 * {workflowpod,agent,artifact_gc}.go.
 */
final class Knobs {

    static final String DRIVERS = "artifactDrivers";

    private Knobs() {}

    /**
     * One block for each way.
     *
     * @param yaml the field as it stands in a container, such as {@code resources:\n  limits: {cpu: 100m}}
     */
    static List<String> of(Facts facts, ArgoPod pod, Collection<String> containers, String yaml) {
        Map<Writer, List<String>> byWriter = containers.stream()
                .collect(Collectors.groupingBy(
                        name -> ArgoContainers.writer(facts, pod, name), LinkedHashMap::new, Collectors.toList()));
        byWriter.remove(Writer.USER);
        List<String> blocks = new ArrayList<>();
        byWriter.keySet().stream()
                .map(writer -> operators(facts, writer, yaml))
                .distinct()
                .forEach(blocks::add);
        List<String> own = byWriter.values().stream().flatMap(List::stream).toList();
        if (!own.isEmpty()) {
            blocks.add(patch(facts, pod, own, yaml));
        }
        return blocks;
    }

    /** For the executor image, or an artifact driver's; a patch for each kind of pod that runs it. */
    static List<String> image(Facts facts, List<PullCause> causes, String image) {
        Set<String> blocks = new LinkedHashSet<>();
        Set<ArgoPod.Kind> kinds = EnumSet.noneOf(ArgoPod.Kind.class);
        causes.stream()
                .filter(cause -> kinds.add(cause.row().pod().kind()))
                .forEach(cause -> blocks.addAll(
                        image(facts, cause.row().pod(), cause.row().container(), image)));
        return List.copyOf(blocks);
    }

    private static List<String> image(Facts facts, ArgoPod pod, String container, String image) {
        List<String> blocks = new ArrayList<>();
        if (ArgoContainers.writer(facts, pod, container) == Writer.ARTIFACT_DRIVER) {
            blocks.add(
                    "# operators: in key artifactDrivers (" + Operators.edit(facts) + ")\ndata:\n  artifactDrivers: |\n"
                            + "    - name: " + driver(container) + "\n      image: " + image);
            blocks.add(patch(facts, pod, List.of(container), "image: " + image));
            return blocks;
        }
        if (ArgoContainers.writer(facts, pod, container) == Writer.EXECUTOR_PLUGIN) {
            return of(facts, pod, List.of(container), "image: " + image);
        }
        blocks.add(
                Operators.executorImage(facts).kind().equals("Deployment")
                        ? "# operators: Deployment of the controller in namespace " + facts.argoNamespace()
                                + ", args:\n- --executor-image=" + image
                        : Operators.executor(facts, "image: " + image));
        List<String> all = ArgoContainers.executors(pod).stream()
                .filter(name -> name.equals(ArgoContainers.EXECUTOR_VOLUME)
                        || facts.controller()
                                .putsExecutorImage(
                                        pod,
                                        ArgoContainers.path(pod, name) + ".image",
                                        facts.controller().executorImage()))
                .filter(name -> ArgoContainers.writer(facts, pod, name) != Writer.ARTIFACT_DRIVER)
                .filter(name -> ArgoContainers.writer(facts, pod, name) != Writer.EXECUTOR_PLUGIN)
                .toList();
        blocks.add(patch(facts, pod, all, "image: " + image));
        return blocks;
    }

    private static String driver(String container) {
        return container.replaceFirst("^(artifact-plugin|init-artifact)-", "");
    }

    private static String operators(Facts facts, Writer writer, String yaml) {
        String field = yaml.strip().split(":", 2)[0].replaceFirst("(?s).*\n", "");
        return switch (writer) {
            case AGENT ->
                field.equals("resources")
                        ? "# operators: in the environment of the controller's Deployment in namespace "
                                + facts.argoNamespace() + "; all else of the agent's " + field + " is fixed\nenv:\n"
                                + "- {name: ARGO_AGENT_CPU_LIMIT, value: 100m}\n"
                                + "- {name: ARGO_AGENT_MEMORY_LIMIT, value: 256M}"
                        : "# Argo itself sets " + field + " of the agent: no setting of the controller changes it";
            case ARTIFACT_GC ->
                "# Argo itself sets " + field + " of artifact GC: no setting of the controller changes it";
            case EXECUTOR_PLUGIN ->
                "# whoever installed the plugin: in its ConfigMap (kubectl get configmap -A -l"
                        + " workflows.argoproj.io/configmap-type=ExecutorPlugin)\ndata:\n  sidecar.container: |\n"
                        + yaml.indent(4).stripTrailing();
            default -> Operators.executor(facts, yaml);
        };
    }

    /** A patch of these containers, where the pod takes one. */
    private static String patch(Facts facts, ArgoPod pod, List<String> names, String yaml) {
        if (pod.kind() != ArgoPod.Kind.WORKLOAD && !facts.controller().patchesEverywhere()) {
            return "# teams: Argo " + facts.controller().version() + " patches no such pod; 3.5 does";
        }
        StringBuilder patch = new StringBuilder();
        for (String list : List.of("initContainers", "containers")) {
            List<String> here = names.stream()
                    .filter(name -> ArgoContainers.path(pod, name).startsWith("spec." + list + "["))
                    .toList();
            if (!here.isEmpty()) {
                patch.append(list).append(":\n");
                here.forEach(name ->
                        patch.append("- name: ").append(name).append('\n').append(yaml.indent(2)));
            }
        }
        if (names.contains(ArgoContainers.EXECUTOR_VOLUME)) {
            patch.append("volumes:\n- name: argoexec-bin\n  image:\n")
                    .append(yaml.replaceFirst("^image:", "reference:")
                            .replaceFirst("^imagePullPolicy:", "pullPolicy:")
                            .indent(4));
        }
        return inWorkflow(pod, patch.toString());
    }

    /** What is laid over the whole pod. */
    static String pod(ArgoPod pod, String yaml) {
        return inWorkflow(pod, yaml);
    }

    private static String inWorkflow(ArgoPod pod, String patch) {
        boolean gc = pod.kind() == ArgoPod.Kind.ARTIFACT_GC;
        return "# teams who may not change the controller: in the workflow, or the template that it refers to\nspec:\n"
                + (gc ? "  artifactGC:\n    podSpecPatch: |\n" : "  podSpecPatch: |\n")
                + patch.indent(gc ? 6 : 4).stripTrailing();
    }

    /**
     * Where to mend a field of one of Argo's own containers: where it was set, else the controller's {@code executor};
     * where no setting reaches the container, the workflow's patch.
     */
    static Subject place(Facts facts, WorkflowFacts workflow, ArgoPod pod, String container, String field) {
        Source source =
                pod.origin(ArgoContainers.path(pod, container) + "." + field).source();
        if (source != Source.ARGO && source != Source.EXECUTOR) {
            return Places.of(workflow, pod, ArgoContainers.path(pod, container) + "." + field);
        }
        return switch (ArgoContainers.writer(facts, pod, container)) {
            case EXECUTOR, ARTIFACT_DRIVER ->
                Operators.setting(facts, "executor", facts.controller().path("executor") + "." + field)
                        .container(container);
            case ARTIFACT_GC ->
                Places.workflow(workflow, "spec.artifactGC.podSpecPatch")
                        .at(pod.templateLocation())
                        .container(container);
            default ->
                Places.workflow(workflow, "spec.podSpecPatch")
                        .at(pod.templateLocation())
                        .container(container);
        };
    }

    /** {@code init, wait}. */
    static String list(List<String> names) {
        return names.stream().distinct().collect(Collectors.joining(", "));
    }
}
