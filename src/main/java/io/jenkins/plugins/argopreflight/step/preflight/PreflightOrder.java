package io.jenkins.plugins.argopreflight.step.preflight;

import hudson.AbortException;
import io.jenkins.plugins.argopreflight.action.PreflightReportAction;
import io.jenkins.plugins.argopreflight.config.IgnoredCheck;
import io.jenkins.plugins.argopreflight.engine.workflow.ArgoVersion;
import io.jenkins.plugins.argopreflight.step.ClusterChoice;
import java.io.Serializable;
import java.util.ArrayList;

/** What one {@code argoPreflight} shall do: texts and the ids of credentials, never a secret. */
final class PreflightOrder implements Serializable {

    static final String ID_RULE = "An id is a word of letters, digits and dashes, at most 60, such as nightly-images";
    static final String VERSION_RULE = "No version of Argo Workflows: write one such as v3.6.4 or 4.0";

    private static final long serialVersionUID = 1L;

    final ClusterChoice cluster;
    final String workflows;
    final ArrayList<String> objects;
    final String namespace;
    final String failOn;
    final String unstableOn;
    final boolean newOnly;
    final String referenceJob;
    final ArrayList<IgnoredCheck> ignores;
    final String id;
    final String name;
    final String argoNamespace;
    final String argoVersion;
    final boolean noCluster;
    final boolean noRegistry;

    PreflightOrder(PreflightStep step) {
        cluster = step.clusterChoice();
        workflows = step.getWorkflows();
        objects = new ArrayList<>(step.getObjects());
        namespace = step.getNamespace();
        failOn = step.getFailOn();
        unstableOn = step.getUnstableOn();
        newOnly = step.isNewOnly();
        referenceJob = step.getReferenceJob();
        ignores = new ArrayList<>(step.getIgnore());
        id = step.getId();
        name = step.getName();
        argoNamespace = step.getArgoNamespace();
        argoVersion = step.getArgoVersion();
        noCluster = step.isNoCluster();
        noRegistry = step.isNoRegistry();
    }

    /** What makes no sense, before anything is asked. */
    void check() throws AbortException {
        if (workflows.isEmpty() && objects.isEmpty()) {
            throw new AbortException("argoPreflight has nothing to judge: add workflows: 'workflows/*.yaml' (in the"
                    + " workspace), or objects: ['workflowtemplate/NAME'] (in the cluster)");
        }
        if (noCluster && !objects.isEmpty()) {
            throw new AbortException(
                    "noCluster: " + objects.get(0) + " is in the cluster; leave out one of noCluster and objects");
        }
        if (!isId(id)) {
            throw new AbortException("id \"" + id + "\": " + ID_RULE);
        }
        if (!isVersion(argoVersion)) {
            throw new AbortException("argoVersion \"" + argoVersion + "\": " + VERSION_RULE);
        }
    }

    /** The report's id, as long as no other has it. */
    String reportId() {
        return id.isEmpty() ? PreflightReportAction.DEFAULT_ID : id;
    }

    static boolean isId(String id) {
        return id.isEmpty() || id.matches("[A-Za-z][A-Za-z0-9-]{0,59}");
    }

    static boolean isVersion(String version) {
        return version.isEmpty() || ArgoVersion.parse(version).isPresent();
    }
}
