package org.jenkinsci.plugins.workflow.support.actions;

import hudson.model.Action;
import java.util.Map;

public interface EnvironmentAction extends Action {

    interface IncludingOverrides extends EnvironmentAction {

        Map<String, String> getOverriddenEnvironment();
    }
}
