package io.jenkins.plugins.argopreflight.step.preflight;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Result;
import io.jenkins.plugins.argopreflight.config.ArgoPreflightConfiguration;
import io.jenkins.plugins.argopreflight.config.ClusterConfiguration;
import io.jenkins.plugins.argopreflight.config.FolderConfiguration;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A Jenkinsfile that asks for less than a locked policy. */
@WithJenkins
class LockedPolicyITest {

    private static final String STEP = "argoPreflight(workflows: 'workflows/*.yaml', noCluster: true, noRegistry: true";
    private static final String LOOSE =
            STEP + ", failOn: 'NEVER', unstableOn: 'NEVER', ignore: [[id:" + " 'capability-prefix', reason: 'x']])";

    private JenkinsRule jenkins;

    @BeforeEach
    void setUp(JenkinsRule rule) {
        jenkins = rule;
    }

    private WorkflowRun build(Folder folder, String script, Result result) throws Exception {
        WorkflowJob job = folder.createProject(
                WorkflowJob.class, "app-" + folder.getItems().size());
        job.setDefinition(PreflightLab.definition(PreflightLab.inWorkspace(PreflightLab.BROKEN, script)));
        return jenkins.buildAndAssertStatus(result, job);
    }

    @Test
    void shouldApplyALockedPolicyOfJenkinsAndSaySo() throws Exception {
        Folder team = jenkins.createProject(Folder.class, "team");
        build(team, LOOSE, Result.SUCCESS);

        ArgoPreflightConfiguration.get().setFailOn("FAIL");
        ArgoPreflightConfiguration.get().setLockPolicy(true);
        WorkflowRun run = build(team, LOOSE, Result.FAILURE);
        jenkins.assertLogContains(
                "failOn NEVER of this step does not apply: the policy of Jenkins is locked, with failOn FAIL", run);
        jenkins.assertLogContains("unstableOn NEVER of this step does not apply", run);
        jenkins.assertLogContains("ignore capability-prefix of this step does not apply", run);
        jenkins.assertLogContains("noRegistry of this step does not apply: the policy of Jenkins is locked", run);
        jenkins.assertLogNotContains("noCluster of this step does not apply", run);
    }

    @Test
    void shouldApplyALockedPolicyOfAFolderAndLetAStepBeStricter() throws Exception {
        Folder team = jenkins.createProject(Folder.class, "team");
        FolderConfiguration policy = new FolderConfiguration();
        policy.setFailOn("FAIL");
        policy.setLockPolicy(true);
        team.addProperty(policy);
        WorkflowRun loose = build(team, LOOSE, Result.FAILURE);
        jenkins.assertLogContains("the policy of folder team is locked", loose);
        WorkflowRun strict = build(team, STEP + ", failOn: 'UNKNOWN')", Result.FAILURE);
        jenkins.assertLogNotContains("failOn UNKNOWN of this step does not apply", strict);
        jenkins.assertLogContains("at or above failOn UNKNOWN", strict);
    }

    @Test
    void shouldNameEachParameterThatALockOverrides() throws Exception {
        ArgoPreflightConfiguration.get().setFailOn("FAIL");
        ArgoPreflightConfiguration.get().setLockPolicy(true);
        ArgoPreflightConfiguration.get().setClusters(List.of(new ClusterConfiguration("prod")));
        Folder team = jenkins.createProject(Folder.class, "team");
        String gates = "failOn: 'NEVER', unstableOn: 'NEVER', ignore: [[id: 'capability-prefix', reason: 'x']]";
        WorkflowRun checked = build(
                team,
                STEP + ", newOnly: true, argoNamespace: 'x', argoVersion: 'v3.4.0', kubernetesVersion: 'v1.20.0',"
                        + " podSecurity: 'privileged', " + gates + ")",
                Result.FAILURE);
        for (String name : List.of(
                "failOn NEVER",
                "unstableOn NEVER",
                "ignore capability-prefix",
                "newOnly",
                "noCluster",
                "noRegistry",
                "argoNamespace",
                "argoVersion",
                "kubernetesVersion",
                "podSecurity")) {
            jenkins.assertLogContains(name + " of this step does not apply: the policy of Jenkins is locked", checked);
        }
        WorkflowRun submitted = build(
                team,
                "argoSubmit(file: 'workflows/build.yaml', cluster: 'prod', preflight: false, " + gates + ")",
                Result.FAILURE);
        for (String name :
                List.of("failOn NEVER", "unstableOn NEVER", "ignore capability-prefix", "preflight: false")) {
            jenkins.assertLogContains(
                    name + " of this step does not apply: the policy of Jenkins is locked", submitted);
        }
    }

    /** A step with {@code noCluster} would leave out all findings that need the cluster. */
    @Test
    void shouldAskAConfiguredClusterWhateverTheStepSays() throws Exception {
        ArgoPreflightConfiguration.get().setLockPolicy(true);
        ArgoPreflightConfiguration.get().setClusters(List.of(new ClusterConfiguration("prod")));
        Folder team = jenkins.createProject(Folder.class, "team");
        WorkflowRun run = build(team, STEP + ", podSecurity: 'privileged')", Result.FAILURE);
        jenkins.assertLogContains("noCluster of this step does not apply: the policy of Jenkins is locked", run);
        jenkins.assertLogContains("podSecurity of this step does not apply", run);
        jenkins.assertLogContains(
                "A step without cluster cannot be used: the policy of Jenkins is locked, so only clusters that are configured there",
                run);
    }

    /** A reference that has the same findings would make every one of them count for nothing. */
    @Test
    void shouldNotLetAReferenceWithTheSameFindingsLoosenALockedPolicy() throws Exception {
        Folder team = jenkins.createProject(Folder.class, "team");
        build(team, STEP + ", failOn: 'NEVER', unstableOn: 'NEVER')", Result.SUCCESS);
        String newOnly = STEP + ", newOnly: true, referenceJob: 'app-0')";
        build(team, newOnly, Result.SUCCESS);

        ArgoPreflightConfiguration.get().setLockPolicy(true);
        WorkflowRun run = build(team, newOnly, Result.FAILURE);
        jenkins.assertLogContains("newOnly of this step does not apply: the policy of Jenkins is locked", run);
    }
}
