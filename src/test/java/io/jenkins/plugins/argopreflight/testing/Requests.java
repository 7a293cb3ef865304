package io.jenkins.plugins.argopreflight.testing;

import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoVersion;
import io.jenkins.plugins.argopreflight.engine.preflight.Gate;
import io.jenkins.plugins.argopreflight.engine.preflight.GateOptions;
import io.jenkins.plugins.argopreflight.engine.preflight.PreflightRequest;
import io.jenkins.plugins.argopreflight.engine.preflight.Suppression;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Requests that ask for nothing special. */
public final class Requests {

    private Requests() {}

    /** Judges the given documents by whatever the cluster has, and fails of a FAIL. */
    public static PreflightRequest of(List<Document> given, String namespace, String argoNamespace) {
        return of(given, List.of(), namespace, argoNamespace, Optional.empty(), Gate.FAIL);
    }

    /** The same, and the objects of the cluster with these names, {@code KIND/NAME}. */
    public static PreflightRequest of(
            List<Document> given, List<String> names, String namespace, String argoNamespace) {
        return of(given, names, namespace, argoNamespace, Optional.empty(), Gate.FAIL);
    }

    /** The same for that version of Argo, such as {@code v4.0.5}. */
    public static PreflightRequest of(
            List<Document> given, String namespace, String argoNamespace, String argoVersion) {
        return of(given, namespace, argoNamespace, argoVersion, Gate.FAIL);
    }

    /** Returns a request with a gate. */
    public static PreflightRequest of(
            List<Document> given, String namespace, String argoNamespace, String argoVersion, Gate gate) {
        return of(given, List.of(), namespace, argoNamespace, ArgoVersion.parse(argoVersion), gate);
    }

    private static PreflightRequest of(
            List<Document> given,
            List<String> names,
            String namespace,
            String argoNamespace,
            Optional<ArgoVersion> argoVersion,
            Gate gate) {
        return PreflightRequest.builder(given, namespace, argoNamespace)
                .names(names)
                .argoVersion(argoVersion)
                .gateOptions(gateOptions(gate))
                .today(LocalDate.of(2026, 11, 25))
                .build();
    }

    /** Returns the options with a gate and suppressions. */
    public static GateOptions gateOptions(Gate failOn, Suppression... ignores) {
        return new GateOptions(Optional.of(failOn), Optional.empty(), List.of(ignores));
    }
}
