package io.jenkins.plugins.argopreflight.engine.render.text;

import io.jenkins.plugins.argopreflight.engine.facts.pull.PullRow;
import io.jenkins.plugins.argopreflight.engine.model.fact.Label;
import io.jenkins.plugins.argopreflight.engine.model.fact.Unavailable;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.RegistryKey;
import io.jenkins.plugins.argopreflight.engine.render.PullRows;
import io.jenkins.plugins.argopreflight.engine.render.Style;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.Instruction;
import io.jenkins.plugins.argopreflight.engine.sync.SyncRequest;
import io.jenkins.plugins.argopreflight.engine.sync.secret.SyncReport;
import java.util.Comparator;
import java.util.List;

/**
 * The report of a sync as texts for a page: a row for each namespace, failures first.
 *
 * @param verdict the result in one line
 * @param result ok, failed or unchecked
 * @param registries the keys of the requested registries in the Secret
 * @param unseen the facts that could not be checked, with the reason
 */
public record SyncTable(String verdict, String result, List<String> registries, List<Row> rows, List<String> unseen) {

    /**
     * The outcome for a namespace.
     *
     * @param status unchanged, changed, would change, refused or failed
     * @param secret the change of the Secret; "" for none
     * @param accounts each ServiceAccount with its change
     * @param proofs each image to verify, with the registry's answer
     * @param message the reason of a refusal or failure
     * @param remediation commands or YAML that fix the problem
     * @param stalePods pods that still have the old list of pull Secrets, each with the command that recreates it
     */
    public record Row(
            String namespace,
            String status,
            String secret,
            List<String> accounts,
            List<String> proofs,
            String message,
            List<String> remediation,
            List<String> notes,
            List<String> stalePods) {}

    public static SyncTable of(SyncRequest request, SyncReport report) {
        return new SyncTable(
                new SyncVerdict(Style.PLAIN).line(request, report),
                Label.of(report.result()),
                request.credentials().stream()
                        .map(credential -> RegistryKey.canonical(credential.registry()))
                        .distinct()
                        .toList(),
                report.namespaces().stream()
                        .sorted(Comparator.comparing(NamespaceOutcome::status).reversed())
                        .map(outcome -> row(outcome, report))
                        .toList(),
                report.unseen().stream().map(SyncTable::words).toList());
    }

    private static Row row(NamespaceOutcome outcome, SyncReport report) {
        return new Row(
                outcome.namespace(),
                SyncVerdict.label(outcome.status(), report.dryRun()),
                outcome.changes().stream()
                        .filter(change -> change.kind().equals("Secret"))
                        .map(change -> change.action().label())
                        .findFirst()
                        .orElse(""),
                outcome.changes().stream()
                        .filter(change -> change.kind().equals("ServiceAccount"))
                        .map(change -> change.name() + " " + change.action().label())
                        .toList(),
                report.pulls().stream()
                        .filter(pull ->
                                pull.namespace().isEmpty() || pull.namespace().equals(outcome.namespace()))
                        .map(SyncTable::words)
                        .toList(),
                outcome.message(),
                outcome.remediation().stream().map(Instruction::text).toList(),
                outcome.notes(),
                outcome.stalePods().stream()
                        .map(pod -> pod.remedy().text() + "   # " + pod.name() + ", " + pod.phase())
                        .toList());
    }

    private static String words(PullRow pull) {
        String with = pull.serviceAccount().isEmpty()
                ? " with Secret " + String.join(", ", pull.pullSecrets())
                : " as " + pull.serviceAccount();
        return pull.image() + with + ": " + PullRows.words(pull);
    }

    private static String words(Unavailable unseen) {
        return unseen.fact() + ": " + unseen.reason();
    }
}
