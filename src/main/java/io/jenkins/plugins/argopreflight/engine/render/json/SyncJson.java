package io.jenkins.plugins.argopreflight.engine.render.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.model.fact.Label;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.DiffLine;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.Instruction;
import io.jenkins.plugins.argopreflight.engine.sync.SyncRequest;
import io.jenkins.plugins.argopreflight.engine.sync.secret.SyncReport;
import java.util.List;

/** A sync in JSON as {@code docs/sync.schema.json} describes it. */
public final class SyncJson {

    /** Renders the whole report, with a newline at its end. */
    public String render(SyncRequest request, SyncReport report) {
        ObjectNode root = JsonParts.document();
        request(root.putObject("request"), request);
        root.put("server", report.server());
        root.putObject("identity").put("user", report.identity());
        root.put("result", Label.of(report.result()));
        ArrayNode namespaces = root.putArray("namespaces");
        report.namespaces().forEach(outcome -> namespace(namespaces.addObject(), outcome));
        root.set("pulls", PreflightJson.pulls(report.pulls()));
        JsonParts.unknown(root.putArray("unknown"), report.unseen());
        JsonParts.cost(root.putObject("cost"), report.cost());
        return JsonParts.text(root);
    }

    private static void request(ObjectNode node, SyncRequest request) {
        node.put("command", "sync");
        node.put("mode", Label.of(request.mode()));
        node.put("name", request.name());
        JsonParts.strings(node.putArray("namespaces"), request.namespaces());
        node.put("namespaceSelector", request.namespaceSelector());
        JsonParts.strings(node.putArray("serviceAccounts"), request.serviceAccounts());
        JsonParts.registries(node.putArray("registries"), request.credentials());
        node.put("dryRun", request.options().dryRun());
        node.put("adopt", request.options().adopt());
        node.put("recreate", request.options().recreate());
        node.put("prune", request.options().prune());
        node.put("createServiceAccounts", request.options().createServiceAccounts());
    }

    private static void namespace(ObjectNode node, NamespaceOutcome outcome) {
        node.put("namespace", outcome.namespace());
        node.put("status", outcome.status().label());
        node.put("message", outcome.message());
        ArrayNode changes = node.putArray("changes");
        outcome.changes().forEach(change -> {
            ObjectNode one = changes.addObject();
            one.put("kind", change.kind())
                    .put("name", change.name())
                    .put("action", change.action().label());
            JsonParts.strings(
                    one.putArray("diff"),
                    change.diff().stream().map(DiffLine::marked).toList());
        });
        JsonParts.strings(
                node.putArray("remediation"),
                outcome.remediation().stream().map(Instruction::text).toList());
        stalePods(node.putArray("stalePods"), outcome.stalePods());
        JsonParts.strings(node.putArray("notes"), outcome.notes());
    }

    private static void stalePods(ArrayNode pods, List<NamespaceOutcome.StalePod> stale) {
        stale.forEach(pod -> pods.addObject()
                .put("name", pod.name())
                .put("phase", pod.phase())
                .put("serviceAccount", pod.serviceAccount())
                .put("owner", pod.owner())
                .put("remedy", pod.remedy().text()));
    }
}
