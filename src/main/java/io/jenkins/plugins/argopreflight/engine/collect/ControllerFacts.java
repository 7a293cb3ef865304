package io.jenkins.plugins.argopreflight.engine.collect;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.cluster.ArgoInstallation;
import io.jenkins.plugins.argopreflight.engine.cluster.Once;
import io.jenkins.plugins.argopreflight.engine.cluster.Resource;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.fact.Unseen;
import io.jenkins.plugins.argopreflight.engine.fix.Command;
import io.jenkins.plugins.argopreflight.engine.fix.Shell;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.manifest.ManifestException;
import io.jenkins.plugins.argopreflight.engine.workflow.ArgoVersion;
import io.jenkins.plugins.argopreflight.engine.workflow.Assumed;
import io.jenkins.plugins.argopreflight.engine.workflow.Controller;
import io.jenkins.plugins.argopreflight.engine.workflow.ControllerFlags;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How the workflow-controller is configured, as far as it is known; what is not known is told, and taken as Argo's
 * default. Its Deployment says the version, the flags, and which ConfigMap it reads.
 */
final class ControllerFacts {

    private static final String FLAGS = "the controller's flags (taken as its defaults)";
    static final String VERSION = "Argo's version (taken as " + ArgoVersion.NEWEST + "; give --argo-version)";
    private static final String SETTINGS = "the controller's settings (taken as none; give --controller-config)";
    private static final String ABSENT = "there is no ConfigMap";
    private static final Map<String, String> NAMES = Map.of(
            FLAGS, "the controller's Deployment", SETTINGS, "the controller's ConfigMap", VERSION, "Argo's version");
    private static final String PLUGIN_LABEL = "workflows.argoproj.io/configmap-type=ExecutorPlugin";

    private final WorkflowRequest request;
    private final List<Unseen> unseen = new ArrayList<>();
    private final Map<String, String> hidden = new HashMap<>();
    private String source = "";
    private Controller controller;
    private Fact<Document> document = Fact.unknown("nobody looked");

    private ControllerFacts(WorkflowRequest request) {
        this.request = request;
    }

    /**
     * Asks the given files, else the cluster.
     *
     * @throws IllegalArgumentException when the given files hold no configuration
     * @throws ManifestException when a setting in the given files is no YAML
     */
    static ControllerFacts of(WorkflowRequest request, ClusterReader cluster) {
        ControllerFacts facts = new ControllerFacts(request);
        if (request.controllerFiles().isEmpty()) {
            facts.ask(cluster);
        } else {
            facts.read(request.controllerFiles());
        }
        facts.controller = facts.controller.assuming(facts.assumed());
        return facts;
    }

    /** What was not there when we looked is known: then Argo's defaults hold. */
    private Assumed assumed() {
        String settings = why(SETTINGS);
        String image = Stream.of(SETTINGS, FLAGS, VERSION)
                .map(what -> why(what).isEmpty() ? "" : NAMES.get(what) + " could not be read: " + why(what))
                .filter(why -> !why.isEmpty())
                .collect(Collectors.joining("; "));
        return new Assumed(settings, why(FLAGS), controller.namesExecutorImage() ? "" : image);
    }

    private String why(String what) {
        return hidden.getOrDefault(what, "");
    }

    Controller controller() {
        return controller;
    }

    /** Where the settings come from; "" when nobody knows them. */
    String source() {
        return source;
    }

    /** The ConfigMap as it stands. */
    Fact<Document> settings() {
        return document;
    }

    List<Unseen> unseen() {
        return unseen;
    }

    private void read(List<Document> files) {
        Optional<Document> workload = files.stream()
                .filter(file -> ControllerFlags.of(file.root()).isPresent())
                .findFirst();
        String name = name(workload);
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
        controller = Controller.of(
                settings,
                flags(Fact.known(workload), "no Deployment of the controller is in the given files"),
                version(Fact.known(workload)),
                maps);
    }

