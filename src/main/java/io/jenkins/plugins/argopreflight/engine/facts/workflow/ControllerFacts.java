package io.jenkins.plugins.argopreflight.engine.facts.workflow;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoVersion;
import io.jenkins.plugins.argopreflight.engine.argo.model.Controller;
import io.jenkins.plugins.argopreflight.engine.argo.model.ControllerAssumptions;
import io.jenkins.plugins.argopreflight.engine.argo.model.ControllerAssumptions.Reason;
import io.jenkins.plugins.argopreflight.engine.argo.model.ControllerAssumptions.VersionSource;
import io.jenkins.plugins.argopreflight.engine.argo.model.ControllerFlags;
import io.jenkins.plugins.argopreflight.engine.argo.model.Missing;
import io.jenkins.plugins.argopreflight.engine.facts.object.ClusterReader;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ArgoInstallation;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Once;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.fact.Unavailable;
import io.jenkins.plugins.argopreflight.engine.model.fix.Command;
import io.jenkins.plugins.argopreflight.engine.model.fix.Option;
import io.jenkins.plugins.argopreflight.engine.model.fix.Shell;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The configuration of the workflow-controller, as far as it is known. The Deployment has the version, the flags and
 * the name of the ConfigMap. Argo's defaults replace unknown values, which are reported.
 */
public final class ControllerFacts {

    private static final String ABSENT = "there is no ConfigMap";
    private static final String PLUGIN_LABEL = "workflows.argoproj.io/configmap-type=ExecutorPlugin";

    /** A part of the configuration that is assumed if it could not be read. */
    private enum Part {
        SETTINGS(
                "the controller's settings (taken as none; give " + Option.CONTROLLER_CONFIG + ")",
                "the controller's ConfigMap"),
        FLAGS("the controller's flags (taken as its defaults)", "the controller's Deployment"),
        VERSION(assumedVersion(ArgoVersion.NEWEST + "; give " + Option.ARGO_VERSION), "Argo's version");

        /** The name of the unknown fact in reports. */
        private final String fact;

        private final String object;

        Part(String fact, String object) {
            this.fact = fact;
            this.object = object;
        }
    }

    private final WorkflowRequest request;
    private final List<Unavailable> unavailable = new ArrayList<>();
    /** The parts that are unknown: not read, or not valid, or not in what was read. */
    private final Map<Part, Unavailable> unknownParts = new EnumMap<>(Part.class);

    private final Map<Part, Reason> reasons = new EnumMap<>(Part.class);
    private final List<Reason> pluginReasons = new ArrayList<>();
    private VersionSource versionSource = VersionSource.REPORTED;
    private String source = "";
    private Controller controller;
    private Fact<Document> document = Fact.unknown("not read");

    private ControllerFacts(WorkflowRequest request, ClusterReader cluster) {
        this.request = request;
        this.controller =
                request.controllerFiles().isEmpty() ? askCluster(cluster) : readFiles(request.controllerFiles());
    }

    /**
     * Reads the configuration from the files to check, else from the cluster.
     *
     * @throws IllegalArgumentException if the files for the controller contain no configuration
     * @throws ManifestException if a setting in these files is not YAML
     */
    static ControllerFacts of(WorkflowRequest request, ClusterReader cluster) {
        ControllerFacts facts = new ControllerFacts(request, cluster);
        facts.setVersionOfExecutor();
        facts.controller = facts.controller.withAssumptions(facts.assumed());
        facts.reportAssumedRules();
        return facts;
    }

    /**
     * Returns the reasons for assumed defaults. An object that does not exist is known: Argo's defaults apply. The
     * environment is known only if the Deployment could be read.
     */
    private ControllerAssumptions assumed() {
        Reason flags = reason(Part.FLAGS);
        Unavailable unknownFlags = unknownParts.get(Part.FLAGS);
        Reason environment = unknownFlags == null ? Reason.NONE : new Reason(unknownFlags.reason(), flags.unread());
        return new ControllerAssumptions(
                versionSource,
                reason(Part.SETTINGS),
                flags,
                environment,
                controller.namesExecutorImage() ? Reason.NONE : executorImage(),
                Stream.concat(Stream.of(environment), pluginReasons.stream())
                        .filter(reason -> !reason.isEmpty())
                        .findFirst()
                        .orElse(Reason.NONE));
    }

    /** Returns the reason why the executor image is assumed. It has an unread fact if one right would make it known. */
    private Reason executorImage() {
        List<Part> unknown =
                Stream.of(Part.values()).filter(part -> !reason(part).isEmpty()).toList();
        List<Optional<Missing>> unread =
                unknown.stream().map(part -> reason(part).unread()).distinct().toList();
        return new Reason(
                unknown.stream()
                        .map(part -> part.object + " could not be read: "
                                + reason(part).text())
                        .collect(Collectors.joining("; ")),
                unread.size() == 1 ? unread.get(0) : Optional.empty());
    }

