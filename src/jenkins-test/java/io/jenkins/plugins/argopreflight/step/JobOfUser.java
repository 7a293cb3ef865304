package io.jenkins.plugins.argopreflight.step;

import hudson.Util;
import hudson.model.Item;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import javax.xml.transform.Source;
import javax.xml.transform.stream.StreamSource;
import jenkins.model.Jenkins;
import jenkins.model.ModifiableTopLevelItemGroup;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** Pipelines that a user writes who can configure jobs and nothing else. */
public final class JobOfUser {

    private static final String USER = "dev";

    private final JenkinsRule jenkins;
    private int jobs;

    /** Gives the user the right to read, configure and build jobs. */
    public JobOfUser(JenkinsRule jenkins) {
        this.jenkins = jenkins;
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ, Item.CONFIGURE, Item.BUILD)
                .everywhere()
                .to(USER));
    }

    /** Runs a Pipeline of the user, and returns its log. */
    public String log(ModifiableTopLevelItemGroup folder, String script) throws Exception {
        WorkflowJob job = (WorkflowJob) folder.createProjectFromXML(
                "app-" + ++jobs, new ByteArrayInputStream("<flow-definition/>".getBytes(StandardCharsets.UTF_8)));
        try (ACLContext user = ACL.as2(User.getById(USER, true).impersonate2())) {
            job.checkPermission(Item.CONFIGURE);
            job.updateByXml((Source) new StreamSource(new StringReader("<flow-definition><definition"
                    + " class=\"org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition\"><script>"
                    + Util.xmlEscape(script) + "</script><sandbox>true</sandbox></definition></flow-definition>")));
        }
        WorkflowRun run = jenkins.waitForCompletion(job.scheduleBuild2(0).waitForStart());
        return JenkinsRule.getLog(run);
    }
}