    private void ask(ClusterReader cluster) {
        Once<Fact<Optional<Document>>> deployment = new Once<>(() -> workload(cluster));
        Once<Fact<Optional<Document>>> usual =
                new Once<>(() -> cluster.get(Resource.CONFIG_MAPS, request.argoNamespace(), name(Optional.empty())));
        Once.all(deployment, usual);
        Fact<Optional<Document>> workload =
                deployment.get().ifKnown().flatMap(found -> found).isPresent()
                                || cluster.argo().isEmpty()
                        ? deployment.get()
                        : Fact.known(cluster.argo().map(this::told));
        ControllerFlags flags = flags(workload, "no Deployment in namespace " + request.argoNamespace() + " runs it");
        ArgoVersion version = cluster.argo()
                .filter(told -> request.argoVersion().isEmpty())
                .flatMap(told -> ArgoVersion.parse(told.version()))
                .orElseGet(() -> version(workload));
        String name = name(workload.ifKnown().flatMap(found -> found));
        Fact<Optional<Document>> map = cluster.get(Resource.CONFIG_MAPS, request.argoNamespace(), name);
        Optional<Document> settings = map.ifKnown().flatMap(found -> found);
        controller = Controller.of(none(name), flags, version, List.of());
        if (settings.isEmpty()) {
            String absent = ABSENT + " \"" + name + "\" in namespace " + request.argoNamespace();
            tell(SETTINGS, map, absent);
            document = map instanceof Fact.Unknown<Optional<Document>> why
                    ? new Fact.Unknown<>(why.reason(), why.missingRight())
                    : Fact.unknown(absent);
            return;
        }
        document = Fact.known(settings.get());
        try {
            controller = Controller.of(settings.get(), flags, version, plugins(cluster, flags));
            source = settings.get().file();
        } catch (ManifestException e) {
            unseen.add(new Unseen(SETTINGS, e.getMessage(), Optional.empty(), false));
            hidden.put(SETTINGS, e.getMessage());
        }
    }

    /** Who wrote the snapshot looked at the controller; what it was started with besides is its defaults. */
    private Document told(ArgoInstallation argo) {
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
        return Document.of("the controller that the snapshot tells of", workload);
    }

    private static Document none(String name) {
        return Document.of(name, JsonNodeFactory.instance.objectNode());
    }

    private Fact<Optional<Document>> workload(ClusterReader cluster) {
        Fact<List<Document>> all = cluster.list(Resource.DEPLOYMENTS, request.argoNamespace(), "");
        if (all instanceof Fact.Unknown<List<Document>> unknown) {
            return unknown.missingRight().isEmpty()
                    ? Fact.unknown(unknown.reason())
                    : cluster.get(Resource.DEPLOYMENTS, request.argoNamespace(), "workflow-controller");
        }
        return Fact.known(all.ifKnown().orElseThrow().stream()
                .filter(each -> ControllerFlags.of(each.root()).isPresent())
                .findFirst());
    }

    private List<Document> plugins(ClusterReader cluster, ControllerFlags flags) {
        if (!flags.environment().getOrDefault("ARGO_EXECUTOR_PLUGINS", "false").equals("true")) {
            return List.of();
        }
        List<Document> plugins = new ArrayList<>();
        List.of(request.argoNamespace(), request.namespace()).stream()
                .distinct()
                .forEach(namespace -> {
                    Fact<List<Document>> found = cluster.list(Resource.CONFIG_MAPS, namespace, PLUGIN_LABEL);
                    found.ifKnown().ifPresent(plugins::addAll);
                    tell("executor plugins in namespace " + namespace, found, "");
                });
        return plugins;
    }

    private static String name(Optional<Document> workload) {
        return ControllerFlags.configMap(workload.map(Document::root).orElseGet(JsonNodeFactory.instance::objectNode));
    }

    private ControllerFlags flags(Fact<Optional<Document>> workload, String absent) {
        Optional<ControllerFlags> flags =
                workload.ifKnown().flatMap(found -> found).flatMap(found -> ControllerFlags.of(found.root()));
        if (flags.isEmpty()) {
            tell(FLAGS, workload, absent);
        }
        return flags.filter(each -> !each.namespace().isEmpty())
                .orElseGet(() -> ControllerFlags.defaults(request.argoNamespace()));
    }

    private ArgoVersion version(Fact<Optional<Document>> workload) {
        if (request.argoVersion().isPresent()) {
            return request.argoVersion().get();
        }
        Optional<ArgoVersion> found =
                workload.ifKnown().flatMap(known -> known).flatMap(known -> ControllerFlags.version(known.root()));
        if (found.isEmpty()) {
            tell(VERSION, workload, "no tag of a controller's image says it");
        }
        return found.orElse(ArgoVersion.NEWEST);
    }

    /** @param absent why it is not known although we looked, "" when then it is */
    private void tell(String what, Fact<?> fact, String absent) {
        if (fact instanceof Fact.Unknown<?> unknown) {
            unseen.add(new Unseen(what, unknown.reason(), unknown.missingRight(), false));
            hidden.put(what, unknown.reason());
        } else if (!absent.isEmpty()) {
            unseen.add(new Unseen(what, absent, Optional.empty(), false));
        }
    }
}
