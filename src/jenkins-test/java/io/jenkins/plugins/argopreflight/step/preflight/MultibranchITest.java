package io.jenkins.plugins.argopreflight.step.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Action;
import hudson.model.Descriptor;
import hudson.model.Result;
import hudson.model.TaskListener;
import hudson.scm.NullSCM;
import hudson.scm.SCM;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import jenkins.branch.BranchProjectFactoryDescriptor;
import jenkins.branch.BranchProperty;
import jenkins.branch.BranchSource;
import jenkins.branch.DefaultBranchPropertyStrategy;
import jenkins.branch.MultiBranchProject;
import jenkins.branch.NoTriggerBranchProperty;
import jenkins.scm.api.SCMHead;
import jenkins.scm.api.SCMHeadEvent;
import jenkins.scm.api.SCMHeadObserver;
import jenkins.scm.api.SCMRevision;
import jenkins.scm.api.SCMSource;
import jenkins.scm.api.SCMSourceCriteria;
import jenkins.scm.api.SCMSourceDescriptor;
import jenkins.scm.api.metadata.PrimaryInstanceMetadataAction;
import jenkins.scm.api.mixin.ChangeRequestSCMHead;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.flow.FlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.multibranch.AbstractWorkflowBranchProjectFactory;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A multibranch project of three branches and two change requests, whose source code is nowhere. */
@WithJenkins
class MultibranchITest {

    private static final String SCRIPT = PreflightLab.inWorkspace(
            PreflightLab.BROKEN,
            "argoPreflight(workflows: 'workflows/*.yaml', noCluster: true, noRegistry: true, newOnly: true,"
                    + " failOn: env.BRANCH_NAME.contains('PR') ? 'FAIL' : 'NEVER')");

    private JenkinsRule jenkins;
    private WorkflowMultiBranchProject project;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        project = jenkins.createProject(WorkflowMultiBranchProject.class, "app");
        project.setProjectFactory(new SameEverywhere());
        project.getSourcesList()
                .add(new BranchSource(
                        new Heads(),
                        new DefaultBranchPropertyStrategy(new BranchProperty[] {new NoTriggerBranchProperty()})));
        project.scheduleBuild2(0).getFuture().get();
        jenkins.waitUntilNoActivity();
        assertThat(project.getItems()).hasSize(5);
    }

    private WorkflowRun build(String name) throws Exception {
        WorkflowJob job = project.getItem(name);
        return jenkins.waitForCompletion(job.scheduleBuild2(0).waitForStart());
    }

    @Test
    void shouldCompareAChangeRequestWithItsTargetBranch() throws Exception {
        WorkflowRun early = build("PR-1");
        jenkins.assertLogContains("there is no reference build yet", early);
        jenkins.assertBuildStatus(Result.FAILURE, early);

        build("release%2F1.0%23x");
        build("main");
        WorkflowRun release = build("PR-1");
        jenkins.assertLogContains("Compared with app » release/1.0#x #1: 0 new, 0 fixed", release);
        jenkins.assertBuildStatusSuccess(release);

        WorkflowRun main = build("PR-2");
        jenkins.assertLogContains("Compared with app » main #1: 0 new, 0 fixed", main);
        jenkins.assertBuildStatusSuccess(main);
    }

    @Test
    void shouldCompareABranchWithThePrimaryOneAndThatWithItself() throws Exception {
        build("main");
        jenkins.assertLogContains("Compared with app » main #1: 0 new, 0 fixed", build("release%2F1.0%23x"));
        jenkins.assertLogContains("Compared with app » main #1: 0 new, 0 fixed", build("main"));
    }

    /** The same Pipeline for each branch. */
    public static final class SameEverywhere extends AbstractWorkflowBranchProjectFactory {

        @Override
        protected FlowDefinition createDefinition() {
            try {
                return new CpsFlowDefinition(SCRIPT, true);
            } catch (Descriptor.FormException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        protected SCMSourceCriteria getSCMSourceCriteria(SCMSource source) {
            return null;
        }
    }

    /** The descriptor that forms and storage want of it. */
    @TestExtension
    public static final class SameEverywhereDescriptor extends BranchProjectFactoryDescriptor {

        public SameEverywhereDescriptor() {
            super(SameEverywhere.class);
        }

        @Override
        @SuppressWarnings("rawtypes")
        public boolean isApplicable(Class<? extends MultiBranchProject> type) {
            return true;
        }
    }

    /** Knows the branches and the change requests, and which branch is the primary one. */
    public static final class Heads extends SCMSource {

        @Override
        protected void retrieve(
                SCMSourceCriteria criteria, SCMHeadObserver observer, SCMHeadEvent<?> event, TaskListener listener)
                throws IOException, InterruptedException {
            for (SCMHead head : List.of(
                    new SCMHead("main"),
                    new SCMHead("other"),
                    new SCMHead("release/1.0#x"),
                    new Change("PR-1", "release/1.0#x"),
                    new Change("PR-2", "main"))) {
                observer.observe(head, new Only(head));
            }
        }

        @Override
        @SuppressWarnings("rawtypes")
        protected List<Action> retrieveActions(SCMHead head, SCMHeadEvent event, TaskListener listener) {
            return head.getName().equals("main") ? List.of(new PrimaryInstanceMetadataAction()) : List.of();
        }

        @Override
        public SCM build(SCMHead head, SCMRevision revision) {
            return new NullSCM();
        }

        /** The descriptor that forms and storage want of it. */
        @TestExtension
        public static final class DescriptorImpl extends SCMSourceDescriptor {}
    }

    /** Asks to be merged into a branch. */
    private static final class Change extends SCMHead implements ChangeRequestSCMHead {

        private static final long serialVersionUID = 1L;

        private final String target;

        Change(String name, String target) {
            super(name);
            this.target = target;
        }

        @Override
        public String getId() {
            return getName();
        }

        @Override
        public SCMHead getTarget() {
            return new SCMHead(target);
        }
    }

    /** The one revision of a head. */
    private static final class Only extends SCMRevision {

        private static final long serialVersionUID = 1L;

        Only(SCMHead head) {
            super(head);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Only only && only.getHead().equals(getHead());
        }

        @Override
        public int hashCode() {
            return Objects.hash(getHead());
        }
    }
}
