package io.jenkins.plugins.argopreflight.engine.model.object;

/**
 * A kind of Kubernetes object, with the parts of its URL.
 *
 * @param group the API group, "" for core
 * @param version such as {@code v1}
 * @param plural such as {@code serviceaccounts}
 * @param kind such as {@code ServiceAccount}
 * @param namespaced whether its objects are in a namespace
 */
public record Resource(String group, String version, String plural, String kind, boolean namespaced) {

    private static final String RBAC = "rbac.authorization.k8s.io";

    public static final Resource SECRETS = namespaced("", "v1", "secrets", "Secret");
    public static final Resource SERVICE_ACCOUNTS = namespaced("", "v1", "serviceaccounts", "ServiceAccount");
    public static final Resource PODS = namespaced("", "v1", "pods", "Pod");
    public static final Resource NAMESPACES = clusterScoped("", "v1", "namespaces", "Namespace");
    public static final Resource SELF_SUBJECT_ACCESS_REVIEWS =
            clusterScoped("authorization.k8s.io", "v1", "selfsubjectaccessreviews", "SelfSubjectAccessReview");
    public static final Resource SUBJECT_ACCESS_REVIEWS =
            clusterScoped("authorization.k8s.io", "v1", "subjectaccessreviews", "SubjectAccessReview");
    public static final Resource LOCAL_SUBJECT_ACCESS_REVIEWS =
            namespaced("authorization.k8s.io", "v1", "localsubjectaccessreviews", "LocalSubjectAccessReview");
    public static final Resource SELF_SUBJECT_RULES_REVIEWS =
            clusterScoped("authorization.k8s.io", "v1", "selfsubjectrulesreviews", "SelfSubjectRulesReview");
    public static final Resource SELF_SUBJECT_REVIEWS =
            clusterScoped("authentication.k8s.io", "v1", "selfsubjectreviews", "SelfSubjectReview");

    public static final Resource ROLES = namespaced(RBAC, "v1", "roles", "Role");
    public static final Resource ROLE_BINDINGS = namespaced(RBAC, "v1", "rolebindings", "RoleBinding");
    public static final Resource CLUSTER_ROLES = clusterScoped(RBAC, "v1", "clusterroles", "ClusterRole");
    public static final Resource CLUSTER_ROLE_BINDINGS =
            clusterScoped(RBAC, "v1", "clusterrolebindings", "ClusterRoleBinding");

    public static final Resource CONFIG_MAPS = namespaced("", "v1", "configmaps", "ConfigMap");
    public static final Resource NODES = clusterScoped("", "v1", "nodes", "Node");
    public static final Resource PERSISTENT_VOLUME_CLAIMS =
            namespaced("", "v1", "persistentvolumeclaims", "PersistentVolumeClaim");
    public static final Resource PERSISTENT_VOLUMES = clusterScoped("", "v1", "persistentvolumes", "PersistentVolume");
    public static final Resource RESOURCE_QUOTAS = namespaced("", "v1", "resourcequotas", "ResourceQuota");
    public static final Resource LIMIT_RANGES = namespaced("", "v1", "limitranges", "LimitRange");
    public static final Resource STORAGE_CLASSES =
            clusterScoped("storage.k8s.io", "v1", "storageclasses", "StorageClass");
    public static final Resource PRIORITY_CLASSES =
            clusterScoped("scheduling.k8s.io", "v1", "priorityclasses", "PriorityClass");
    public static final Resource RUNTIME_CLASSES = clusterScoped("node.k8s.io", "v1", "runtimeclasses", "RuntimeClass");
    public static final Resource DEPLOYMENTS = namespaced("apps", "v1", "deployments", "Deployment");
    public static final Resource EVENTS = namespaced("", "v1", "events", "Event");
    public static final Resource LEASES = namespaced("coordination.k8s.io", "v1", "leases", "Lease");
    public static final Resource WORKFLOWS = namespaced("argoproj.io", "v1alpha1", "workflows", "Workflow");
    public static final Resource CRON_WORKFLOWS =
            namespaced("argoproj.io", "v1alpha1", "cronworkflows", "CronWorkflow");
    public static final Resource WORKFLOW_TEMPLATES =
            namespaced("argoproj.io", "v1alpha1", "workflowtemplates", "WorkflowTemplate");
    public static final Resource CLUSTER_WORKFLOW_TEMPLATES =
            clusterScoped("argoproj.io", "v1alpha1", "clusterworkflowtemplates", "ClusterWorkflowTemplate");

    /** Returns a resource whose objects are in namespaces. */
    public static Resource namespaced(String group, String version, String plural, String kind) {
        boolean namespaced = true;
        return new Resource(group, version, plural, kind, namespaced);
    }

    /** Returns a resource whose objects are in no namespace. */
    public static Resource clusterScoped(String group, String version, String plural, String kind) {
        boolean namespaced = false;
        return new Resource(group, version, plural, kind, namespaced);
    }

    /** The plural with its group, as kubectl takes it: {@code roles.rbac.authorization.k8s.io}, {@code pods}. */
    public String qualified() {
        return group.isEmpty() ? plural : plural + "." + group;
    }

    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }
}
