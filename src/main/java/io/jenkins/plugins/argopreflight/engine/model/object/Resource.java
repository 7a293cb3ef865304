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

    public static final Resource SECRETS = new Resource("", "v1", "secrets", "Secret", true);
    public static final Resource SERVICE_ACCOUNTS = new Resource("", "v1", "serviceaccounts", "ServiceAccount", true);
    public static final Resource PODS = new Resource("", "v1", "pods", "Pod", true);
    public static final Resource NAMESPACES = new Resource("", "v1", "namespaces", "Namespace", false);
    public static final Resource SELF_SUBJECT_ACCESS_REVIEWS =
            new Resource("authorization.k8s.io", "v1", "selfsubjectaccessreviews", "SelfSubjectAccessReview", false);
    public static final Resource SUBJECT_ACCESS_REVIEWS =
            new Resource("authorization.k8s.io", "v1", "subjectaccessreviews", "SubjectAccessReview", false);
    public static final Resource LOCAL_SUBJECT_ACCESS_REVIEWS =
            new Resource("authorization.k8s.io", "v1", "localsubjectaccessreviews", "LocalSubjectAccessReview", true);
    public static final Resource SELF_SUBJECT_RULES_REVIEWS =
            new Resource("authorization.k8s.io", "v1", "selfsubjectrulesreviews", "SelfSubjectRulesReview", false);
    public static final Resource SELF_SUBJECT_REVIEWS =
            new Resource("authentication.k8s.io", "v1", "selfsubjectreviews", "SelfSubjectReview", false);

    public static final Resource ROLES = rbac("roles", "Role", true);
    public static final Resource ROLE_BINDINGS = rbac("rolebindings", "RoleBinding", true);
    public static final Resource CLUSTER_ROLES = rbac("clusterroles", "ClusterRole", false);
    public static final Resource CLUSTER_ROLE_BINDINGS = rbac("clusterrolebindings", "ClusterRoleBinding", false);

    public static final Resource CONFIG_MAPS = new Resource("", "v1", "configmaps", "ConfigMap", true);
    public static final Resource NODES = new Resource("", "v1", "nodes", "Node", false);
    public static final Resource PERSISTENT_VOLUME_CLAIMS =
            new Resource("", "v1", "persistentvolumeclaims", "PersistentVolumeClaim", true);
    public static final Resource PERSISTENT_VOLUMES =
            new Resource("", "v1", "persistentvolumes", "PersistentVolume", false);
    public static final Resource RESOURCE_QUOTAS = new Resource("", "v1", "resourcequotas", "ResourceQuota", true);
    public static final Resource LIMIT_RANGES = new Resource("", "v1", "limitranges", "LimitRange", true);
    public static final Resource STORAGE_CLASSES =
            new Resource("storage.k8s.io", "v1", "storageclasses", "StorageClass", false);
    public static final Resource PRIORITY_CLASSES =
            new Resource("scheduling.k8s.io", "v1", "priorityclasses", "PriorityClass", false);
    public static final Resource RUNTIME_CLASSES =
            new Resource("node.k8s.io", "v1", "runtimeclasses", "RuntimeClass", false);
    public static final Resource DEPLOYMENTS = new Resource("apps", "v1", "deployments", "Deployment", true);
    public static final Resource EVENTS = new Resource("", "v1", "events", "Event", true);
    public static final Resource LEASES = new Resource("coordination.k8s.io", "v1", "leases", "Lease", true);
    public static final Resource WORKFLOWS = new Resource("argoproj.io", "v1alpha1", "workflows", "Workflow", true);
    public static final Resource CRON_WORKFLOWS =
            new Resource("argoproj.io", "v1alpha1", "cronworkflows", "CronWorkflow", true);
    public static final Resource WORKFLOW_TEMPLATES =
            new Resource("argoproj.io", "v1alpha1", "workflowtemplates", "WorkflowTemplate", true);
    public static final Resource CLUSTER_WORKFLOW_TEMPLATES =
            new Resource("argoproj.io", "v1alpha1", "clusterworkflowtemplates", "ClusterWorkflowTemplate", false);

    private static Resource rbac(String plural, String kind, boolean namespaced) {
        return new Resource("rbac.authorization.k8s.io", "v1", plural, kind, namespaced);
    }

    /** The plural with its group, as kubectl takes it: {@code roles.rbac.authorization.k8s.io}, {@code pods}. */
    public String qualified() {
        return group.isEmpty() ? plural : plural + "." + group;
    }

    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }
}
