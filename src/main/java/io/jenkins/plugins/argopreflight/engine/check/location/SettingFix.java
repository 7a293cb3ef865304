package io.jenkins.plugins.argopreflight.engine.check.location;

import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.argo.model.ContainerNames;
import io.jenkins.plugins.argopreflight.engine.argo.model.FieldSource;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.location.ArgoContainers.Writer;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.facts.pull.ImageHolder;
import io.jenkins.plugins.argopreflight.engine.facts.pull.PodPull;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.model.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.model.fix.ChangeField;
import io.jenkins.plugins.argopreflight.engine.model.fix.ChangeField.Place;
import io.jenkins.plugins.argopreflight.engine.model.fix.Fix;
import io.jenkins.plugins.argopreflight.engine.model.fix.Operand;
import io.jenkins.plugins.argopreflight.engine.model.fix.Yaml;
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
 * The fixes for containers that the user did not write: operators change the controller's ConfigMap or Deployment;
 * teams without access to these change the workflow. Source: argo-workflows
 * workflow/controller/{workflowpod,agent,artifact_gc}.go.
 */
public final class SettingFix {

    public static final String DRIVERS = "artifactDrivers";

    private SettingFix() {}

    /**
     * Returns the fixes that set a field in those containers that the user did not write: one fix for each place of
     * settings, then a patch of the pod.
     *
     * @param yaml the field of a container, such as {@code resources: {limits: {cpu: 100m}}}
     */
    public static List<Fix> of(
            Facts facts, WorkflowFacts workflow, ArgoPod pod, Collection<String> containers, Yaml yaml) {
        List<ImageHolder> holders = containers.stream()
                .flatMap(name -> ArgoContainers.holder(pod, name).stream())
                .toList();
        return ofHolders(facts, workflow, pod, holders, yaml);
    }

    /**
     * Returns the fixes that set a field in those containers and volumes that the user did not write.
     *
     * @param yaml the field of a container, such as {@code imagePullPolicy: Always}
     */
    public static List<Fix> ofHolders(
            Facts facts, WorkflowFacts workflow, ArgoPod pod, List<ImageHolder> holders, Yaml yaml) {
        Map<Writer, List<ImageHolder>> byWriter = holders.stream()
                .collect(Collectors.groupingBy(
                        holder -> ArgoContainers.writer(facts, pod, holder), LinkedHashMap::new, Collectors.toList()));
        byWriter.remove(Writer.USER);
        List<Fix> fixes = new ArrayList<>();
        List<ImageHolder> admissionContainers = byWriter.remove(Writer.ADMISSION);
        if (admissionContainers != null) {
            fixes.add(new AskPerson(
                    "cluster administrators",
                    "change it in the webhook or policy that adds "
                            + list(admissionContainers.stream()
                                    .map(ImageHolder::label)
                                    .toList())));
        }
        byWriter.keySet().stream()
                .map(writer -> operatorFix(facts, writer, yaml))
                .distinct()
                .forEach(fixes::add);
        List<ImageHolder> containersToPatch =
                byWriter.values().stream().flatMap(List::stream).toList();
        if (!containersToPatch.isEmpty()) {
            fixes.add(patchFix(facts, workflow, pod, containersToPatch, yaml));
        }
        return fixes;
    }

    /**
     * Returns the fixes that change the executor image, or the image of an artifact driver, with a patch for each kind
     * of pod that runs it.
     */
    public static List<Fix> image(Facts facts, List<PodPull> pulls, Operand image) {
        Set<Fix> fixes = new LinkedHashSet<>();
        Set<ArgoPod.Kind> kinds = EnumSet.noneOf(ArgoPod.Kind.class);
        pulls.stream()
                .filter(pull -> kinds.add(pull.pod().kind()))
                .forEach(pull -> fixes.addAll(imageFixes(facts, pull.workflow(), pull.pod(), pull.holder(), image)));
        return List.copyOf(fixes);
    }

