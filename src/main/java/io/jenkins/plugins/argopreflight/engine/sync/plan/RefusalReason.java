package io.jenkins.plugins.argopreflight.engine.sync.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.kubeconfig.BlockLogin;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.DiffLine;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.PullSecret;
import io.jenkins.plugins.argopreflight.engine.sync.SyncMode;
import io.jenkins.plugins.argopreflight.engine.sync.SyncRequest;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The reason why an existing Secret must not be changed: its type, its apparent owner, and what to do. */
final class RefusalReason {

    private static final String TOKEN = "kubernetes.io/service-account-token";

    private final SyncRequest request;
    private final ObjectNode secret;

    RefusalReason(SyncRequest request, ObjectNode secret) {
        this.request = request;
        this.secret = secret;
    }

    /**
     * Returns the first reason; empty if the Secret can be changed. Each of the following methods returns the reason of
     * one kind, or empty.
     */
    Optional<String> find() {
        return terminating()
                .or(this::token)
                .or(this::blockLogin)
                .or(this::unmanaged)
                .or(this::otherOwner)
                .or(() -> request.mode() == SyncMode.APPLY ? finalizers().or(this::wrongType) : Optional.empty());
    }

    private Optional<String> terminating() {
        return KubeObjects.isTerminating(secret)
                ? Optional.of(secretLabel() + " is being deleted and waits for its finalizers "
                        + secret.path("metadata").path("finalizers") + ". Try again when it is deleted")
                : Optional.empty();
    }

    private Optional<String> token() {
        return type().equals(TOKEN)
                ? Optional.of(secretLabel() + " is the API token of a ServiceAccount (type " + TOKEN
                        + "). Choose another --name")
                : Optional.empty();
    }

    /** Returns the reason not to change the login of a block: it has no owner, so that each owner could change it. */
    private Optional<String> blockLogin() {
        return type().equals(BlockLogin.TYPE)
                ? Optional.of(secretLabel() + " is the login of a withArgoCluster block. Choose another --name")
                : Optional.empty();
    }

    private Optional<String> otherOwner() {
        if (OwnershipLabels.isOurs(secret, request.owner()) || request.options().adopt()) {
            return Optional.empty();
        }
        return OwnershipLabels.owner(secret)
                .map(owner -> secretLabel() + " is not managed by "
                        + request.owner().name() + ": it belongs to " + owner + ". "
                        + (request.mode() == SyncMode.APPLY
                                ? "Choose another --name, or take it over with --adopt"
                                : "Nothing was removed; its owner can remove it"));
    }

    private Optional<String> unmanaged() {
        if (OwnershipLabels.isManaged(secret) || request.options().adopt() && request.mode() != SyncMode.DELETE) {
            return Optional.empty();
        }
        String owner = Ownership.of(secret)
                .map(name -> "; it seems to belong to " + name)
                .orElse("");
        return Optional.of(
                secretLabel() + " was not written by us (it has no label " + OwnershipLabels.MANAGED_BY + ": "
                        + OwnershipLabels.US + ")"
                        + owner + ". "
                        + switch (request.mode()) {
                            case APPLY ->
                                "Take it over with --adopt, which keeps its other registries, or choose another --name";
                            case UNBIND -> "Nothing is removed; if it is yours, use --adopt";
                            case DELETE -> "Nothing is removed; if it is yours and not needed, delete it with kubectl";
                        });
    }

    private Optional<String> wrongType() {
        if (request.options().recreate() || type().equals(Content.TYPE)) {
            return Optional.empty();
        }
        return Optional.of(secretLabel() + " has type " + type() + ", which "
                + (type().equals(PullSecret.DOCKERCFG) ? "holds the old format" : "the kubelet ignores")
                + "; the type of a Secret cannot be changed. Recreate it with --recreate (pods always find one), "
                + "or choose another --name");
    }

    private Optional<String> finalizers() {
        boolean immutable =
                request.options().recreate() && secret.path("immutable").asBoolean();
        boolean recreated = !type().equals(Content.TYPE) || immutable;
        return recreated && !secret.path("metadata").path("finalizers").isEmpty()
                ? Optional.of(secretLabel() + " can only be recreated ("
                        + (immutable ? "it is immutable: true" : "its type is " + type()) + "), and it has finalizers "
                        + secret.path("metadata").path("finalizers")
                        + ", so --recreate cannot be sure that it goes when it is deleted. Choose another --name")
                : Optional.empty();
    }

    static String immutable(ObjectNode secret, List<DiffLine> changes) {
        return "Secret " + KubeObjects.name(secret) + " in namespace " + KubeObjects.namespace(secret)
                + " is immutable: true, and its registries would change ("
                + changes.stream().map(DiffLine::marked).collect(Collectors.joining("; "))
                + "); what it holds cannot be changed. Recreate it with --recreate (pods always find one), or choose "
                + "another --name";
    }

    private String secretLabel() {
        return "Secret " + request.name() + " in namespace " + KubeObjects.namespace(secret);
    }

    private String type() {
        return Json.text(secret, "type");
    }
}
