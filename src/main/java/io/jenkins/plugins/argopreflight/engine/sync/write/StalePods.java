package io.jenkins.plugins.argopreflight.engine.sync.write;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.model.fix.Command;
import io.jenkins.plugins.argopreflight.engine.model.fix.Operand;
import io.jenkins.plugins.argopreflight.engine.model.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.model.image.InvalidImageException;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.RegistryKey;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.StalePod;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.StalePod.Remedy;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.text.Glob;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The pods that keep the list of image pull Secrets with which they were created: the names are copied when the pod is
 * created (ServiceAccount admission), and later changes of the ServiceAccount do not change the pod.
 */
final class StalePods {

    private static final String WORKFLOW_LABEL = "workflows.argoproj.io/workflow";

    private static final Set<String> PULL_FAILURES = Set.of("ErrImagePull", "ImagePullBackOff");

    private StalePods() {}

    /**
     * Returns the pods that wait for an image of these registries with the old list: one of each Workflow, whose other
     * pods are created again with it. A pod that runs has its images.
     *
     * @param pods all pods of the namespace
     * @param changed the ServiceAccounts whose list was changed, each with its old list
     * @param secret the name that was added or removed
     * @param added whether it was added
     * @param registries the registries of the Secret; none for all
     */
    static List<StalePod> among(
            List<ObjectNode> pods,
            Map<String, List<String>> changed,
            String secret,
            boolean added,
            Collection<String> registries) {
        Set<String> workflows = new HashSet<>();
        return pods.stream()
                .filter(pod -> Json.text(pod, "status", "phase").equals("Pending"))
                .filter(pod -> waiting(pod).stream().anyMatch(image -> isOf(image, registries)))
                .filter(pod -> !KubeObjects.isTerminating(pod))
                .filter(pod -> changed.containsKey(account(pod)))
                .filter(pod -> pullSecrets(pod).contains(secret) != added)
                .sorted(Comparator.comparing(KubeObjects::name))
                .filter(pod -> !Owner.of(pod).kind().equals("Workflow")
                        || workflows.add(Owner.of(pod).name()))
                .map(pod -> stale(pod, requireNonNull(changed.get(account(pod))), secret, added))
                .toList();
    }

    /** Returns the names of the pods that wait for an image although they have the name. These need nothing. */
    static List<String> healing(List<ObjectNode> pods, String secret) {
        return pods.stream()
                .filter(pod -> Json.text(pod, "status", "phase").equals("Pending"))
                .filter(pod -> pullSecrets(pod).contains(secret))
                .filter(pod -> !waiting(pod).isEmpty())
                .map(KubeObjects::name)
                .sorted()
                .toList();
    }

    /** Returns the names of the pods with the name in their own list. */
    static List<String> naming(List<ObjectNode> pods, String secret) {
        return pods.stream()
                .filter(pod -> Set.of("Pending", "Running").contains(Json.text(pod, "status", "phase")))
                .filter(pod -> pullSecrets(pod).contains(secret))
                .map(KubeObjects::name)
                .sorted()
                .toList();
    }

    private static StalePod stale(ObjectNode pod, List<String> oldList, String secret, boolean added) {
        boolean own = added && !pullSecrets(pod).isEmpty() && !pullSecrets(pod).equals(oldList);
        String before = own
                ? "its own spec.imagePullSecrets " + pullSecrets(pod) + " hides the ServiceAccount's list: add {name: "
                        + secret + "} there, then "
                : "";
        return new StalePod(
                KubeObjects.name(pod),
                Json.text(pod, "status", "phase"),
                account(pod),
                Owner.of(pod).text(),
                remedy(pod, before));
    }

    /**
     * The object that created a pod.
     *
     * @param kind the kind of the object; "" if nothing created the pod
     * @param name the name of the object
     */
    private record Owner(String kind, String name) {

        static Owner of(ObjectNode pod) {
            String workflow = KubeObjects.labels(pod).get(WORKFLOW_LABEL);
            if (workflow != null) {
                return new Owner("Workflow", workflow);
            }
            return KubeObjects.controller(pod)
                    .map(owner -> new Owner(Json.text(owner, "kind"), Json.text(owner, "name")))
                    .orElse(new Owner("", ""));
        }

        String text() {
            return kind.isEmpty() ? "" : kind + "/" + name;
        }
    }

