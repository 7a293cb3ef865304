package io.jenkins.plugins.argopreflight.engine.model.need;

import static io.jenkins.plugins.argopreflight.engine.model.need.Which.ALL_OF_ARGO;
import static io.jenkins.plugins.argopreflight.engine.model.need.Which.ALL_OF_CLUSTER;
import static io.jenkins.plugins.argopreflight.engine.model.need.Which.ALL_OF_NAMESPACE;
import static io.jenkins.plugins.argopreflight.engine.model.need.Which.DRY_RUN;
import static io.jenkins.plugins.argopreflight.engine.model.need.Which.FIXED;
import static io.jenkins.plugins.argopreflight.engine.model.need.Which.NAMED;
import static io.jenkins.plugins.argopreflight.engine.model.need.Which.OPEN;
import static io.jenkins.plugins.argopreflight.engine.model.need.Which.REQUESTED;
import static io.jenkins.plugins.argopreflight.engine.model.need.Which.REVIEWS;
import static io.jenkins.plugins.argopreflight.engine.model.need.Which.SETTINGS_OF_ARGO;
import static io.jenkins.plugins.argopreflight.engine.model.need.Which.TO_FIX;

import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An object that a preflight reads besides the given files. This is the single list for collection, snapshots,
 * {@code docs/rbac}, the docs of checks and the test of a connection. A check declares the needs on which its result
 * depends.
 */
public enum Need {
    SERVICE_ACCOUNTS(
            NAMED,
            Resource.SERVICE_ACCOUNTS,
            "whom the pods run as, with which pull Secrets and which token",
            "serviceAccountName"),
    SECRETS(
            NAMED,
            Resource.SECRETS,
            "its registries and users; whether it exists and has the keys",
            "volumes/secret/secretName",
            "volumes/projected/sources/secret/name",
            "containers/env/valueFrom/secretKeyRef/name",
            "containers/envFrom/secretRef/name"),
    CONFIG_MAPS(
            NAMED,
            Resource.CONFIG_MAPS,
            "whether what workflows refer to exists and has the keys; artifact-repositories; the workflow of a Sensor",
            "volumes/configMap/name",
            "volumes/projected/sources/configMap/name",
            "containers/env/valueFrom/configMapKeyRef/name",
            "containers/envFrom/configMapRef/name"),
    CLAIMS(
            NAMED,
            Resource.PERSISTENT_VOLUME_CLAIMS,
            "whether a claim that workflows mount exists and is bound",
            "volumes/persistentVolumeClaim/claimName"),
    QUOTAS(
            ALL_OF_NAMESPACE,
            Resource.RESOURCE_QUOTAS,
            "whether the quota allows the pods that run at the same time, and the claims"),
    LIMIT_RANGES(
            ALL_OF_NAMESPACE,
            Resource.LIMIT_RANGES,
            "what pods ask of a quota that do not say it themselves, and how large claims can be"),
    PODS(
            ALL_OF_NAMESPACE,
            Resource.PODS,
            "which pods a required podAffinity matches, and which use a full quota until they end",
            "affinity/podAffinity/requiredDuringSchedulingIgnoredDuringExecution"),
    WORKFLOW_TEMPLATES(NAMED, Resource.WORKFLOW_TEMPLATES, "the templates that workflows refer to"),
    ACCESS_REVIEWS(
            REVIEWS,
            Resource.LOCAL_SUBJECT_ACCESS_REVIEWS,
            "ask for the rights of the workflow's ServiceAccount and of Argo's controller"),

    DEPLOYMENTS(ALL_OF_ARGO, Resource.DEPLOYMENTS, "the controller's version, flags and ServiceAccount"),
    SETTINGS(
            SETTINGS_OF_ARGO,
            Resource.CONFIG_MAPS,
            "its settings: the executor's image, workflowDefaults, images:, links"),
    CONTROLLER_ACCOUNT(
            ALL_OF_ARGO, Resource.SERVICE_ACCOUNTS, "the controller's ServiceAccount, where no Deployment has it"),

    POD_DRY_RUN(DRY_RUN, Resource.PODS, "with dryRun=All, each kind of pod once"),
    WORKFLOW_DRY_RUN(DRY_RUN, Resource.WORKFLOWS, "with dryRun=All, each workflow once"),

    NODES(
            ALL_OF_CLUSTER,
            Resource.NODES,
            "whether a node fits: platform of the images, nodeSelector, affinity, taints, size",
            "containers"),
    STORAGE_CLASSES(
            ALL_OF_CLUSTER,
            Resource.STORAGE_CLASSES,
            "whether a claim that is not bound, or a volumeClaimTemplate, has a class",
            "volumes/persistentVolumeClaim",
            "volumes/ephemeral"),
    VOLUMES(
            ALL_OF_CLUSTER,
            Resource.PERSISTENT_VOLUMES,
            "on which nodes a claim's volume is, and whether a volume fits a claim without a class"),
    PRIORITY_CLASSES(NAMED, Resource.PRIORITY_CLASSES, "whether the pod's exists", "priorityClassName"),
    RUNTIME_CLASSES(NAMED, Resource.RUNTIME_CLASSES, "whether the pod's exists", "runtimeClassName"),
    CLUSTER_WORKFLOW_TEMPLATES(
            NAMED,
            Resource.CLUSTER_WORKFLOW_TEMPLATES,
            "the templates that workflows refer to with clusterScope: true"),

