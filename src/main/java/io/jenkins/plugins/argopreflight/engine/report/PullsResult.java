package io.jenkins.plugins.argopreflight.engine.report;

import io.jenkins.plugins.argopreflight.engine.SyncReport;
import io.jenkins.plugins.argopreflight.engine.SyncReport.Cost;
import io.jenkins.plugins.argopreflight.engine.SyncReport.Result;
import io.jenkins.plugins.argopreflight.engine.pull.Pull;
import java.util.List;

/** What pulls alone come to, by the rule that a sync's report has. */
public final class PullsResult {

    private PullsResult() {}

    public static Result of(List<Pull> pulls) {
        return new SyncReport("", "", false, List.of(), pulls, List.of(), new Cost(0, 0, 0, 0, 0)).result();
    }
}
