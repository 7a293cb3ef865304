package io.jenkins.plugins.argopreflight.engine;

import io.jenkins.plugins.argopreflight.engine.fact.Unseen;
import io.jenkins.plugins.argopreflight.engine.pull.Pull;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.Status;
import java.util.List;

/**
 * What a sync did, or with a dry run would do, and what it proved.
 *
 * @param server the API server
 * @param identity whom it takes us for; "" when it cannot tell
 * @param dryRun whether nothing was written
 * @param namespaces the outcomes, in the order of the namespaces' names
 * @param pulls the proof: what each ServiceAccount's pods will get for each image to verify
 * @param unseen what could not be looked at
 * @param cost what it took
 */
public record SyncReport(
        String server,
        String identity,
        boolean dryRun,
        List<NamespaceOutcome> namespaces,
        List<Pull> pulls,
        List<Unseen> unseen,
        Cost cost) {

    public SyncReport {
        namespaces = List.copyOf(namespaces);
        pulls = List.copyOf(pulls);
        unseen = List.copyOf(unseen);
    }

    /**
     * @param reads requests to the API server that only read
     * @param writes creates, replacements and deletions; with a dry run those that the server only judged
     * @param reviews what we may do, and who we are
     * @param registryCalls requests to registries and their token servers
     * @param wallMillis from the first request to the last answer
     */
    public record Cost(int reads, int writes, int reviews, int registryCalls, long wallMillis) {
        public int apiCalls() {
            return reads + writes + reviews;
        }
    }

    /** The whole in one word. */
    public enum Result {
        /** Every namespace is as asked, and every image can be pulled. */
        OK(0),
        /** A namespace was refused or failed, or an image cannot be pulled. */
        FAILED(1),
        /** All that was looked at is well, and something that was asked could not be looked at. */
        UNCHECKED(3);

        private final int exitCode;

        Result(int exitCode) {
            this.exitCode = exitCode;
        }

        public int exitCode() {
            return exitCode;
        }
    }

    public Result result() {
        boolean refused = namespaces.stream()
                .anyMatch(outcome -> outcome.status() == Status.REFUSED || outcome.status() == Status.FAILED);
        boolean rejected = pulls.stream()
                .anyMatch(pull -> pull.verdict() != Verdict.OK && pull.verdict().isKnown());
        if (refused || rejected) {
            return Result.FAILED;
        }
        boolean unchecked = unseen.stream().anyMatch(Unseen::asked)
                || pulls.stream().anyMatch(pull -> !pull.verdict().isKnown());
        return unchecked ? Result.UNCHECKED : Result.OK;
    }
}
