package io.jenkins.plugins.argopreflight.step;

import hudson.AbortException;
import hudson.Util;
import hudson.markup.EscapedMarkupFormatter;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.argopreflight.action.BuildReports;
import io.jenkins.plugins.argopreflight.action.WorkflowEntry;
import io.jenkins.plugins.argopreflight.action.WorkflowsAction;
import io.jenkins.plugins.argopreflight.engine.util.text.Visible;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** The description of a build, to which a step with {@code description: true} adds a line about a problem. */
public final class BuildDescription {

    private static final Logger LOGGER = Logger.getLogger(BuildDescription.class.getName());
    private static final String BREAK = "<br>";

    /** The page below the build that shows a whole error. */
    private static final String CONSOLE = "console";

    private static final int MAX_LINE_CHARACTERS = 200;

    /** The lines of running builds. Parallel branches can add lines at the same time. */
    private static final Map<Run<?, ?>, DescriptionLines> LINES = Collections.synchronizedMap(new WeakHashMap<>());

    private final Run<?, ?> run;

    public BuildDescription(Run<?, ?> run) {
        this.run = run;
    }

    /** Adds the first cause of the workflow that a step recorded; adds nothing if no cause is known. */
    public void addWorkflow(String owner) throws IOException {
        for (WorkflowEntry entry : WorkflowsAction.wrong(run, owner).stream().toList()) {
            add(entry.getWorkflow() + ": " + entry.getCause(), WorkflowsAction.URL + "/#" + entry.anchor());
        }
    }

    /**
     * Adds the sentence with which a step failed. Adds nothing if the step's report failed or its workflow has a cause,
     * since the description already has a line about these.
     *
     * @param owner the owner of the report and the workflow that the step recorded
     * @param function the name of the step in a Jenkinsfile
     * @param failure the failure; one without an error message, such as an interruption, is not described
     */
    public static void addFailure(StepContext context, String owner, String function, StepFailure failure) {
        Throwable throwable = failure.throwable();
        String message = throwable instanceof AbortException ? Util.fixNull(throwable.getMessage()) : "";
        if (!message.isEmpty()) {
            addSentence(context, owner, function, failure.prefix(function), message);
        }
    }

    /**
     * Adds a sentence about a step, as {@link #addFailure} does, after the name of the step.
     *
     * @param function the name of the step in a Jenkinsfile
     */
    public static void addSentence(StepContext context, String owner, String function, String sentence) {
        addSentence(context, owner, function, function + ": ", sentence);
    }

    /**
     * Adds a sentence about a step.
     *
     * @param prefix the beginning of the line, in which no secret is masked
     */
    private static void addSentence(
            StepContext context, String owner, String function, String prefix, String sentence) {
        try {
            Run<?, ?> run = context.get(Run.class);
            if (WorkflowsAction.wrong(run, owner).isEmpty() && !BuildReports.hasFailedBuild(run, owner)) {
                String first = BuildSecrets.of(context)
                        .mask(sentence)
                        .lines()
                        .findFirst()
                        .orElse("");
                new BuildDescription(run).add(Visible.cut(prefix + first, MAX_LINE_CHARACTERS), CONSOLE);
            }
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "the failure of " + function + " cannot be described at its build");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private record Description(Run<?, ?> run) implements DescriptionLines.Target {

        @Override
        public String read() {
            return Util.fixNull(run.getDescription());
        }

        @Override
        public void write(String text) throws IOException {
            run.setDescription(text);
        }
    }

    /**
     * Adds a line to the description, up to a maximum number. The line is a link, unless Jenkins shows descriptions as
     * plain text or has no root URL.
     *
     * @param page the URL of the link, relative to the build
     */
    public void add(String line, String page) throws IOException {
        boolean plain = Jenkins.get().getMarkupFormatter() instanceof EscapedMarkupFormatter;
        String root = Jenkins.get().getRootUrl();
        String text = plain ? line : Util.escape(line);
        String shown = plain || root == null
                ? text
                : "<a href=\"" + Util.escape(root + run.getUrl() + page) + "\">" + text + "</a>";
        // As for the pages of a build, the permissions of the user who runs the build are not checked.
        try (ACLContext system = ACL.as2(ACL.SYSTEM2)) {
            LINES.computeIfAbsent(run, any -> new DescriptionLines())
                    .add(new Description(run), shown, plain ? "\n" : BREAK);
        }
    }
}
