package io.jenkins.plugins.argopreflight.action;

import hudson.console.AnnotatedLargeText;
import hudson.model.Run;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jenkinsci.plugins.workflow.actions.LogAction;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionOwner;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.kohsuke.stapler.StaplerResponse2;

/** The part of a step's log that belongs to one node of its workflow, as text. */
public final class NodeLog {

    private NodeLog() {}

    /**
     * Sends the log lines of a workflow's node. Secrets are masked as in the log.
     *
     * @param flowNode id of the step's node in the Pipeline; the log of the whole build is read if the step has no log
     * @param label prefix of the lines, in brackets
     */
    static void send(Run<?, ?> run, String flowNode, String label, StaplerResponse2 response) throws IOException {
        response.setContentType("text/plain;charset=UTF-8");
        response.setHeader("Content-Security-Policy", "sandbox; default-src 'none'");
        response.setHeader("X-Content-Type-Options", "nosniff");
        NodeLines lines = new NodeLines(label, response.getOutputStream());
        copy(log(run, flowNode), 0, lines);
        response.getOutputStream().write(lines.end().getBytes(StandardCharsets.UTF_8));
    }

    /** Copies the current content of a log from a position on; nothing if the position is after its end. */
    public static void copy(AnnotatedLargeText<?> log, long from, OutputStream out) throws IOException {
        long length = log.length();
        long position = from;
        while (position < length) {
            long next = log.writeLogTo(position, out);
            position = next > position ? next : length;
        }
    }

    private static AnnotatedLargeText<?> log(Run<?, ?> run, String flowNode) throws IOException {
        FlowExecutionOwner owner =
                run instanceof FlowExecutionOwner.Executable pipeline ? pipeline.asFlowExecutionOwner() : null;
        FlowExecution execution = owner == null || flowNode.isEmpty() ? null : owner.getOrNull();
        FlowNode node = execution == null ? null : execution.getNode(flowNode);
        LogAction log = node == null ? null : node.getAction(LogAction.class);
        return log == null ? run.getLogText() : log.getLogText();
    }
}