    private Reason reason(Part part) {
        return reasons.getOrDefault(part, Reason.NONE);
    }

    Controller controller() {
        return controller;
    }

    /** The source of the settings; {@code ""} if they are unknown. */
    String source() {
        return source;
    }

    /** The ConfigMap of the controller; Unknown if it was not found or could not be read. */
    Fact<Document> settings() {
        return document;
    }

    List<Unavailable> unseen() {
        return unavailable;
    }

    /** Reads the configuration from files: a ConfigMap, and a Deployment if there is one. */
    private Controller readFiles(List<Document> files) {
        Optional<Document> workload = files.stream()
                .filter(file -> ControllerFlags.of(file.root()).isPresent())
                .findFirst();
        String name = configMapName(workload);
        List<Document> maps =
                files.stream().filter(file -> file.kind().equals("ConfigMap")).toList();
        Document settings = maps.stream()
                .filter(map -> map.name().equals(name))
                .findFirst()
                .or(() -> maps.size() == 1 ? Optional.of(maps.get(0)) : Optional.empty())
                .orElseThrow(() -> new IllegalArgumentException("no ConfigMap \"" + name + "\" in "
                        + files.get(0).file() + ": give the output of "
                        + Shell.inline(Command.kubectl("get", "configmap,deployment")
                                .namespace(request.argoNamespace())
                                .with("-o", "yaml"))));
        source = settings.toString();
        document = Fact.known(settings);
        return Controller.of(
                settings,
                flags(Fact.known(workload), "no Deployment of the controller is in the given files"),
                version(Fact.known(workload)),
                maps);
    }

    /** Reads the configuration from the cluster: the Deployment of the controller and the ConfigMap that it uses. */
    private Controller askCluster(ClusterReader cluster) {
        Once<Fact<Optional<Document>>> deployment = new Once<>(() -> findWorkload(cluster));
        Once<Fact<Optional<Document>>> usualConfigMap = new Once<>(
                () -> cluster.get(Resource.CONFIG_MAPS, request.argoNamespace(), configMapName(Optional.empty())));
        Once.all(deployment, usualConfigMap);
        Fact<Optional<Document>> workload =
                deployment.get().ifKnown().flatMap(found -> found).isPresent()
                                || cluster.argo().isEmpty()
                        ? deployment.get()
                        : Fact.known(cluster.argo().map(this::workloadOf));
        ControllerFlags flags = flags(workload, "no Deployment in namespace " + request.argoNamespace() + " runs it");
        ArgoVersion version = cluster.argo()
                .filter(reported -> request.argoVersion().isEmpty())
                .flatMap(reported -> ArgoVersion.parse(reported.version()))
                .orElseGet(() -> version(workload));
        String name = configMapName(workload.ifKnown().flatMap(found -> found));
        Fact<Optional<Document>> map = cluster.get(Resource.CONFIG_MAPS, request.argoNamespace(), name);
        Optional<Document> settings = map.ifKnown().flatMap(found -> found);
        Controller defaults = Controller.of(emptySettings(name), flags, version, List.of());
        if (settings.isEmpty()) {
            String absent = ABSENT + " \"" + name + "\" in namespace " + request.argoNamespace();
            report(Part.SETTINGS, map, absent);
            document = map.flatMap(absentMap -> Fact.unknown(absent));
            return defaults;
        }
        document = Fact.known(settings.get());
        try {
            Controller controller = Controller.of(settings.get(), flags, version, plugins(cluster, flags));
            source = settings.get().file();
            return controller;
        } catch (ManifestException e) {
            report(Part.SETTINGS, Unavailable.optional(Part.SETTINGS.fact, e.getMessage(), Optional.empty()));
            reasons.put(Part.SETTINGS, new Reason(e.getMessage(), Optional.empty()));
            return defaults;
        }
    }

    /** Returns a workload with the values of the controller that the snapshot lists. Other values are defaults. */
    private Document workloadOf(ArgoInstallation argo) {
        ObjectNode workload = JsonNodeFactory.instance.objectNode();
        workload.putObject("metadata")
                .put("namespace", argo.namespace().isEmpty() ? request.argoNamespace() : argo.namespace());
        ObjectNode pod = workload.putObject("spec").putObject("template").putObject("spec");
        pod.put("serviceAccountName", argo.serviceAccount());
        ObjectNode container = pod.putArray("containers").addObject().put("name", "workflow-controller");
        ArrayNode arguments = container.putArray("args");
        argo.flags().forEach(arguments::add);
        if (!argo.managedNamespace().isEmpty()) {
            arguments.add("--namespaced=true").add("--managed-namespace=" + argo.managedNamespace());
        }
        return Document.of("the controller in the snapshot", workload);
    }

    private static Document emptySettings(String name) {
        return Document.of(name, JsonNodeFactory.instance.objectNode());
    }

