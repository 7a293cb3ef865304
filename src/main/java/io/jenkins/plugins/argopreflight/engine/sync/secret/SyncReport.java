package io.jenkins.plugins.argopreflight.engine.sync.secret;

import io.jenkins.plugins.argopreflight.engine.facts.pull.PullRow;
import io.jenkins.plugins.argopreflight.engine.model.fact.Unavailable;
import io.jenkins.plugins.argopreflight.engine.preflight.RunResult;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.Instruction;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.Instruction.Form;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.Problem;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.Status;
import java.util.List;
import java.util.Optional;

/**
 * The report of a sync: the changes, or those that a dry run would make, and the proof by pulls.
 *
 * @param server the API server
 * @param identity the identity of the credentials in use; {@code ""} if it is unknown
 * @param dryRun whether nothing was written
 * @param namespaces the outcomes, in the order of the namespaces' names
 * @param pulls the proof: the pulls of each image to verify by the pods of each ServiceAccount
 * @param unseen the facts that could not be read
 * @param cost the number of requests and the duration
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
     * The number of requests and the duration.
     *
     * @param reads the requests to the API server that only read
     * @param writes the creates, replacements and deletions; with a dry run, those that the server only evaluated
     * @param reviews the requests for the rights and the identity of the credentials in use
     * @param registryCalls the requests to registries and their token servers
     * @param wallMillis the time from the first request to the last answer
     */
    public record Cost(int reads, int writes, int reviews, int registryCalls, long wallMillis) {
        public int apiCalls() {
            return reads + writes + reviews;
        }
    }

    /**
     * Returns the reason why nothing was written in any namespace, with the command line that fixes it if there is one;
     * empty if something was written or the reasons differ.
     */
    public Optional<String> refusal() {
        List<Refusal> refusals = namespaces.stream().map(Refusal::of).distinct().toList();
        return refusals.size() == 1 && namespaces.get(0).status() == Status.REFUSED
                ? Optional.of(refusals.get(0).text())
                : Optional.empty();
    }

    /**
     * The status of a namespace, with its problem.
     *
     * @param fix the instruction in one line that fixes the problem; empty if there is none
     */
    private record Refusal(Status status, Problem problem, Optional<Instruction> fix) {

        static Refusal of(NamespaceOutcome outcome) {
            return new Refusal(
                    outcome.status(),
                    outcome.problem(),
                    outcome.remediation().stream().findFirst().filter(instruction -> instruction.form() == Form.LINE));
        }

        String text() {
            String reason = problem.withoutAssurance();
            return fix.map(line -> reason + ". To fix it: " + line.text()).orElse(reason);
        }
    }

    /** Returns the result of the writes in a word: written, unchanged, or dry run. */
    public String done() {
        if (namespaces.stream().noneMatch(outcome -> outcome.status() == Status.CHANGED)) {
            return "unchanged";
        }
        return dryRun ? "dry run" : "written";
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