    /**
     * Returns the command that recreates a pod.
     *
     * @param before the text before the command; "" for none
     */
    private static Remedy remedy(ObjectNode pod, String before) {
        Owner owner = Owner.of(pod);
        String namespace = KubeObjects.namespace(pod);
        Command delete = Command.kubectl("delete", "pod")
                .name("Pod", KubeObjects.name(pod))
                .namespace(namespace);
        return switch (owner.kind()) {
            case "Workflow" ->
                new Remedy(
                        before,
                        pendingPods(owner.name(), namespace).withNote("Argo recreates pods that are Pending"),
                        "");
            case "ReplicaSet" ->
                new Remedy(before, restart("Deployment", deployment(pod, owner.name()), namespace), "");
            case "StatefulSet", "DaemonSet" -> new Remedy(before, restart(owner.kind(), owner.name(), namespace), "");
            case "ReplicationController", "Job" ->
                new Remedy(before, delete.withNote(owner.text() + " recreates it"), "");
            case "" ->
                new Remedy(
                        before,
                        Command.kubectl("get", "pod")
                                .name("Pod", KubeObjects.name(pod))
                                .namespace(namespace)
                                .with("-o", "yaml"),
                        ", then delete it and create it again");
            default -> new Remedy(before + "let " + owner.text() + " recreate the pod, or ", delete, "");
        };
    }

    /**
     * Returns the command that deletes a workflow's pending pods. Argo executes a node that is Pending again, and
     * creates a pod that does not exist. Source: argo-workflows workflow/controller/operator.go (podReconciliation,
     * executeContainer), 3.7 and 4.0.
     */
    private static Command pendingPods(String workflow, String namespace) {
        return Command.kubectl("delete", "pod", "-l")
                .with(Operand.label(WORKFLOW_LABEL, workflow))
                .with("--field-selector=status.phase=Pending")
                .namespace(namespace);
    }

    private static Command restart(String kind, String name, String namespace) {
        return Command.kubectl("rollout", "restart")
                .with(Operand.joined(Operand.text(kind.toLowerCase(Locale.ROOT) + "/"), Operand.name(kind, name)))
                .namespace(namespace);
    }

    /** Returns the name of a ReplicaSet's Deployment: the ReplicaSet's name is that name and the pod-template-hash. */
    private static String deployment(ObjectNode pod, String replicaSet) {
        String hash = KubeObjects.labels(pod).getOrDefault("pod-template-hash", "");
        return !hash.isEmpty() && replicaSet.endsWith("-" + hash)
                ? replicaSet.substring(0, replicaSet.length() - hash.length() - 1)
                : replicaSet;
    }

    /**
     * Returns the images that the containers of a pod wait for, as its spec has them: a status can have another name of
     * an image.
     */
    private static List<String> waiting(ObjectNode pod) {
        List<String> images = new ArrayList<>();
        for (String list : List.of("initContainers", "containers")) {
            Set<String> names = new HashSet<>();
            for (JsonNode status : pod.path("status")
                    .path(list.equals("containers") ? "containerStatuses" : "initContainerStatuses")) {
                if (PULL_FAILURES.contains(Json.text(status, "state", "waiting", "reason"))) {
                    names.add(Json.text(status, "name"));
                }
            }
            for (JsonNode container : pod.path("spec").path(list)) {
                if (names.contains(Json.text(container, "name"))) {
                    images.add(Json.text(container, "image"));
                }
            }
        }
        return images;
    }

    /** Returns whether an image is in one of the registries, or there are no registries to compare. */
    private static boolean isOf(String image, Collection<String> registries) {
        if (registries.isEmpty()) {
            return true;
        }
        try {
            ImageReference reference = ImageReference.parse(image);
            String name = reference.registry() + "/" + reference.path();
            return registries.stream()
                    .anyMatch(key -> key.equals(RegistryKey.DOCKER_HUB)
                            ? reference.isDockerHub()
                            : Glob.matches(key.replaceFirst("/$", "") + "/*", name));
        } catch (InvalidImageException e) {
            return false;
        }
    }

    private static String account(ObjectNode pod) {
        String account = Json.text(pod, "spec", "serviceAccountName");
        return account.isEmpty() ? "default" : account;
    }

    private static List<String> pullSecrets(ObjectNode pod) {
        return KubeObjects.names(pod.path("spec").path("imagePullSecrets"));
    }
}
