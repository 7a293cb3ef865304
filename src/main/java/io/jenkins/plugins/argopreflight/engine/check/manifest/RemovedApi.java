package io.jenkins.plugins.argopreflight.engine.check.manifest;

import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.ItemCheck;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.model.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import io.jenkins.plugins.argopreflight.engine.model.object.KubernetesVersion;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A check for objects whose API version Kubernetes has removed, in the given files and in manifests of resource
 * templates. Source: https://kubernetes.io/docs/reference/using-api/deprecation-guide/
 */
public final class RemovedApi extends ItemCheck<WrittenObject> {

    /**
     * A removed API version.
     *
     * @param minor the minor version of Kubernetes that removed it
     * @param replacement the API version to use
     */
    private record Removed(int minor, String replacement) {}

    private static final Map<String, Removed> REMOVED = Map.ofEntries(
            Map.entry("extensions/v1beta1 Deployment", new Removed(16, "apps/v1")),
            Map.entry("extensions/v1beta1 DaemonSet", new Removed(16, "apps/v1")),
            Map.entry("extensions/v1beta1 ReplicaSet", new Removed(16, "apps/v1")),
            Map.entry("extensions/v1beta1 NetworkPolicy", new Removed(16, "networking.k8s.io/v1")),
            Map.entry("extensions/v1beta1 Ingress", new Removed(22, "networking.k8s.io/v1")),
            Map.entry("apps/v1beta1 *", new Removed(16, "apps/v1")),
            Map.entry("apps/v1beta2 *", new Removed(16, "apps/v1")),
            Map.entry("networking.k8s.io/v1beta1 Ingress", new Removed(22, "networking.k8s.io/v1")),
            Map.entry("networking.k8s.io/v1beta1 IngressClass", new Removed(22, "networking.k8s.io/v1")),
            Map.entry("rbac.authorization.k8s.io/v1beta1 *", new Removed(22, "rbac.authorization.k8s.io/v1")),
            Map.entry("apiextensions.k8s.io/v1beta1 *", new Removed(22, "apiextensions.k8s.io/v1")),
            Map.entry("scheduling.k8s.io/v1beta1 PriorityClass", new Removed(22, "scheduling.k8s.io/v1")),
            Map.entry("coordination.k8s.io/v1beta1 Lease", new Removed(22, "coordination.k8s.io/v1")),
            Map.entry("storage.k8s.io/v1beta1 StorageClass", new Removed(22, "storage.k8s.io/v1")),
            Map.entry("batch/v1beta1 CronJob", new Removed(25, "batch/v1")),
            Map.entry("policy/v1beta1 PodDisruptionBudget", new Removed(25, "policy/v1")),
            Map.entry("autoscaling/v2beta1 HorizontalPodAutoscaler", new Removed(25, "autoscaling/v2")),
            Map.entry("autoscaling/v2beta2 HorizontalPodAutoscaler", new Removed(26, "autoscaling/v2")));

    public RemovedApi() {
        super(
                CheckInfo.error(
                                "removed-api",
                                "An object has an API version that the cluster's Kubernetes does not have any more",
                                Topic.WORKFLOW)
                        .needing(Need.KUBERNETES_VERSION),
                RemovedApi::objects);
    }

    private static List<WrittenObject> objects(Facts facts) {
        return WrittenObject.all(facts).toList();
    }

    @Override
    protected boolean concerns(WrittenObject written) {
        return removed(written.object()).isPresent();
    }

    @Override
    protected Finding withPod(WrittenObject written, Finding finding) {
        return written.on(finding);
    }

    /** Returns whether the Kubernetes version is unknown, which is reported once for the whole run. */
    @Override
    public boolean lacksFacts(Facts facts) {
        return minor(facts).isEmpty();
    }

    @Override
    protected List<Finding> check(Facts facts, WrittenObject written) {
        return removed(written.object())
                .filter(removed ->
                        minor(facts).filter(minor -> minor >= removed.minor()).isPresent())
                .map(removed -> finding(written, removed))
                .stream()
                .toList();
    }

    private static Optional<Integer> minor(Facts facts) {
        return facts.kubernetes().ifKnown().flatMap(KubernetesVersion::minor);
    }

    private static Optional<Removed> removed(Document document) {
        return Optional.ofNullable(REMOVED.getOrDefault(
                document.apiVersion() + " " + document.kind(), REMOVED.get(document.apiVersion() + " *")));
    }

    private Finding finding(WrittenObject written, Removed removed) {
        Document object = written.object();
        return Finding.fail(
                        info(),
                        written.at("apiVersion"),
                        "Kubernetes 1." + removed.minor() + " removed " + object.apiVersion() + " of kind "
                                + object.kind() + ", which is " + removed.replacement() + " now. " + written.refused())
                .title("Kubernetes has no %s %s any more", object.apiVersion(), object.kind())
                .evidence(EvidenceLine.field("apiVersion", object.apiVersion()))
                .fix(AskPerson.reader("write apiVersion: " + removed.replacement() + ", of which some fields differ"));
    }
}
