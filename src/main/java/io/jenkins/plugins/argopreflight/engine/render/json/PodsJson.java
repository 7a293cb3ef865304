package io.jenkins.plugins.argopreflight.engine.render.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.argo.model.Condition;
import io.jenkins.plugins.argopreflight.engine.argo.model.FieldSource;
import io.jenkins.plugins.argopreflight.engine.argo.model.Problem;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.location.Places;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.model.fact.Label;
import io.jenkins.plugins.argopreflight.engine.preflight.PodsReport;

/** Pods in JSON as {@code docs/pods.schema.json} describes them. */
public final class PodsJson {

    /** Renders the whole report, with a newline at its end. */
    public String render(PodsReport report) {
        ObjectNode root = JsonParts.document();
        root.putObject("request").put("command", "pods");
        root.putObject("versions").put("argo", report.argo().text());
        root.put("configuration", report.configuration());
        root.put("result", Label.of(report.result()));
        ArrayNode pods = root.putArray("pods");
        ArrayNode findings = root.putArray("findings");
        ArrayNode supplied = root.putArray("suppliedByCaller");
        for (WorkflowFacts workflow : report.workflows()) {
            workflow.pods().forEach(pod -> pod(pods.addObject(), workflow, pod));
            PodsReport.shown(workflow).forEach(problem -> finding(findings.addObject(), workflow, problem));
            supplied(supplied, workflow);
        }
        JsonParts.unknown(root.putArray("unknown"), report.unknown());
        root.putObject("cost")
                .put("apiCalls", report.apiCalls())
                .put("registryCalls", 0)
                .put("wallMillis", report.wallMillis());
        return JsonParts.text(root);
    }

    private static void supplied(ArrayNode to, WorkflowFacts workflow) {
        if (!workflow.suppliedByCaller().isEmpty()) {
            ObjectNode node = to.addObject()
                    .put("kind", workflow.document().kind())
                    .put("namespace", workflow.namespace())
                    .put("name", workflow.document().nameOrPrefix());
            JsonParts.strings(node.putArray("parts"), workflow.suppliedByCaller());
        }
    }

    private static void pod(ObjectNode node, WorkflowFacts workflow, ArgoPod pod) {
        node.put("name", pod.name());
        node.put("namespace", workflow.namespace());
        node.put("workflow", workflow.document().nameOrPrefix());
        node.put("template", pod.template());
        node.put("location", pod.templateLocation().toString());
        node.put("kind", Label.of(pod.kind()));
        JsonParts.strings(node.putArray("nodes"), pod.nodeNames());
        node.put("count", pod.count());
        node.put("countOpen", pod.isCountOpen());
        JsonParts.strings(
                node.putArray("conditions"),
                pod.conditions().stream().map(Condition::toString).toList());
        JsonParts.strings(node.putArray("lookUps"), pod.lookUps());
        ArrayNode unresolved = node.putArray("unresolved");
        pod.unresolved()
                .forEach(each -> unresolved
                        .addObject()
                        .put("path", each.path())
                        .put("variable", each.variable())
                        .put("reason", each.reason()));
        ObjectNode whole = node.putObject("pod").put("apiVersion", "v1").put("kind", "Pod");
        whole.setAll(pod.pod());
        ObjectNode origins = node.putObject("origins");
        pod.origins().forEach((path, origin) -> {
            if (origin.source() != FieldSource.ARGO) {
                origins.put(path, origin.toString());
            }
        });
    }

    private static void finding(ObjectNode node, WorkflowFacts workflow, Problem problem) {
        node.put("kind", problem.kind().label());
        node.put("outcome", outcome(problem));
        node.put("message", problem.text());
        Subject subject = Places.of(workflow, problem);
        node.putObject("subject")
                .put("file", problem.location().file())
                .put("line", problem.location().line())
                .put("column", problem.location().column())
                .put("path", problem.path())
                .put("kind", subject.kind())
                .put("name", subject.name())
                .put("namespace", subject.namespace());
    }

    private static String outcome(Problem problem) {
        if (PodsReport.isNote(problem)) {
            return "warn";
        }
        return PodsReport.isFinding(problem) ? "fail" : "unknown";
    }
}
