package io.jenkins.plugins.argopreflight.step.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Computer;
import hudson.model.Item;
import hudson.model.Result;
import hudson.model.User;
import jenkins.model.Jenkins;
import jenkins.security.QueueItemAuthenticatorConfiguration;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.MockQueueItemAuthenticator;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The jobs that a build can be compared with: those that its user can read. */
@WithJenkins
class ReferenceJobITest {

    private static final String COMPARE =
            "argoPreflight(workflows: 'workflows/*.yaml', noCluster: true, noRegistry: true, newOnly: true,"
                    + " failOn: 'NEVER', unstableOn: 'NEVER'";

    private JenkinsRule jenkins;
    private Folder team;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        team = jenkins.createProject(Folder.class, "team");
        Folder other = jenkins.createProject(Folder.class, "other");
        jenkins.buildAndAssertSuccess(job(team, "base", ")"));
        jenkins.buildAndAssertSuccess(job(team.createProject(Folder.class, "inner"), "deep", ")"));
        jenkins.buildAndAssertSuccess(job(other, "secret", ")"));
        WorkflowJob top = jenkins.createProject(WorkflowJob.class, "top");
        top.setDefinition(definition(")"));
        jenkins.buildAndAssertSuccess(top);
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Computer.BUILD)
                .everywhere()
                .toEveryone()
                .grant(Item.READ)
                .onFolders(team)
                .to("dev", "guest")
                .grant(Item.DISCOVER)
                .onFolders(other)
                .to("guest")
                .grant(Item.READ)
                .everywhere()
                .to("lead"));
    }

    private static CpsFlowDefinition definition(String more) throws Exception {
        return PreflightLab.definition(PreflightLab.inWorkspace(PreflightLab.BROKEN, COMPARE + more));
    }

    private static WorkflowJob job(Folder folder, String name, String more) throws Exception {
        WorkflowJob job = folder.createProject(WorkflowJob.class, name);
        job.setDefinition(definition(more));
        return job;
    }

    private String log(String user, String reference, boolean found) throws Exception {
        WorkflowJob job = job(team, "app", ", referenceJob: '" + reference + "')");
        if (user != null) {
            QueueItemAuthenticatorConfiguration.get()
                    .getAuthenticators()
                    .add(new MockQueueItemAuthenticator()
                            .authenticate("team/app", User.getById(user, true).impersonate2()));
        }
        return JenkinsRule.getLog(jenkins.buildAndAssertStatus(found ? Result.SUCCESS : Result.FAILURE, job));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "SYSTEM",
            value = {
                "SYSTEM, base, true",
                "SYSTEM, /team/inner/deep, true",
                "SYSTEM, /other/secret, false",
                "SYSTEM, ../other/secret, false",
                "SYSTEM, top, false",
                "dev, base, true",
                "dev, /other/secret, false",
                "dev, /top, false",
                "guest, /other/secret, false",
                "guest, ../other/secret, false",
                "lead, /other/secret, true",
                "lead, /top, true"
            })
    void shouldReadAsTheUserOfTheBuild(String user, String reference, boolean found) throws Exception {
        String log = log(user, reference, found);
        if (found) {
            assertThat(log).contains("Compared with ");
        } else {
            assertThat(log)
                    .contains(
                            "ERROR: referenceJob \"" + reference + "\": there is no such job that this build can read")
                    .doesNotContain("AccessDenied", "Compared with");
        }
        assertThat(log.contains("The build runs as SYSTEM")).isEqualTo(user == null && !found);
    }

    /** A build can set CHANGE_TARGET itself. */
    @Test
    void shouldTakeATargetBranchOnlyFromBesideTheJob() throws Exception {
        WorkflowJob job = team.createProject(WorkflowJob.class, "app");
        job.setDefinition(PreflightLab.definition(
                PreflightLab.inWorkspace(PreflightLab.BROKEN, "withEnv(['CHANGE_TARGET=top']) { " + COMPARE + ") }")));
        jenkins.assertLogContains("there is no reference build yet", jenkins.buildAndAssertSuccess(job));
    }

    /** The second report of a build is not the first one of another. */
    @Test
    void shouldCompareTheSecondReportOfABuildWithThoseOfItsId() throws Exception {
        String clean = PreflightLab.BROKEN.replace("CAP_SYS_ADMIN", "SYS_ADMIN");
        WorkflowJob job = team.createProject(WorkflowJob.class, "twice");
        job.setDefinition(twice(clean));
        jenkins.buildAndAssertSuccess(job);
        WorkflowRun known = jenkins.buildAndAssertSuccess(job);
        jenkins.assertLogContains(
                "another report of this build has the id argo-preflight, so this one is" + " argo-preflight-2", known);
        assertThat(JenkinsRule.getLog(known).lines().filter(line -> line.endsWith(": 0 new, 0 fixed")))
                .hasSize(2);

        job.setDefinition(twice(PreflightLab.BROKEN));

        jenkins.assertLogContains(
                "that the reference build did not have", jenkins.buildAndAssertStatus(Result.FAILURE, job));
    }

    /** A workflow that is broken, then another one of the same name. */
    private static CpsFlowDefinition twice(String second) throws Exception {
        String step =
                "argoPreflight(workflows: 'FILE', noCluster: true, noRegistry: true, newOnly: true, failOn: 'GATE')";
        return PreflightLab.definition(PreflightLab.inWorkspace(
                PreflightLab.BROKEN,
                step.replace("FILE", "workflows/build.yaml").replace("GATE", "NEVER")
                        + "\nwriteFile file: 'prod.yaml', text: '''" + second + "'''\n"
                        + step.replace("FILE", "prod.yaml").replace("GATE", "FAIL")));
    }
}
