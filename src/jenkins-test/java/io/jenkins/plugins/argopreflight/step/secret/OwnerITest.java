package io.jenkins.plugins.argopreflight.step.secret;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Items;
import hudson.model.Result;
import io.jenkins.plugins.argopreflight.config.ArgoPreflightConfiguration;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** Folders own the Secrets of their jobs. */
class OwnerITest extends SharedJenkins {

    @BeforeEach
    void forbidAdopt() {
        ArgoPreflightConfiguration.get().setAllowAdopt(false);
    }

    @Test
    void shouldKeepOwnershipWhenTheFolderIsRenamedOrMoved() throws Exception {
        Folder team = jenkins.jenkins.createProject(Folder.class, "team");
        WorkflowJob job = job(team, lab.step(", cluster: 'prod'"));
        jenkins.buildAndAssertSuccess(job);

        team.renameTo("renamed");
        jenkins.buildAndAssertSuccess(job(team));

        Folder around = jenkins.jenkins.createProject(Folder.class, "around");
        Folder moved = Items.move(team, around);
        assertThat(moved.getFullName()).isEqualTo("around/renamed");
        jenkins.buildAndAssertSuccess(job(moved));
    }

    @Test
    void shouldGiveTheCopyOfAFolderAnotherOwner() throws Exception {
        Folder original = jenkins.jenkins.createProject(Folder.class, "original");
        jenkins.buildAndAssertSuccess(job(original, lab.step(", cluster: 'prod'")));

        Folder copy = (Folder) jenkins.jenkins.copy((hudson.model.TopLevelItem) original, "copy");
        WorkflowJob job = copy.createProject(WorkflowJob.class, "other");
        job.setDefinition(new CpsFlowDefinition(lab.step(", cluster: 'prod'"), true));
        WorkflowRun refused = jenkins.buildAndAssertStatus(Result.FAILURE, job);
        assertThat(JenkinsRule.getLog(refused))
                .containsIgnoringWhitespaces("is not managed by folder copy of", "it belongs to folder original of");
    }

    @Test
    void shouldRefuseTheBlockOfAnotherFolder() throws Exception {
        jenkins.buildAndAssertSuccess(
                job(jenkins.jenkins.createProject(Folder.class, "owning"), lab.step(", cluster: 'prod'")));
        WorkflowRun refused = jenkins.buildAndAssertStatus(
                Result.FAILURE, job(jenkins.jenkins.createProject(Folder.class, "another"), lab.block("echo 'body'")));
        assertThat(JenkinsRule.getLog(refused)).containsIgnoringWhitespaces("is not managed by folder another of");
        assertThat(lab.exists()).isTrue();
        assertThat(lab.isBound()).isTrue();
    }

    @Test
    void shouldAdoptOnlyWhereAnAdministratorAllowsIt() throws Exception {
        jenkins.buildAndAssertSuccess(
                job(jenkins.jenkins.createProject(Folder.class, "former"), lab.step(", cluster: 'prod'")));
        WorkflowJob adopting =
                job(jenkins.jenkins.createProject(Folder.class, "new"), lab.step(", cluster: 'prod', adopt: true"));
        assertThat(JenkinsRule.getLog(jenkins.buildAndAssertStatus(Result.FAILURE, adopting)))
                .contains("adopt is not allowed: no administrator has set allowAdopt")
                .contains("give the Secret another name than regcred or delete the old Secret regcred first");

        ArgoPreflightConfiguration.get().setAllowAdopt(true);
        jenkins.assertLogContains("it belonged to folder former of", jenkins.buildAndAssertSuccess(adopting));
    }

    private static WorkflowJob job(Folder folder, String script) throws Exception {
        WorkflowJob job = folder.createProject(WorkflowJob.class, "job");
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    private static WorkflowJob job(Folder folder) {
        return (WorkflowJob) folder.getItem("job");
    }
}
