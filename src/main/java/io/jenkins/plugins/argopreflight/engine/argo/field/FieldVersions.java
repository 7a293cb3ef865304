package io.jenkins.plugins.argopreflight.engine.argo.field;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.field.ArgoFields.Kind;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoVersion;
import io.jenkins.plugins.argopreflight.engine.argo.model.Problem;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A check for fields of a spec that were added in a later version of Argo, or removed in an earlier one. */
public final class FieldVersions {

    private final ArgoVersion version;

    public FieldVersions(ArgoVersion version) {
        this.version = version;
    }

    /**
     * Returns a problem for each field of a spec that this version does not have. A field inside a reported field is
     * not reported.
     */
    public List<Problem> check(Document document, String path, JsonNode spec) {
        List<FieldWalk.VersionDependent> versionDependent = new ArrayList<>();
        if (document.kind().equals("CronWorkflow")) {
            ObjectNode cron = Json.copy(document.root().path("spec"));
            cron.remove("workflowSpec");
            versionDependent.addAll(
                    FieldWalk.of(document, "spec", "CronWorkflowSpec", cron).versionDependent());
        }
        versionDependent.addAll(
                FieldWalk.of(document, path, "WorkflowSpec", spec).versionDependent());
        List<Problem> problems = new ArrayList<>();
        String reportedPath = "";
        for (FieldWalk.VersionDependent field : versionDependent) {
            Optional<String> message = isInside(reportedPath, field.path()) ? Optional.empty() : message(field);
            if (message.isPresent()) {
                reportedPath = field.path();
                problems.add(new Problem(Problem.Kind.VERSION, document, field.path(), message.orElseThrow()));
            }
        }
        return problems;
    }

    /** Returns whether a path leads into the object or list at another path. False for the path "". */
    private static boolean isInside(String outer, String path) {
        return !outer.isEmpty() && (path.startsWith(outer + ".") || path.startsWith(outer + "["));
    }

    private Optional<String> message(FieldWalk.VersionDependent field) {
        Kind kind = field.kind();
        String instead = kind.instead().isEmpty() ? "" : "; use " + kind.instead();
        String unknown = "; " + version + " does not know it" + instead;
        if (!kind.since().isEmpty() && version.isBefore(kind.since())) {
            return Optional.of(field.name() + " came with Argo " + kind.since() + unknown);
        }
        return kind.until().isEmpty() || version.isBefore(kind.until())
                ? Optional.empty()
                : Optional.of(field.name() + " was removed in Argo " + kind.until() + unknown);
    }
}
