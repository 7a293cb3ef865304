package io.jenkins.plugins.argopreflight.testing;

import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.preflight.PreflightRequest;
import io.jenkins.plugins.argopreflight.engine.report.Gate;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoVersion;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Requests that ask for nothing special. */
public final class Requests {

    private Requests() {}

    /** Judges the given documents by whatever the cluster has, and fails of a FAIL. */
    public static PreflightRequest of(List<Document> given, String namespace, String argoNamespace) {
        return of(given, namespace, argoNamespace, Optional.empty());
    }

    /** The same for that version of Argo, such as {@code v4.0.5}. */
    public static PreflightRequest of(
            List<Document> given, String namespace, String argoNamespace, String argoVersion) {
        return of(given, namespace, argoNamespace, ArgoVersion.parse(argoVersion));
    }

    private static PreflightRequest of(
            List<Document> given, String namespace, String argoNamespace, Optional<ArgoVersion> argoVersion) {
        return new PreflightRequest(
                given,
                List.of(),
                namespace,
                argoNamespace,
                argoVersion,
                Optional.empty(),
                "",
                List.of(),
                Map.of(),
                List.of(),
                List.of(),
                Gate.FAIL,
                LocalDate.of(2026, 11, 25));
    }
}
