package io.jenkins.plugins.argopreflight.action.publish;

import hudson.Extension;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.tasks.junit.JUnitResultArchiver;
import hudson.tasks.junit.pipeline.JUnitResultsStepExecution;
import hudson.tasks.test.PipelineTestDetails;
import io.jenkins.plugins.argopreflight.engine.render.ci.JUnitXml;
import io.jenkins.plugins.argopreflight.engine.util.file.FileName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * A publisher that adds findings to the build's test results with the JUnit plugin. They do not change the result of
 * the build: {@code failOn} and {@code unstableOn} decide.
 */
@Extension(optional = true)
public final class TestResultPublisher implements ReportPublisher {

    private static final String FILE = "argo-preflight.xml";

    @Override
    public Place place() {
        return Place.TESTS;
    }

    @Override
    public void publish(Publication publication, StepContext context) throws IOException, InterruptedException {
        JUnitResultArchiver archiver = new JUnitResultArchiver(FILE);
        archiver.setAllowEmptyResults(true);
        archiver.setSkipPublishingChecks(true);
        JUnitXml format = publication.isDefault() ? new JUnitXml() : new JUnitXml(publication.id());
        Path folder = Files.createTempDirectory("argo-preflight");
        try {
            Files.writeString(FileName.in(folder, FILE), format.render(publication.report()));
            JUnitResultArchiver.parseAndSummarize(
                    archiver,
                    place(context.get(FlowNode.class)),
                    context.get(Run.class),
                    new FilePath(folder.toFile()),
                    Jenkins.get().createLauncher(TaskListener.NULL),
                    TaskListener.NULL);
        } finally {
            Files.deleteIfExists(FileName.in(folder, FILE));
            Files.deleteIfExists(folder);
        }
    }

    /** Returns the stages and parallel branches around the step, which distinguish test results. */
    private static PipelineTestDetails place(FlowNode node) {
        List<FlowNode> enclosing = JUnitResultsStepExecution.getEnclosingStagesAndParallels(node);
        PipelineTestDetails details = new PipelineTestDetails();
        details.setNodeId(node.getId());
        details.setEnclosingBlocks(JUnitResultsStepExecution.getEnclosingBlockIds(enclosing));
        details.setEnclosingBlockNames(JUnitResultsStepExecution.getEnclosingBlockNames(enclosing));
        return details;
    }
}
