package io.jenkins.plugins.argopreflight.offline.capture;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.cluster.ArgoInstallation;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterException;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.cluster.Parallel;
import io.jenkins.plugins.argopreflight.engine.cluster.rights.WhoAmI;
import io.jenkins.plugins.argopreflight.engine.kube.Objects;
import io.jenkins.plugins.argopreflight.engine.kube.Resource;
import io.jenkins.plugins.argopreflight.engine.kube.Right;
import io.jenkins.plugins.argopreflight.engine.secret.Markers;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoVersion;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ControllerFlags;
import io.jenkins.plugins.argopreflight.offline.snapshot.Complete;
import io.jenkins.plugins.argopreflight.offline.snapshot.SnapshotInfo;
import io.jenkins.plugins.argopreflight.offline.snapshot.Unread;
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
 * What a check looks at, read from a cluster side by side, without what is secret.
 *
 * @param objects by the file below the snapshot's folder that holds them
 * @param logs the same of lines of logs
 * @param requests how many requests it took
 */
public record Capture(
        SnapshotInfo info, Map<String, List<PackedObject>> objects, Map<String, List<String>> logs, int requests) {

    private static final String DEFAULT_SETTINGS = "workflow-controller-configmap";
    private static final Set<Kind> DEAF = Set.of(Kind.UNREACHABLE, Kind.TIMEOUT, Kind.TLS, Kind.UNAUTHORIZED);

    /**
     * Reads it all at once; what must not be read is reported in {@link #info}.
     *
     * @param after what is captured besides to diagnose workflows
     * @param nodeCredentials patterns of images that the nodes pull with credentials of their own
     * @throws ClusterException when the cluster does not answer, or when interrupted
     */
    public static Capture of(
            ClusterGateway cluster,
            Collection<String> namespaces,
            String argoNamespace,
            AfterFailure after,
            List<String> nodeCredentials,
            int concurrency) {
        // Whether the cluster answers shows here, and here alone it ends the run.
        String version = cluster.version();
        Set<Wanted> wanted = Wanted.forWorkflows(namespaces, argoNamespace);
        wanted.addAll(Wanted.afterFailure(namespaces, argoNamespace, after));
        Map<Wanted, List<PackedObject>> read = new ConcurrentHashMap<>();
        Map<Wanted, Unread> unread = new ConcurrentHashMap<>();
        Parallel.forEach(wanted, concurrency, each -> read(cluster, each, read, unread));
        List<Wanted> referred = referredSecrets(namespaces, read);
        // That they must not be listed is reported already.
        Parallel.forEach(referred, concurrency, each -> read(cluster, each, read, new ConcurrentHashMap<>()));
        wanted.addAll(referred);
        Optional<ObjectNode> controller = objects(read, Resource.DEPLOYMENTS, argoNamespace)
                .filter(each -> ControllerFlags.of(each).isPresent())
                .findFirst();
        String settings = controller.map(ControllerFlags::configMap).orElse(DEFAULT_SETTINGS);
        Redactor redactor = new Redactor(new Markers(), Set.of(settings, "artifact-repositories"));
        LogReader logs = new LogReader(cluster, after);
        if (after.logs()) {
            namespaces.forEach(each -> logs.containers(objects(read, Resource.PODS, each)));
        }
        if (!after.workflows().isEmpty()) {
            logs.controller(objects(read, Resource.PODS, argoNamespace).toList());
        }
        SecretTexts secrets = SecretTexts.of(read.entrySet().stream()
                .filter(each -> each.getKey().resource().equals(Resource.SECRETS))
                .flatMap(each -> each.getValue().stream().map(PackedObject::object))
                .toList());
        Map<String, List<PackedObject>> files = new TreeMap<>();
        for (Wanted each : wanted) {
            for (PackedObject found : read.getOrDefault(each, List.of())) {
                files.computeIfAbsent(each.file(), file -> new ArrayList<>())
                        .add(PackedObject.of(masked(redactor.redact(found.object()), secrets)));
            }
        }
        SecretTexts emptied = SecretTexts.ofValues(redactor.secrets());
        wanted.stream()
                .filter(each -> each.resource().equals(Resource.WORKFLOWS))
                .flatMap(each -> Stream.ofNullable(files.get(each.file())))
                .forEach(found -> found.replaceAll(packed -> {
                    ObjectNode workflow = packed.object();
                    emptied.maskParameters(workflow);
                    return PackedObject.of(workflow);
                }));
        SnapshotInfo info = new SnapshotInfo(
                version,
                cluster.time(),
                Optional.of(cluster.argo().orElse(installation(controller, argoNamespace))),
                WhoAmI.ask(cluster).ifKnown(),
                nodeCredentials,
                Optional.of(complete(wanted.stream().filter(read::containsKey).toList())),
                Stream.concat(wanted.stream().filter(unread::containsKey).map(unread::get), logs.unread().stream())
                        .toList());
        Map<String, List<String>> texts = new TreeMap<>();
        logs.logs()
                .forEach((file, lines) -> texts.put(
                        file,
                        lines.stream().map(secrets::mask).map(emptied::mask).toList()));
        return new Capture(info, files, texts, wanted.size() + 2 + texts.size());
    }

    private static Stream<ObjectNode> objects(
            Map<Wanted, List<PackedObject>> read, Resource resource, String namespace) {
        return read.getOrDefault(new Wanted(resource, namespace, ""), List.of()).stream()
                .map(PackedObject::object);
    }

    private static ObjectNode masked(ObjectNode object, SecretTexts secrets) {
        if (SecretTexts.isNeededFor(object)) {
            secrets.mask(object);
        }
        return object;
    }

    /** Where Secrets must not be listed, they can still be read by name: those that ServiceAccounts name. */
    private static List<Wanted> referredSecrets(Collection<String> namespaces, Map<Wanted, List<PackedObject>> read) {
        return namespaces.stream()
                .filter(namespace -> !read.containsKey(new Wanted(Resource.SECRETS, namespace, "")))
                .flatMap(namespace -> objects(read, Resource.SERVICE_ACCOUNTS, namespace)
                        .flatMap(account -> Stream.of("imagePullSecrets", "secrets")
                                .flatMap(list -> Objects.names(account.path(list)).stream()))
                        .distinct()
                        .map(name -> new Wanted(Resource.SECRETS, namespace, name)))
                .toList();
    }

    private static void read(
            ClusterGateway cluster, Wanted wanted, Map<Wanted, List<PackedObject>> read, Map<Wanted, Unread> unread) {
        Resource resource = wanted.resource();
        boolean one = !wanted.name().isEmpty();
        try {
            read.put(
                    wanted,
                    one
                            ? cluster.get(resource, wanted.namespace(), wanted.name()).stream()
                                    .map(PackedObject::of)
                                    .toList()
                            : all(cluster, resource, wanted.namespace()));
        } catch (ClusterException e) {
            if (e.kind() == Kind.INTERRUPTED || DEAF.contains(e.kind())) {
                throw e;
            }
            Right right =
                    Right.of(one ? "get" : "list", resource, wanted.namespace()).named(wanted.name());
            unread.put(
                    wanted,
                    new Unread(
                            resource.qualified(),
                            wanted.namespace(),
                            wanted.name(),
                            e.getMessage(),
                            e.kind() == Kind.FORBIDDEN ? Optional.of(right) : Optional.empty()));
        }
    }

    /** One after the other; one that comes twice is there as it came last. */
    private static List<PackedObject> all(ClusterGateway cluster, Resource resource, String namespace) {
        Map<String, PackedObject> all = new LinkedHashMap<>();
        cluster.each(
                resource,
                namespace,
                "",
                "",
                object -> all.put(Objects.namespace(object) + "/" + Objects.name(object), PackedObject.of(object)));
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
                        .map(each -> Objects.text(each, "spec", "template", "spec", "serviceAccountName"))
                        .orElse(""),
                managed,
                flags.entrySet().stream()
                        .map(flag -> "--" + flag.getKey() + "=" + flag.getValue())
                        .sorted()
                        .toList());
    }

    /** One entry a set of resources that were read in the same place. */
    private static List<Complete> complete(List<Wanted> read) {
        Map<String, List<Wanted>> places = read.stream()
                .filter(each -> each.name().isEmpty())
                .collect(Collectors.groupingBy(Wanted::namespace, TreeMap::new, Collectors.toList()));
        Stream<Complete> lists = places.entrySet().stream()
                .map(place -> new Complete(
                        place.getKey().isEmpty() ? List.of() : List.of(place.getKey()),
                        place.getValue().stream()
                                .map(each -> each.resource().qualified())
                                .toList(),
                        List.of()));
        Stream<Complete> single = read.stream()
                .filter(each -> !each.name().isEmpty())
                .map(each -> new Complete(
                        each.namespace().isEmpty() ? List.of() : List.of(each.namespace()),
                        List.of(each.resource().qualified()),
                        List.of(each.name())));
        return Stream.concat(lists, single).toList();
    }
}
