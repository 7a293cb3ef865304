package io.jenkins.plugins.argopreflight.engine.preflight;

import io.jenkins.plugins.argopreflight.engine.facts.right.SubmitterRights;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import io.jenkins.plugins.argopreflight.engine.model.need.Which;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** A manifest in {@code docs/rbac}, with the rights that it grants for objects of any name. */
public enum Grant {
    SECRET(
            "registry-secret.yaml",
            namespaces -> Stream.of(
                            rightsIn(namespaces.namespace(), Resource.SECRETS, "create", "get", "update"),
                            rightsIn(namespaces.namespace(), Resource.SERVICE_ACCOUNTS, "get", "update"),
                            rightsIn(namespaces.namespace(), Resource.PODS, "list"))
                    .flatMap(List::stream)),
    SECRET_BLOCK(
            "registry-secret-block.yaml",
            namespaces -> Stream.of(
                            rightsIn(namespaces.namespace(), Resource.SECRETS, "delete"),
                            rightsIn(namespaces.namespace(), Resource.SERVICE_ACCOUNTS, "list", "update"))
                    .flatMap(List::stream)),
    PREFLIGHT(
            "preflight.yaml",
            namespaces -> needs(namespaces, Which.NAMED, Which.ALL_OF_NAMESPACE, Which.REVIEWS)
                    .filter(right -> !right.namespace().isEmpty())),
    CONTROLLER("preflight-controller.yaml", namespaces -> needs(namespaces, Which.ALL_OF_ARGO, Which.SETTINGS_OF_ARGO)),
    DRY_RUN("preflight-dry-run.yaml", namespaces -> rightsIn(namespaces.namespace(), Resource.PODS, "create").stream()),
    CLUSTER(
            "preflight-cluster.yaml",
            namespaces -> needs(namespaces, Which.NAMED, Which.ALL_OF_CLUSTER)
                    .filter(right -> right.namespace().isEmpty())),
    AUTOSCALER("preflight-autoscaler.yaml", namespaces -> needs(namespaces, Which.FIXED)),
    SUBMIT("submit.yaml", namespaces -> SubmitterRights.toSubmit(namespaces.namespace()).stream()),
    SUBMIT_STEP(
            "submit-step.yaml",
            namespaces -> Stream.of(
                            rightsIn(namespaces.namespace(), Resource.WORKFLOWS, "patch"),
                            rightsIn(namespaces.namespace(), Resource.PODS, "get"))
                    .flatMap(List::stream)),
    DIAGNOSE(
            "diagnose.yaml",
            namespaces -> Stream.of(
                            rightsIn(namespaces.namespace(), Resource.WORKFLOWS, "get", "list", "watch"),
                            List.of(logs(namespaces.namespace())),
                            rightsIn(namespaces.namespace(), Resource.EVENTS, "list"),
                            rightsIn(namespaces.namespace(), Resource.PERSISTENT_VOLUME_CLAIMS, "list"),
                            rightsIn(namespaces.argoNamespace(), Resource.LEASES, "list"),
                            rightsIn(namespaces.argoNamespace(), Resource.PODS, "list"),
                            List.of(logs(namespaces.argoNamespace())))
                    .flatMap(List::stream)),
    BLOCK(
            "block.yaml",
            namespaces -> Stream.concat(
                    Stream.of(new Right("create", "", "serviceaccounts", "token", namespaces.blockNamespace(), "")),
                    rightsIn(namespaces.blockNamespace(), Resource.SECRETS, "create", "delete").stream()));

    private final String file;
    private final Function<StepNamespaces, Stream<Right>> rights;

    Grant(String file, Function<StepNamespaces, Stream<Right>> rights) {
        this.file = file;
        this.rights = rights;
    }

    /** The file name of the manifest. */
    public String file() {
        return file;
    }

    /** Returns the rights that the manifest grants in these namespaces. */
    public List<Right> rightsIn(StepNamespaces namespaces) {
        return rights.apply(namespaces).toList();
    }

    private static Stream<Right> needs(StepNamespaces namespaces, Which first, Which... others) {
        Set<Which> all = EnumSet.of(first, others);
        return Stream.of(Need.values())
                .filter(need -> all.contains(need.which()))
                .flatMap(need -> need.right(namespaces.namespace(), namespaces.argoNamespace()).stream());
    }

    private static List<Right> rightsIn(String namespace, Resource resource, String... verbs) {
        return Stream.of(verbs).map(verb -> Right.of(verb, resource, namespace)).toList();
    }

    private static Right logs(String namespace) {
        return new Right("get", "", "pods", "log", namespace, "");
    }
}
