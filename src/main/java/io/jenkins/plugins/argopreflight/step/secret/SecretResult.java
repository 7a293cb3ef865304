package io.jenkins.plugins.argopreflight.step.secret;

import io.jenkins.plugins.argopreflight.engine.dockerconfig.RegistryKey;
import io.jenkins.plugins.argopreflight.engine.fact.Label;
import io.jenkins.plugins.argopreflight.engine.report.SyncReport;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.Status;
import io.jenkins.plugins.argopreflight.engine.sync.SyncRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The return value of the step: maps, lists, texts and booleans, which a Pipeline can store and its sandbox allows. */
final class SecretResult {

    private SecretResult() {}

    static Map<String, Object> of(SyncRequest request, SyncReport report) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("secretName", request.name());
        result.put(
                "namespaces",
                list(report.namespaces().stream().map(done -> done.namespace()).toList()));
        result.put("serviceAccounts", list(request.serviceAccounts()));
        result.put("changed", report.namespaces().stream().anyMatch(namespace -> namespace.status() == Status.CHANGED));
        result.put(
                "registries",
                list(request.credentials().stream()
                        .map(credential -> RegistryKey.canonical(credential.registry()))
                        .distinct()
                        .toList()));
        result.put("result", Label.of(report.result()));
        return result;
    }

    private static List<String> list(List<String> texts) {
        return new ArrayList<>(texts);
    }
}