    private static List<Fix> imageFixes(
            Facts facts, WorkflowFacts workflow, ArgoPod pod, ImageHolder holder, Operand image) {
        List<Fix> fixes = new ArrayList<>();
        Yaml field = Yaml.of("image: $image").with("image", image);
        if (ArgoContainers.writer(facts, pod, holder) == Writer.ARTIFACT_DRIVER) {
            Yaml driver = Yaml.of("name: $name")
                    .with("name", ContainerNames.driver(holder.name()))
                    .and(field);
            fixes.add(ChangeField.to(Yaml.of("data:\n  artifactDrivers: $drivers")
                            .literal("drivers", Yaml.list(List.of(driver))))
                    .at(ControllerPlaces.object(facts, "data.artifactDrivers"))
                    .because("operators: in key artifactDrivers (" + ControllerPlaces.edit(facts) + ")"));
            fixes.add(patchFix(facts, workflow, pod, List.of(holder), field));
            return fixes;
        }
        if (ArgoContainers.writer(facts, pod, holder) == Writer.EXECUTOR_PLUGIN) {
            return ofHolders(facts, workflow, pod, List.of(holder), field);
        }
        fixes.add(
                ControllerPlaces.executorImage(facts).kind().equals("Deployment")
                        ? ChangeField.to(Yaml.list(List.of(Yaml.of("$argument")
                                        .with("argument", Operand.joined(Operand.text("--executor-image="), image)))))
                                .because("operators: Deployment of the controller in namespace " + facts.argoNamespace()
                                        + ", args:")
                                .at(new Place(
                                        "",
                                        0,
                                        "Deployment",
                                        facts.argoNamespace(),
                                        "workflow-controller",
                                        "spec.template.spec.containers[0].args"))
                        : ControllerPlaces.executor(facts, field));
        List<ImageHolder> holders = ImageHolder.all(pod.spec()).stream()
                .filter(each -> each.isVolume()
                        ? each.equals(ImageHolder.EXECUTOR_VOLUME)
                        : facts.controller()
                                .putsExecutorImage(
                                        pod,
                                        each.imagePath(),
                                        facts.controller().executorImage()))
                .filter(each -> ArgoContainers.writer(facts, pod, each) != Writer.ARTIFACT_DRIVER)
                .filter(each -> ArgoContainers.writer(facts, pod, each) != Writer.EXECUTOR_PLUGIN)
                .toList();
        fixes.add(patchFix(facts, workflow, pod, holders, field));
        return fixes;
    }

    private static Fix operatorFix(Facts facts, Writer writer, Yaml yaml) {
        String field = yaml.field();
        return switch (writer) {
            case AGENT ->
                field.equals("resources")
                        ? ChangeField.to(Yaml.of("""
                                        env:
                                        - {name: ARGO_AGENT_CPU_LIMIT, value: 100m}
                                        - {name: ARGO_AGENT_MEMORY_LIMIT, value: 256M}
                                        """))
                                .because("operators: in the environment of the controller's Deployment in namespace "
                                        + facts.argoNamespace() + "; all else of the agent's " + field + " is fixed")
                                .at(new Place(
                                        "",
                                        0,
                                        "Deployment",
                                        facts.argoNamespace(),
                                        "workflow-controller",
                                        "spec.template.spec.containers[0]"))
                        : AskPerson.reader(
                                "Argo itself sets " + field + " of the agent: no setting of the controller changes it");
            case ARTIFACT_GC ->
                AskPerson.reader(
                        "Argo itself sets " + field + " of artifact GC: no setting of the controller changes it");
            case EXECUTOR_PLUGIN ->
                ChangeField.to(Yaml.of("data:\n  sidecar.container: $container").literal("container", yaml))
                        .at(new Place("", 0, "ConfigMap", facts.argoNamespace(), "", "data"))
                        .because("the owner of the plugin: in its ConfigMap (kubectl get configmap -A -l"
                                + " workflows.argoproj.io/configmap-type=ExecutorPlugin)");
            default -> ControllerPlaces.executor(facts, yaml);
        };
    }