    private Fact<Optional<Document>> findWorkload(ClusterReader cluster) {
        Fact<List<Document>> all = cluster.list(Resource.DEPLOYMENTS, request.argoNamespace(), "");
        return all.fold(
                found -> Fact.known(found.stream()
                        .filter(each -> ControllerFlags.of(each.root()).isPresent())
                        .findFirst()),
                unknown -> unknown.missingRight().isEmpty()
                        ? Fact.unknown(unknown.reason())
                        : cluster.get(Resource.DEPLOYMENTS, request.argoNamespace(), "workflow-controller"));
    }

    private List<Document> plugins(ClusterReader cluster, ControllerFlags flags) {
        if (!flags.environment().getOrDefault("ARGO_EXECUTOR_PLUGINS", "false").equals("true")) {
            return List.of();
        }
        List<Document> plugins = new ArrayList<>();
        List.of(request.argoNamespace(), request.namespace()).stream()
                .distinct()
                .forEach(namespace -> {
                    Fact<List<Document>> pluginsOfNamespace =
                            cluster.list(Resource.CONFIG_MAPS, namespace, PLUGIN_LABEL);
                    pluginsOfNamespace.ifKnown().ifPresent(plugins::addAll);
                    pluginsOfNamespace.ifUnknown().ifPresent(unknown -> {
                        unavailable.add(unavailable("executor plugins in namespace " + namespace, unknown));
                        pluginReasons.add(reason(unknown));
                    });
                });
        return plugins;
    }

    private static String configMapName(Optional<Document> workload) {
        return ControllerFlags.configMap(workload.map(Document::root).orElseGet(JsonNodeFactory.instance::objectNode));
    }

    private ControllerFlags flags(Fact<Optional<Document>> workload, String absent) {
        Optional<ControllerFlags> flags =
                workload.ifKnown().flatMap(found -> found).flatMap(found -> ControllerFlags.of(found.root()));
        if (flags.isEmpty()) {
            report(Part.FLAGS, workload, absent);
        }
        return flags.filter(each -> !each.namespace().isEmpty())
                .orElseGet(() -> ControllerFlags.defaults(request.argoNamespace()));
    }

    private ArgoVersion version(Fact<Optional<Document>> workload) {
        if (request.argoVersion().isPresent()) {
            return request.argoVersion().get();
        }
        Optional<ArgoVersion> version =
                workload.ifKnown().flatMap(known -> known).flatMap(known -> ControllerFlags.version(known.root()));
        if (version.isEmpty()) {
            report(Part.VERSION, workload, "no tag of a controller's image says it");
            versionSource = VersionSource.NEWEST;
        }
        return version.orElse(ArgoVersion.NEWEST);
    }

    /** Sets an unknown version to that of the executor image's tag: controller and executor are released together. */
    private void setVersionOfExecutor() {
        Unavailable unknown = unknownParts.get(Part.VERSION);
        Optional<ArgoVersion> executor = unknown != null && controller.namesExecutorImage()
                ? ControllerFlags.versionOfExecutor(controller.executorImage())
                : Optional.empty();
        if (unknown == null || executor.isEmpty()) {
            return;
        }
        unavailable.remove(unknown);
        unknownParts.remove(Part.VERSION);
        unavailable.add(Unavailable.optional(
                assumedVersion(executor.get() + ", the tag of the executor image; give --argo-version"),
                unknown.reason(),
                unknown.missingRight()));
        reasons.remove(Part.VERSION);
        versionSource = VersionSource.EXECUTOR_IMAGE;
        controller = controller.of(executor.get());
    }

    /** Reports a release whose rules are not known. */
    private void reportAssumedRules() {
        ArgoVersion version = controller.version();
        version.assumedRelease()
                .ifPresent(known -> unavailable.add(Unavailable.optional(
                        "the rules of Argo " + version + " (taken as those of " + known + ")",
                        version.compareTo(known) < 0
                                ? "it is older than the releases that Argo Preflight knows"
                                : "it is newer than the newest release of its line that Argo Preflight knows",
                        Optional.empty())));
    }

    private static String assumedVersion(String assumption) {
        return "Argo's version (taken as " + assumption + ")";
    }

    /**
     * Reports a part that is unknown.
     *
     * @param absent the reason if the object was read and lacks the part
     */
    private void report(Part part, Fact<?> fact, String absent) {
        fact.ifUnknown().ifPresent(unknown -> reasons.put(part, reason(unknown)));
        report(
                part,
                fact.fold(
                        known -> Unavailable.optional(part.fact, absent, Optional.empty()),
                        unknown -> unavailable(part.fact, unknown)));
    }

    private void report(Part part, Unavailable unknownPart) {
        unknownParts.put(part, unknownPart);
        unavailable.add(unknownPart);
    }

    private static Unavailable unavailable(String fact, Fact.Unknown<?> unknown) {
        return Unavailable.optional(fact, unknown.reason(), unknown.missingRight());
    }

    private static Reason reason(Fact.Unknown<?> unknown) {
        return new Reason(unknown.reason(), Optional.of(Missing.Unread.of(unknown)));
    }
}
