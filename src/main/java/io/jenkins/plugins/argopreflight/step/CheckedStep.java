package io.jenkins.plugins.argopreflight.step;

import hudson.Util;
import io.jenkins.plugins.argopreflight.config.Gates;
import io.jenkins.plugins.argopreflight.config.IgnoredCheck;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.stapler.DataBoundSetter;

/** A step that checks workflows, with the workflows' parameters and the settings that decide about the build. */
public abstract class CheckedStep extends ClusterStep {

    private List<String> parameters = new ArrayList<>();
    private String parameterFile = "";
    private String namespace = "";
    private String failOn = "";
    private String unstableOn = "";
    private List<IgnoredCheck> ignore = new ArrayList<>();
    private boolean description;

    public List<String> getParameters() {
        return parameters;
    }

    @DataBoundSetter
    public void setParameters(List<String> parameters) {
        this.parameters = new ArrayList<>(Util.fixNull(parameters));
    }

    public String getParameterFile() {
        return parameterFile;
    }

    @DataBoundSetter
    public void setParameterFile(String parameterFile) {
        this.parameterFile = Util.fixNull(parameterFile).trim();
    }

    public String getNamespace() {
        return namespace;
    }

    @DataBoundSetter
    public void setNamespace(String namespace) {
        this.namespace = Util.fixNull(namespace).trim();
    }

    public String getFailOn() {
        return failOn;
    }

    @DataBoundSetter
    public void setFailOn(String failOn) {
        this.failOn = Gates.upperCase(failOn);
    }

    public String getUnstableOn() {
        return unstableOn;
    }

    @DataBoundSetter
    public void setUnstableOn(String unstableOn) {
        this.unstableOn = Gates.upperCase(unstableOn);
    }

    public List<IgnoredCheck> getIgnore() {
        return ignore;
    }

    @DataBoundSetter
    public void setIgnore(List<IgnoredCheck> ignore) {
        this.ignore = new ArrayList<>(Util.fixNull(ignore));
    }

    public boolean isDescription() {
        return description;
    }

    @DataBoundSetter
    public void setDescription(boolean description) {
        this.description = description;
    }
}
