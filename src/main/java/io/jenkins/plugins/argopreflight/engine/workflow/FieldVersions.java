package io.jenkins.plugins.argopreflight.engine.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.manifest.FieldPath;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Fields that came or went between Argo's versions; source: the JSON names in argo-workflows
 * pkg/apis/workflow/v1alpha1 of 3.4.18, 3.5.15, 3.6.19, 3.7.18, 4.0.10 and 4.1.2.
 */
final class FieldVersions {

    /** @param parent where the field stands; @param since "" for always; @param until the first version without it */
    private record Change(String parent, String field, String since, String until, String instead) {}

    private static final List<Change> CHANGES = List.of(
            new Change("spec", "podPriority", "", "3.7.0", "podPriorityClassName"),
            new Change("spec", "executorPlugins", "4.1.0", "", ""),
            new Change("spec", "podResources", "4.1.0", "", ""),
            new Change("spec", "resourceClaims", "4.1.0", "", "podSpecPatch"),
            new Change("template", "priority", "", "3.7.0", "priorityClassName"),
            new Change("template", "annotations", "3.7.0", "", "metadata.annotations"),
            new Change("template", "pendingTimeout", "4.1.0", "", "timeout"),
            new Change("template", "podResources", "4.1.0", "", ""),
            new Change("template", "resourceClaims", "4.1.0", "", "podSpecPatch"),
            new Change("artifact", "plugin", "4.0.0", "", ""),
            new Change("synchronization", "mutexes", "3.6.0", "", "mutex"),
            new Change("synchronization", "semaphores", "3.6.0", "", "semaphore"),
            new Change("synchronization", "mutex", "", "4.0.0", "mutexes"),
            new Change("synchronization", "semaphore", "", "4.0.0", "semaphores"),
            new Change("podGC", "deleteDelayDuration", "3.5.0", "", ""),
            new Change("cron", "schedules", "3.6.0", "", "schedule"),
            new Change("cron", "when", "3.6.0", "", ""),
            new Change("cron", "stopStrategy", "3.6.0", "", ""),
            new Change("cron", "schedule", "", "4.0.0", "schedules"));

    private final ArgoVersion version;

    FieldVersions(ArgoVersion version) {
        this.version = version;
    }

    /** What of a spec this version does not have. */
    List<Problem> check(Document document, String path, JsonNode spec) {
        List<Problem> problems = new ArrayList<>();
        BiConsumer<String, String> found =
                (at, message) -> problems.add(new Problem(Problem.Kind.VERSION, document.locate(at), at, message));
        if (document.kind().equals("CronWorkflow")) {
            check("cron", "spec", document.root().path("spec"), found);
        }
        check("spec", path, spec, found);
        check("podGC", path + ".podGC", spec.path("podGC"), found);
        check("synchronization", path + ".synchronization", spec.path("synchronization"), found);
        for (int i = 0; i < spec.path("templates").size(); i++) {
            String at = FieldPath.element(path + ".templates", i);
            JsonNode template = spec.path("templates").get(i);
            check("template", at, template, found);
            check("synchronization", at + ".synchronization", template.path("synchronization"), found);
            artifacts(at + ".inputs", template.path("inputs"), found);
            artifacts(at + ".outputs", template.path("outputs"), found);
            check("artifact", at + ".archiveLocation", template.path("archiveLocation"), found);
        }
        artifacts(path + ".arguments", spec.path("arguments"), found);
        return problems;
    }

    private void artifacts(String path, JsonNode holder, BiConsumer<String, String> found) {
        for (int i = 0; i < holder.path("artifacts").size(); i++) {
            String at = FieldPath.element(path + ".artifacts", i);
            check("artifact", at, holder.path("artifacts").get(i), found);
        }
    }

    private void check(String parent, String path, JsonNode holder, BiConsumer<String, String> found) {
        for (Change change : CHANGES) {
            if (change.parent().equals(parent) && Json.isSet(holder, change.field())) {
                String instead = change.instead().isEmpty() ? "" : "; use " + change.instead();
                String at = FieldPath.field(path, change.field());
                if (!change.since().isEmpty() && before(change.since())) {
                    found.accept(
                            at,
                            change.field() + " came with Argo " + minor(change.since()) + "; " + version
                                    + " does not know it" + instead);
                } else if (!change.until().isEmpty() && !before(change.until())) {
                    found.accept(
                            at,
                            change.field() + " is gone since Argo " + minor(change.until()) + "; " + version
                                    + " does not know it" + instead);
                }
            }
        }
    }

    private boolean before(String other) {
        return version.compareTo(ArgoVersion.parse(other).orElseThrow()) < 0;
    }

    private static String minor(String text) {
        return text.substring(0, text.lastIndexOf('.'));
    }
}
