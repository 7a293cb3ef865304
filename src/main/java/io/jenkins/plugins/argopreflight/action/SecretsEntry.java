package io.jenkins.plugins.argopreflight.action;

import io.jenkins.plugins.argopreflight.engine.preflight.RunResult;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** The part of build.xml about one step that wrote a Secret. */
@ExportedBean
public final class SecretsEntry {

    private final String id;
    private final String owner;
    private final String step;
    private final String secret;
    private final String result;
    private String end = "";
    /** The result in a word; null in builds of an earlier version. */
    private final String done;

    SecretsEntry(String id, SecretsRecord recorded) {
        this.id = id;
        this.owner = recorded.owner();
        this.step = recorded.step();
        this.secret = recorded.secret();
        this.result = recorded.table().result();
        this.done = recorded.done();
    }

    String id() {
        return id;
    }

    void endAs(String sentence) {
        end = sentence;
    }

    /** Returns whether the step with this id recorded the entry. A later record of the same step replaces it. */
    boolean isOwnedBy(String stepId) {
        return owner.equals(stepId);
    }

    /** Returns the name of the step in the Jenkinsfile. */
    @Exported
    public String getStep() {
        return step;
    }

    @Exported
    public String getSecret() {
        return secret;
    }

    /** Returns the result: ok, failed or unchecked. */
    @Exported
    public String getResult() {
        return result;
    }

    /** Returns the result of the stored label; UNCHECKED for a label that this version does not have. */
    RunResult runResult() {
        return RunResult.ofLabel(result).orElse(RunResult.UNCHECKED);
    }

    /** Returns the result in a word: failed, written, unchanged, or dry run. */
    String word() {
        return runResult() == RunResult.FAILED ? result : done == null ? "written" : done;
    }

    /** Returns a sentence about the Secret at the end of the Pipeline block; "" before it. */
    @Exported
    public String getEnd() {
        return end;
    }
}