    /** Returns the patch of containers and volumes, or advice if Argo does not patch this kind of pod. */
    private static Fix patchFix(
            Facts facts, WorkflowFacts workflow, ArgoPod pod, List<ImageHolder> holders, Yaml yaml) {
        if (pod.kind() != ArgoPod.Kind.WORKLOAD && !facts.controller().patchesEverywhere()) {
            return new AskPerson("teams", "Argo " + facts.controller().version() + " patches no such pod; 3.5 does");
        }
        List<Yaml> patch = new ArrayList<>();
        for (ImageHolder.Kind kind : List.of(ImageHolder.Kind.INIT_CONTAINER, ImageHolder.Kind.CONTAINER)) {
            List<Yaml> patches = holders.stream()
                    .filter(holder -> holder.kind() == kind)
                    .map(holder -> Yaml.of("name: $name")
                            .with("name", Operand.name("container", holder.name()))
                            .and(yaml))
                    .toList();
            if (!patches.isEmpty()) {
                patch.add(Yaml.list(patches).under(kind.list()));
            }
        }
        // The volume with the executor's image names these fields in its own way.
        if (holders.contains(ImageHolder.EXECUTOR_VOLUME)) {
            patch.add(Yaml.of("volumes:\n- name: argoexec-bin\n  image: $image")
                    .with("image", yaml.renamed("image", "reference").renamed("imagePullPolicy", "pullPolicy")));
        }
        return pod(workflow, pod, Yaml.merge(patch));
    }

    /** Returns the fix that sets a patch of a pod in the workflow. */
    public static Fix pod(WorkflowFacts workflow, ArgoPod pod, Yaml patch) {
        Yaml field = Yaml.of("podSpecPatch: $patch").literal("patch", patch);
        boolean isArtifactGc = pod.kind() == ArgoPod.Kind.ARTIFACT_GC;
        String spec = SpecPlaces.path(workflow.document());
        return ChangeField.to((isArtifactGc ? field.under("artifactGC") : field).under(spec.split("\\.")))
                .at(Places.place(workflow, spec + (isArtifactGc ? ".artifactGC." : ".") + ChangeField.POD_PATCH))
                .orIf("without access to the controller: in the workflow, or the template that it refers to");
    }

    /** Returns whether one of the fixes patches a pod. */
    public static boolean containsPodPatch(List<Fix> fixes) {
        return fixes.stream().anyMatch(fix -> fix instanceof ChangeField change && change.isPodPatch());
    }

    /**
     * Returns the place at which to fix a field of one of Argo's own containers: where the field was set, or otherwise
     * the controller's {@code executor}. If the controller has no setting for the container, the place is the patch of
     * the pod in the workflow.
     */
    public static Subject place(Facts facts, WorkflowFacts workflow, ArgoPod pod, String container, String field) {
        return ArgoContainers.holder(pod, container)
                .map(holder -> place(facts, workflow, pod, holder, field))
                .orElseThrow();
    }

    /** Returns the place at which to fix a field of a container or volume that Argo adds. */
    public static Subject place(Facts facts, WorkflowFacts workflow, ArgoPod pod, ImageHolder holder, String field) {
        String path = holder.path() + "." + field;
        FieldSource source = pod.origin(path).source();
        if (source != FieldSource.ARGO && source != FieldSource.EXECUTOR) {
            return Places.of(workflow, pod, path);
        }
        String container = holder.label();
        return switch (ArgoContainers.writer(facts, pod, holder)) {
            case EXECUTOR, ARTIFACT_DRIVER ->
                ControllerPlaces.setting(facts, "executor", facts.controller().path("executor") + "." + field)
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

    /** Returns the distinct names as a list: {@code init, wait}. */
    public static String list(List<String> names) {
        return names.stream().distinct().collect(Collectors.joining(", "));
    }
}
