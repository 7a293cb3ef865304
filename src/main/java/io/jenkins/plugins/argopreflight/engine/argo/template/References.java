package io.jenkins.plugins.argopreflight.engine.argo.template;

import io.jenkins.plugins.argopreflight.engine.argo.model.FixTarget;
import io.jenkins.plugins.argopreflight.engine.argo.model.Missing;
import io.jenkins.plugins.argopreflight.engine.argo.model.PodRequest;
import io.jenkins.plugins.argopreflight.engine.argo.model.Problem;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A converter of missing and unreadable objects to problems of the field that refers to them. */
public final class References {

    private References() {}

    /** Returns the object. If it does not exist or could not be read, reports a problem and returns null. */
    public static @Nullable Document found(
            Fact<Optional<Document>> fact,
            String kind,
            PodRequest request,
            String name,
            Document from,
            String path,
            Consumer<Problem> problems) {
        fact.ifUnknown()
                .ifPresent(unknown -> problems.accept(new Problem(
                                Problem.Kind.UNKNOWN_REFERENCE,
                                from,
                                path,
                                kind + " \"" + name + "\" could not be looked up: " + unknown.reason())
                        .because(Missing.Unread.of(unknown))));
        if (fact.isUnknown()) {
            return null;
        }
        Optional<Document> document = fact.ifKnown().get();
        if (document.isEmpty()) {
            boolean isClusterKind = kind.startsWith("Cluster");
            String other = isClusterKind ? "WorkflowTemplate" : "ClusterWorkflowTemplate";
            boolean existsAsOther = request.objects()
                    .find(other, isClusterKind ? request.namespace() : "", name)
                    .ifKnown()
                    .flatMap(each -> each)
                    .isPresent();
            problems.accept(new Problem(
                            Problem.Kind.MISSING_REFERENCE,
                            from,
                            path,
                            kind + " \"" + name + "\" not found"
                                    + (existsAsOther
                                            ? "; there is a " + other + " of that name: set clusterScope: "
                                                    + !isClusterKind
                                            : ""),
                            existsAsOther
                                    ? Optional.empty()
                                    : Optional.of(FixTarget.absentTemplate(kind, request.namespace(), name)))
                    .because(new Missing.Named(kind, isClusterKind ? "" : request.namespace(), name)));
        }
        return document.orElse(null);
    }
}