    /**
     * The status that the cluster-autoscaler writes if it runs. Without this status, pools of a cloud have a fixed
     * size. Source: kubernetes/autoscaler cluster-autoscaler/clusterstate/utils/status.go, its flags
     * {@code --namespace} and {@code --status-config-map-name}.
     */
    CLUSTER_AUTOSCALER(
            Resource.CONFIG_MAPS,
            "kube-system",
            "cluster-autoscaler-status",
            "whether nodes of a cloud can be added, where none fits a pod"),

    REQUESTED_WORKFLOWS(REQUESTED, Resource.WORKFLOWS, "workflow/NAME"),
    REQUESTED_CRON_WORKFLOWS(REQUESTED, Resource.CRON_WORKFLOWS, "cronworkflow/NAME, and what a Sensor submits from"),
    REQUESTED_PODS(REQUESTED, Resource.PODS, "pod/NAME"),

    ROLES(TO_FIX, Resource.ROLES, "the Role that lacks one verb"),
    ROLE_BINDINGS(TO_FIX, Resource.ROLE_BINDINGS, "the RoleBinding that names another ServiceAccount"),
    ALL_SECRETS(
            TO_FIX,
            Resource.SECRETS,
            "the Secret that would do and that nothing refers to; this reads every Secret of the namespace"),
    ALL_SERVICE_ACCOUNTS(TO_FIX, Resource.SERVICE_ACCOUNTS, "the ServiceAccounts that list this Secret"),
    PULL_EVENTS(TO_FIX, Resource.EVENTS, "that a node pulled the image for a pod without pull Secrets"),

    OWN_RIGHTS(OPEN, Resource.SELF_SUBJECT_ACCESS_REVIEWS, "what the user who submits is allowed to do"),
    KUBERNETES_VERSION("the version of Kubernetes"),
    REGISTRIES("registries"),
    CREATED_DRY_RUN("a dry run of what resource templates create");

    private final Which which;
    private final Optional<Resource> resource;
    private final String namespace;
    private final String object;
    private final String why;
    private final List<List<String>> paths;

    Need(Which which, Resource resource, String why, String... paths) {
        this(which, Optional.of(resource), "", "", why, paths);
    }

    /** Declares one object whose name is always the same. */
    Need(Resource resource, String namespace, String object, String why) {
        this(FIXED, Optional.of(resource), namespace, object, why);
    }

    /** Declares a need that no rule of a Role grants. */
    Need(String words) {
        this(OPEN, Optional.empty(), "", "", words);
    }

    Need(Which which, Optional<Resource> resource, String namespace, String object, String why, String... paths) {
        this.which = which;
        this.resource = resource;
        this.namespace = namespace;
        this.object = object;
        this.why = why;
        this.paths = Stream.of(paths).map(path -> List.of(path.split("/"))).toList();
    }

    public Which which() {
        return which;
    }

    /** The resource; empty if the need is not for an object of the API server. */
    public Optional<Resource> resource() {
        return resource;
    }

    /** The purpose in a few words, as in {@code docs/rbac} beside the verb. */
    public String why() {
        return why;
    }

    /**
     * The paths in a pod's spec to the names of the objects, such as {@code volumes/secret/secretName}, or to the
     * fields for which a list is read. A path leads through all elements of lists; {@code containers} includes the
     * initContainers. Empty if something else decides.
     */
    public List<List<String>> paths() {
        return paths;
    }

    /** The namespace of the one object; "" if it depends on the cluster, the workflow or the request. */
    public String namespace() {
        return namespace;
    }

    /** The name of the one object; "" if it depends on the cluster, the workflow or the request. */
    public String object() {
        return object;
    }

    /** Returns whether this need is for the object with this name. */
    public boolean is(Resource kind, String in, String named) {
        return which == FIXED
                && resource.filter(kind::equals).isPresent()
                && namespace.equals(in)
                && object.equals(named);
    }

    /**
     * Returns the right that this need requires, for objects of any name.
     *
     * @param ofWorkflows the namespace of the workflows
     * @param ofArgo the namespace of Argo's controller
     */
    public Optional<Right> right(String ofWorkflows, String ofArgo) {
        String other = which.isOfArgo() ? ofArgo : ofWorkflows;
        return resource.map(each -> Right.of(which.verb(), each, which == FIXED ? namespace : other));
    }

    /**
     * Returns the need in words: {@code get secrets that the workflow names}, {@code list nodes}, {@code registries}.
     */
    @Override
    public String toString() {
        String words = which == FIXED ? " " + object + " in namespace " + namespace : which.words();
        return resource.map(each -> which.verb() + " " + each.qualified() + words)
                .orElse(why);
    }
}
