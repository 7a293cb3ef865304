package io.jenkins.plugins.argopreflight.engine.workflow.template;

import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.workflow.model.FixTarget;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Missing;
import io.jenkins.plugins.argopreflight.engine.workflow.model.PodRequest;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Problem;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns what could not be found, or not be looked up, into problems at the place that refers to it. */
public final class References {

    private References() {}

    /** The object, or null after a problem was reported. */
    public static @Nullable Document found(
            Fact<Optional<Document>> fact,
            String kind,
            PodRequest request,
            String name,
            Document from,
            String path,
            List<Problem> problems) {
        if (fact.isUnknown()) {
            problems.add(new Problem(
                    Problem.Kind.UNKNOWN_REFERENCE,
                    from,
                    path,
                    kind + " \"" + name + "\" could not be looked up: "
                            + fact.ifUnknown().get().reason()));
            return null;
        }
        Optional<Document> found = fact.ifKnown().get();
        if (found.isEmpty()) {
            boolean cluster = kind.startsWith("Cluster");
            String other = cluster ? "WorkflowTemplate" : "ClusterWorkflowTemplate";
            boolean elsewhere = request.objects()
                    .find(other, cluster ? request.namespace() : "", name)
                    .ifKnown()
                    .flatMap(each -> each)
                    .isPresent();
            problems.add(new Problem(
                            Problem.Kind.MISSING_REFERENCE,
                            from,
                            path,
                            kind + " \"" + name + "\" not found"
                                    + (elsewhere
                                            ? "; there is a " + other + " of that name: set clusterScope: " + !cluster
                                            : ""),
                            elsewhere
                                    ? Optional.empty()
                                    : Optional.of(FixTarget.absentTemplate(kind, request.namespace(), name)))
                    .because(new Missing.Named(kind, cluster ? "" : request.namespace(), name)));
        }
        return found.orElse(null);
    }
}
