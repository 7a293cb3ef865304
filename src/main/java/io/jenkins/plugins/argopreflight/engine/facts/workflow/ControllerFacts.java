package io.jenkins.plugins.argopreflight.engine.facts.workflow;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoVersion;
import io.jenkins.plugins.argopreflight.engine.argo.model.Controller;
import io.jenkins.plugins.argopreflight.engine.argo.model.ControllerAssumptions;
import io.jenkins.plugins.argopreflight.engine.argo.model.ControllerAssumptions.Reason;
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
import java.util.HashMap;
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

    /** The name of the fact for the flags of the controller. */
    public static final String FLAGS = "the controller's flags (taken as its defaults)";

    /** The name of the fact for Argo's version. */
    public static final String VERSION =
            Unavailable.ASSUMED_VERSION + ArgoVersion.NEWEST + "; give " + Option.ARGO_VERSION + ")";

    private static final String SETTINGS =
            "the controller's settings (taken as none; give " + Option.CONTROLLER_CONFIG + ")";
    private static final String ABSENT = "there is no ConfigMap";
    /** The object of each fact. */
    private static final Map<String, String> NAMES = Map.of(
            FLAGS, "the controller's Deployment", SETTINGS, "the controller's ConfigMap", VERSION, "Argo's version");

    private static final String PLUGINS = "executor plugins in namespace ";
    private static final String PLUGIN_LABEL = "workflows.argoproj.io/configmap-type=ExecutorPlugin";

    private final WorkflowRequest request;
    private final List<Unavailable> unavailable = new ArrayList<>();
    private final Map<String, Reason> reasons = new HashMap<>();
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
        Reason flags = reason(FLAGS);
        Reason environment = unavailable.stream()
                .filter(each -> each.fact().equals(FLAGS))
                .map(each -> new Reason(each.reason(), flags.unread()))
                .findFirst()
                .orElse(Reason.NONE);
        return new ControllerAssumptions(
                reason(SETTINGS),
                flags,
                environment,
                controller.namesExecutorImage() ? Reason.NONE : executorImage(),
                Stream.of(environment, reason(PLUGINS + request.argoNamespace()), reason(PLUGINS + request.namespace()))
                        .filter(reason -> !reason.isEmpty())
                        .findFirst()
                        .orElse(Reason.NONE));
    }

    /** Returns the reason why the executor image is assumed. It has an unread fact if one right would make it known. */
    private Reason executorImage() {
        List<String> unknown = Stream.of(SETTINGS, FLAGS, VERSION)
                .filter(name -> !reason(name).isEmpty())
                .toList();
        List<Optional<Missing>> unread =
                unknown.stream().map(name -> reason(name).unread()).distinct().toList();
        return new Reason(
                unknown.stream()
                        .map(name -> NAMES.get(name) + " could not be read: "
                                + reason(name).text())
                        .collect(Collectors.joining("; ")),
                unread.size() == 1 ? unread.get(0) : Optional.empty());
    }

    private Reason reason(String name) {
        return reasons.getOrDefault(name, Reason.NONE);
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
            report(SETTINGS, map, absent);
            document = map.flatMap(absentMap -> Fact.unknown(absent));
            return defaults;
        }
        document = Fact.known(settings.get());
        try {
            Controller controller = Controller.of(settings.get(), flags, version, plugins(cluster, flags));
            source = settings.get().file();
            return controller;
        } catch (ManifestException e) {
            unavailable.add(Unavailable.optional(SETTINGS, e.getMessage(), Optional.empty()));
            reasons.put(SETTINGS, new Reason(e.getMessage(), Optional.empty()));
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
                    report(PLUGINS + namespace, pluginsOfNamespace, "");
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
            report(FLAGS, workload, absent);
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
            report(VERSION, workload, "no tag of a controller's image says it");
        }
        return version.orElse(ArgoVersion.NEWEST);
    }

    /** Sets an unknown version to that of the executor image's tag: controller and executor are released together. */
    private void setVersionOfExecutor() {
        Optional<Unavailable> unknown =
                unavailable.stream().filter(each -> each.fact().equals(VERSION)).findFirst();
        Optional<ArgoVersion> executor = unknown.isPresent() && controller.namesExecutorImage()
                ? ControllerFlags.versionOfExecutor(controller.executorImage())
                : Optional.empty();
        if (executor.isEmpty()) {
            return;
        }
        String assumed =
                Unavailable.ASSUMED_VERSION + executor.get() + ", the tag of the executor image; give --argo-version)";
        unavailable.remove(unknown.get());
        unavailable.add(new Unavailable(
                assumed,
                unknown.get().reason(),
                unknown.get().missingRight(),
                unknown.get().asked()));
        reasons.remove(VERSION);
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

    /**
     * Reports a fact that is unknown.
     *
     * @param absent the reason if the object was read and lacks the value; {@code ""} if a value that is lacking is
     *     known
     */
    private void report(String name, Fact<?> fact, String absent) {
        fact.ifUnknown().ifPresent(unknown -> {
            unavailable.add(Unavailable.optional(name, unknown.reason(), unknown.missingRight()));
            reasons.put(name, new Reason(unknown.reason(), Optional.of(Missing.Unread.of(unknown))));
        });
        if (!fact.isUnknown() && !absent.isEmpty()) {
            unavailable.add(Unavailable.optional(name, absent, Optional.empty()));
        }
    }
}
