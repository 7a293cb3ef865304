package io.jenkins.plugins.argopreflight.step;

import hudson.Util;
import hudson.markup.EscapedMarkupFormatter;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.argopreflight.action.WorkflowEntry;
import io.jenkins.plugins.argopreflight.action.WorkflowsAction;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import jenkins.model.Jenkins;

/** The description of a build, to which a step with {@code description: true} adds a line about a problem. */
public final class BuildDescription {

    private static final String BREAK = "<br>";

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
