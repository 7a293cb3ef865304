package io.jenkins.plugins.argopreflight.engine.preflight;

import io.jenkins.plugins.argopreflight.engine.collect.right.SubmitterRights;
import io.jenkins.plugins.argopreflight.engine.kube.Resource;
import io.jenkins.plugins.argopreflight.engine.kube.Right;
import io.jenkins.plugins.argopreflight.engine.need.Need;
import io.jenkins.plugins.argopreflight.engine.need.Which;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** A manifest of {@code docs/rbac}, and the rights that it grants, for objects of any name. */
public enum Grant {
    SECRET(
            "registry-secret.yaml",
            at -> Stream.of(
                            in(at.namespace(), Resource.SECRETS, "create", "get", "update"),
                            in(at.namespace(), Resource.SERVICE_ACCOUNTS, "get", "update"),
                            in(at.namespace(), Resource.PODS, "list"))
                    .flatMap(List::stream)),
    SECRET_BLOCK(
            "registry-secret-block.yaml",
            at -> Stream.of(
                            in(at.namespace(), Resource.SECRETS, "delete"),
                            in(at.namespace(), Resource.SERVICE_ACCOUNTS, "list", "update"))
                    .flatMap(List::stream)),
    PREFLIGHT(
            "preflight.yaml",
            at -> needs(at, Which.NAMED, Which.ALL_OF_NAMESPACE, Which.REVIEWS)
                    .filter(right -> !right.namespace().isEmpty())),
    CONTROLLER("preflight-controller.yaml", at -> needs(at, Which.ALL_OF_ARGO, Which.SETTINGS_OF_ARGO)),
    DRY_RUN("preflight-dry-run.yaml", at -> in(at.namespace(), Resource.PODS, "create").stream()),
    CLUSTER(
            "preflight-cluster.yaml",
            at -> needs(at, Which.NAMED, Which.ALL_OF_CLUSTER)
                    .filter(right -> right.namespace().isEmpty())),
    AUTOSCALER("preflight-autoscaler.yaml", at -> needs(at, Which.FIXED)),
    SUBMIT("submit.yaml", at -> SubmitterRights.toSubmit(at.namespace()).stream()),
    SUBMIT_STEP(
            "submit-step.yaml",
            at -> Stream.of(in(at.namespace(), Resource.WORKFLOWS, "patch"), in(at.namespace(), Resource.PODS, "get"))
                    .flatMap(List::stream)),
    DIAGNOSE(
            "diagnose.yaml",
            at -> Stream.of(
                            in(at.namespace(), Resource.WORKFLOWS, "get", "list", "watch"),
                            List.of(logs(at.namespace())),
                            in(at.namespace(), Resource.EVENTS, "list"),
                            in(at.namespace(), Resource.PERSISTENT_VOLUME_CLAIMS, "list"),
                            in(at.argoNamespace(), Resource.LEASES, "list"),
                            in(at.argoNamespace(), Resource.PODS, "list"),
                            List.of(logs(at.argoNamespace())))
                    .flatMap(List::stream)),
    BLOCK(
            "block.yaml",
            at -> Stream.concat(
                    Stream.of(new Right("create", "", "serviceaccounts", "token", at.blockNamespace(), "")),
                    in(at.blockNamespace(), Resource.SECRETS, "create", "delete").stream()));

    private final String file;
    private final Function<StepNamespaces, Stream<Right>> rights;

    Grant(String file, Function<StepNamespaces, Stream<Right>> rights) {
        this.file = file;
        this.rights = rights;
    }

    /** The name of the manifest. */
    public String file() {
        return file;
    }

    public List<Right> in(StepNamespaces place) {
        return rights.apply(place).toList();
    }

    private static Stream<Right> needs(StepNamespaces at, Which first, Which... others) {
        Set<Which> all = EnumSet.of(first, others);
        return Stream.of(Need.values())
                .filter(need -> all.contains(need.which()))
                .flatMap(need -> need.right(at.namespace(), at.argoNamespace()).stream());
    }

    private static List<Right> in(String namespace, Resource resource, String... verbs) {
        return Stream.of(verbs).map(verb -> Right.of(verb, resource, namespace)).toList();
    }

    private static Right logs(String namespace) {
        return new Right("get", "", "pods", "log", namespace, "");
    }
}
