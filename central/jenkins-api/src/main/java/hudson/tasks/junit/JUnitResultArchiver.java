package hudson.tasks.junit;

import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.tasks.Recorder;
import hudson.tasks.test.PipelineTestDetails;
import java.io.IOException;

public class JUnitResultArchiver extends Recorder implements JUnitTask {

    public JUnitResultArchiver(String testResults) {
        throw new UnsupportedOperationException();
    }

    public static TestResultSummary parseAndSummarize(
            JUnitTask task,
            PipelineTestDetails pipelineTestDetails,
            Run<?, ?> build,
            FilePath workspace,
            Launcher launcher,
            TaskListener listener)
            throws InterruptedException, IOException {
        throw new UnsupportedOperationException();
    }

    public final void setAllowEmptyResults(boolean allowEmptyResults) {
        throw new UnsupportedOperationException();
    }

    public void setSkipPublishingChecks(boolean skipPublishingChecks) {
        throw new UnsupportedOperationException();
    }
}
