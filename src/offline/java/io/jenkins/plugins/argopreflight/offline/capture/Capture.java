package io.jenkins.plugins.argopreflight.offline.capture;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoVersion;
import io.jenkins.plugins.argopreflight.engine.argo.model.ControllerFlags;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ArgoInstallation;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Parallel;
import io.jenkins.plugins.argopreflight.engine.kubernetes.rbac.WhoAmI;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.secret.Markers;
import io.jenkins.plugins.argopreflight.offline.snapshot.CompleteResources;
import io.jenkins.plugins.argopreflight.offline.snapshot.SnapshotInfo;
import io.jenkins.plugins.argopreflight.offline.snapshot.UnreadResource;
import io.jenkins.plugins.argopreflight.offline.store.PackedObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The objects of a cluster that checks read, without secret values.
 *
 * @param objects the objects, by the path of their file in the snapshot's folder
 * @param logs the lines of logs, by the path of their file
 * @param requests the number of requests
 */
public record Capture(
        SnapshotInfo info, Map<String, List<PackedObject>> objects, Map<String, List<String>> logs, int requests) {

    private static final String DEFAULT_SETTINGS = "workflow-controller-configmap";
    private static final Set<Kind> NO_ANSWER = Set.of(Kind.UNREACHABLE, Kind.TIMEOUT, Kind.TLS, Kind.UNAUTHORIZED);

    /**
     * Reads all objects concurrently. Objects that could not be read are listed in {@link #info}.
     *
     * @param diagnosis the additional content for the diagnosis of workflows
     * @param nodeCredentials patterns of images that the nodes pull with their own credentials
     * @throws ClusterException if the cluster does not answer, or the thread is interrupted
     */
    public static Capture of(
            ClusterGateway cluster,
            Collection<String> namespaces,
            String argoNamespace,
            DiagnosisContent diagnosis,
            List<String> nodeCredentials,
            int concurrency) {
        // This request shows whether the cluster answers. Later errors of single objects do not end the capture.
        String version = cluster.version();
        Set<CaptureTarget> targets = CaptureTarget.forWorkflows(namespaces, argoNamespace);
        targets.addAll(CaptureTarget.forDiagnosis(namespaces, argoNamespace, diagnosis));
        Map<CaptureTarget, List<PackedObject>> read = new ConcurrentHashMap<>();
        Map<CaptureTarget, UnreadResource> unread = new ConcurrentHashMap<>();
        Parallel.forEach(targets, concurrency, each -> read(cluster, each, read, unread));
        List<CaptureTarget> referredSecrets = referredSecrets(namespaces, read);
        // The missing right to list Secrets is reported already.
        Parallel.forEach(referredSecrets, concurrency, each -> read(cluster, each, read, new ConcurrentHashMap<>()));
        targets.addAll(referredSecrets);
        Optional<ObjectNode> controller = objects(read, Resource.DEPLOYMENTS, argoNamespace)
                .filter(each -> ControllerFlags.of(each).isPresent())
                .findFirst();
        String settings = controller.map(ControllerFlags::configMap).orElse(DEFAULT_SETTINGS);
        Redactor redactor = new Redactor(new Markers(), Set.of(settings, "artifact-repositories"));
        LogReader logs = new LogReader(cluster, diagnosis);
        if (diagnosis.logs()) {
            namespaces.forEach(each -> logs.containers(objects(read, Resource.PODS, each)));
        }
        if (!diagnosis.workflows().isEmpty()) {
            logs.controller(objects(read, Resource.PODS, argoNamespace).toList());
        }
        SecretTexts secrets = SecretTexts.of(read.entrySet().stream()
                .filter(each -> each.getKey().resource().equals(Resource.SECRETS))
                .flatMap(each -> each.getValue().stream().map(PackedObject::object))
                .toList());
        Map<String, List<PackedObject>> files = new TreeMap<>();
        for (CaptureTarget each : targets) {
            for (PackedObject found : read.getOrDefault(each, List.of())) {
                files.computeIfAbsent(each.file(), file -> new ArrayList<>())
                        .add(PackedObject.of(masked(redactor.redact(found.object()), secrets)));
            }
        }
        SecretTexts removedValues = SecretTexts.ofValues(redactor.secrets());
        targets.stream()
                .filter(each -> each.resource().equals(Resource.WORKFLOWS))
                .flatMap(each -> Stream.ofNullable(files.get(each.file())))
                .forEach(found -> found.replaceAll(packed -> {
                    ObjectNode workflow = packed.object();
                    removedValues.maskParameters(workflow);
                    return PackedObject.of(workflow);
                }));
        SnapshotInfo info = new SnapshotInfo(
                version,
                cluster.time(),
                Optional.of(cluster.argo().orElse(installation(controller, argoNamespace))),
                WhoAmI.ask(cluster).ifKnown(),
                nodeCredentials,
                Optional.of(complete(targets.stream().filter(read::containsKey).toList())),
                Stream.concat(targets.stream().filter(unread::containsKey).map(unread::get), logs.unread().stream())
                        .toList());
        Map<String, List<String>> texts = new TreeMap<>();
        logs.logs()
                .forEach((file, lines) -> texts.put(
                        file,
                        lines.stream()
                                .map(secrets::mask)
                                .map(removedValues::mask)
                                .toList()));
        return new Capture(info, files, texts, targets.size() + 2 + texts.size());
    }

    private static Stream<ObjectNode> objects(
            Map<CaptureTarget, List<PackedObject>> read, Resource resource, String namespace) {
        return read.getOrDefault(new CaptureTarget(resource, namespace, ""), List.of()).stream()
                .map(PackedObject::object);
    }

    private static ObjectNode masked(ObjectNode object, SecretTexts secrets) {
        if (SecretTexts.isNeededFor(object)) {
            secrets.mask(object);
        }
        return object;
    }

    /**
     * Returns the Secrets to which ServiceAccounts refer. They can be readable by name even if Secrets cannot be
     * listed.
     */
    private static List<CaptureTarget> referredSecrets(
            Collection<String> namespaces, Map<CaptureTarget, List<PackedObject>> read) {
        return namespaces.stream()
                .filter(namespace -> !read.containsKey(new CaptureTarget(Resource.SECRETS, namespace, "")))
                .flatMap(namespace -> objects(read, Resource.SERVICE_ACCOUNTS, namespace)
                        .flatMap(account -> Stream.of("imagePullSecrets", "secrets")
                                .flatMap(list -> KubeObjects.names(account.path(list)).stream()))
                        .distinct()
                        .map(name -> new CaptureTarget(Resource.SECRETS, namespace, name)))
                .toList();
    }

    /** Reads a target, or records why it could not be read. Throws if the cluster does not answer. */
    private static void read(
            ClusterGateway cluster,
            CaptureTarget target,
            Map<CaptureTarget, List<PackedObject>> read,
            Map<CaptureTarget, UnreadResource> unread) {
        Resource resource = target.resource();
        boolean isSingle = !target.name().isEmpty();
        try {
            read.put(
                    target,
                    isSingle
                            ? cluster.get(resource, target.namespace(), target.name()).stream()
                                    .map(PackedObject::of)
                                    .toList()
                            : readAll(cluster, resource, target.namespace()));
        } catch (ClusterException e) {
            if (e.kind() == Kind.INTERRUPTED || NO_ANSWER.contains(e.kind())) {
                throw e;
            }
            Right right = Right.of(isSingle ? "get" : "list", resource, target.namespace())
                    .named(target.name());
            unread.put(
                    target,
                    new UnreadResource(
                            resource.qualified(),
                            target.namespace(),
                            target.name(),
                            e.getMessage(),
                            e.kind() == Kind.FORBIDDEN ? Optional.of(right) : Optional.empty()));
        }
    }

    /** Reads objects one after the other. If an object appears twice, the later one is kept. */
    private static List<PackedObject> readAll(ClusterGateway cluster, Resource resource, String namespace) {
        Map<String, PackedObject> all = new LinkedHashMap<>();
        cluster.each(
                resource,
                namespace,
                "",
                "",
                object -> all.put(
                        KubeObjects.namespace(object) + "/" + KubeObjects.name(object), PackedObject.of(object)));
        return List.copyOf(all.values());
    }

    private static ArgoInstallation installation(Optional<ObjectNode> controller, String namespace) {
        Map<String, String> flags = controller.map(ControllerFlags::all).orElse(Map.of());
        String managed = flags.getOrDefault("managed-namespace", flags.containsKey("namespaced") ? namespace : "");
        return new ArgoInstallation(
                controller
                        .flatMap(ControllerFlags::version)
                        .map(ArgoVersion::text)
                        .orElse(""),
                namespace,
                controller
                        .map(each -> Json.text(each, "spec", "template", "spec", "serviceAccountName"))
                        .orElse(""),
                managed,
                flags.entrySet().stream()
                        .map(flag -> "--" + flag.getKey() + "=" + flag.getValue())
                        .sorted()
                        .toList());
    }

    /** Groups the resources that were read completely by namespace. */
    private static List<CompleteResources> complete(List<CaptureTarget> read) {
        Map<String, List<CaptureTarget>> places = read.stream()
                .filter(each -> each.name().isEmpty())
                .collect(Collectors.groupingBy(CaptureTarget::namespace, TreeMap::new, Collectors.toList()));
        Stream<CompleteResources> lists = places.entrySet().stream()
                .map(place -> new CompleteResources(
                        place.getKey().isEmpty() ? List.of() : List.of(place.getKey()),
                        place.getValue().stream()
                                .map(each -> each.resource().qualified())
                                .toList(),
                        List.of()));
        Stream<CompleteResources> single = read.stream()
                .filter(each -> !each.name().isEmpty())
                .map(each -> new CompleteResources(
                        each.namespace().isEmpty() ? List.of() : List.of(each.namespace()),
                        List.of(each.resource().qualified()),
                        List.of(each.name())));
        return Stream.concat(lists, single).toList();
    }
}
