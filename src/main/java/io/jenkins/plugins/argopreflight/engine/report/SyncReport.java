package io.jenkins.plugins.argopreflight.engine.report;

import io.jenkins.plugins.argopreflight.engine.fact.Unavailable;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.Status;
import java.util.List;
import java.util.Optional;

/**
 * What a sync did, or with a dry run would do, and what it proved.
 *
 * @param server the API server
 * @param identity whom it takes us for; "" when it cannot determine
 * @param dryRun whether nothing was written
 * @param namespaces the outcomes, in the order of the namespaces' names
 * @param pulls the proof: what each ServiceAccount's pods will get for each image to verify
 * @param unseen what could not be checked
 * @param cost what it took
 */
public record SyncReport(
        String server,
        String identity,
        boolean dryRun,
        List<NamespaceOutcome> namespaces,
        List<PullRow> pulls,
        List<Unavailable> unseen,
        Cost cost) {

    public SyncReport {
        namespaces = List.copyOf(namespaces);
        pulls = List.copyOf(pulls);
        unseen = List.copyOf(unseen);
    }

    /**
     * @param reads requests to the API server that only read
     * @param writes creates, replacements and deletions; with a dry run those that the server only judged
     * @param reviews what we can do, and who we are
     * @param registryCalls requests to registries and their token servers
     * @param wallMillis from the first request to the last answer
     */
    public record Cost(int reads, int writes, int reviews, int registryCalls, long wallMillis) {
        public int apiCalls() {
            return reads + writes + reviews;
        }
    }

    /**
     * The reason why nothing was written in any namespace, with the command line that fixes it if there is one; empty if
     * something was written, or if the reasons differ.
     */
    public Optional<String> refusal() {
        List<String> reasons = namespaces.stream()
                .map(outcome -> outcome.status() == Status.REFUSED ? reason(outcome) : "")
                .distinct()
                .toList();
        return Optional.of(reasons)
                .filter(all -> all.size() == 1 && !all.get(0).isEmpty())
                .map(all -> all.get(0));
    }

    private static String reason(NamespaceOutcome refused) {
        String reason =
                refused.message().replace(NamespaceOutcome.NOTHING_CHANGED, "").replace("\n", "; ");
        return refused.remediation().stream()
                .findFirst()
                .filter(fix -> !fix.contains("\n"))
                .map(command -> reason + ". To fix it: " + command)
                .orElse(reason);
    }

    public RunResult result() {
        boolean refused = namespaces.stream()
                .anyMatch(outcome -> outcome.status() == Status.REFUSED || outcome.status() == Status.FAILED);
        RunResult proof = RunResult.of(pulls);
        if (refused || proof == RunResult.FAILED) {
            return RunResult.FAILED;
        }
        return unseen.stream().anyMatch(Unavailable::asked) ? RunResult.UNCHECKED : proof;
    }
}
