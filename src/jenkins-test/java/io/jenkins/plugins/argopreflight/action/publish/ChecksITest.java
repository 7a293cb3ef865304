package io.jenkins.plugins.argopreflight.action.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.argopreflight.config.ArgoPreflightConfiguration;
import io.jenkins.plugins.argopreflight.engine.render.page.CheckCounts;
import io.jenkins.plugins.argopreflight.step.preflight.PreflightLab;
import io.jenkins.plugins.checks.api.ChecksAnnotation;
import io.jenkins.plugins.checks.api.ChecksAnnotation.ChecksAnnotationLevel;
import io.jenkins.plugins.checks.api.ChecksConclusion;
import io.jenkins.plugins.checks.api.ChecksDetails;
import io.jenkins.plugins.checks.api.ChecksOutput;
import io.jenkins.plugins.checks.api.ChecksPublisher;
import io.jenkins.plugins.checks.api.ChecksPublisherFactory;
import io.jenkins.plugins.checks.api.ChecksStatus;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A test with the Checks API plugin. {@link WithoutOptionalPluginsITest} runs without it. */
@WithJenkins
class ChecksITest {

    private static final String STEP = "argoPreflight(workflows: 'workflows/*.yaml', noCluster: true, noRegistry: true";

    private JenkinsRule jenkins;

    @BeforeEach
    void setUp(JenkinsRule rule) {
        jenkins = rule;
        CapturedChecks.reset(false);
    }

    private WorkflowJob job(String script) throws Exception {
        return PreflightLab.job(jenkins, "checks", PreflightLab.inWorkspace(PreflightLab.BROKEN, script));
    }

    @Test
    void shouldPublishACheckWithNotesAtTheLinesOfTheManifest() throws Exception {
        WorkflowRun run = jenkins.buildAndAssertStatus(Result.FAILURE, job(STEP + ")"));

        assertThat(CapturedChecks.published()).hasSize(1);
        ChecksDetails check = CapturedChecks.published().get(0);
        assertThat(check.getName()).contains("Argo Preflight");
        assertThat(check.getStatus()).isEqualTo(ChecksStatus.COMPLETED);
        assertThat(check.getConclusion()).isEqualTo(ChecksConclusion.FAILURE);
        assertThat(check.getDetailsURL()).contains(jenkins.getURL() + run.getUrl() + "argo-preflight/");
        ChecksOutput output = check.getOutput().orElseThrow();
        assertThat(output.getTitle().orElseThrow()).contains("1 failure");
        assertThat(output.getSummary().orElseThrow()).isEqualTo("1 finding at or above failOn FAIL: capability-prefix");
        assertThat(output.getText().orElseThrow()).contains("| FAIL | capability-prefix | ");
        assertThat(text(check)).doesNotContain("CAP_SYS_ADMIN", "Workflow", "registry.example.com");
        assertThat(output.getChecksAnnotations())
                .filteredOn(note -> note.getAnnotationLevel() == ChecksAnnotationLevel.FAILURE)
                .singleElement()
                .satisfies(note -> {
                    assertThat(note.getPath()).contains("workflows/build.yaml");
                    assertThat(note.getStartLine()).contains(16);
                    assertThat(note.getEndLine()).contains(16);
                    assertThat(note.getTitle()).contains("capability-prefix");
                    assertThat(note.getMessage()).contains(CheckCounts.summary("capability-prefix"));
                    assertThat(note.getRawDetails()).isEmpty();
                });
        assertThat(output.getChecksAnnotations())
                .extracting(ChecksAnnotation::getPath)
                .doesNotContainNull();
    }

    private static String text(ChecksDetails check) {
        ChecksOutput output = check.getOutput().orElseThrow();
        return output.getTitle().orElseThrow()
                + output.getSummary().orElseThrow()
                + output.getText().orElseThrow()
                + output.getChecksAnnotations().stream()
                        .map(note -> note.getTitle() + " " + note.getMessage() + " " + note.getRawDetails())
                        .toList();
    }

    @Test
    void shouldPublishDetailsOnlyWhenAnAdministratorAllowsThem() throws Exception {
        ArgoPreflightConfiguration.get().setPublishDetails(true);
        jenkins.buildAndAssertStatus(Result.FAILURE, job(STEP + ")"));

        assertThat(CapturedChecks.published()).hasSize(1);
        ChecksOutput output = CapturedChecks.published().get(0).getOutput().orElseThrow();
        assertThat(output.getChecksAnnotations())
                .filteredOn(note -> note.getAnnotationLevel() == ChecksAnnotationLevel.FAILURE)
                .singleElement()
                .satisfies(note -> {
                    assertThat(note.getTitle().orElseThrow()).contains("prefix CAP_");
                    assertThat(note.getMessage().orElseThrow()).contains("Workflow", "CAP_SYS_ADMIN");
                    assertThat(note.getRawDetails()).isPresent();
                });
    }

    @Test
    void shouldTakeTheNameOfTheChecksAroundItAndReportSuccessToo() throws Exception {
        jenkins.buildAndAssertSuccess(job("withChecks('Gate') { " + STEP + ", failOn: 'NEVER') }"));
        assertThat(CapturedChecks.published())
                .filteredOn(check -> check.getStatus() == ChecksStatus.COMPLETED)
                .singleElement()
                .satisfies(check -> {
                    assertThat(check.getName()).contains("Gate");
                    assertThat(check.getConclusion()).isEqualTo(ChecksConclusion.SUCCESS);
                });
    }

    @Test
    void shouldNameEachReportsCheckAndBeNeutralWhenUnstable() throws Exception {
        jenkins.buildAndAssertStatus(
                Result.UNSTABLE,
                job(STEP + ", failOn: 'NEVER', unstableOn: 'FAIL', id: 'images', name: 'Images')\n" + STEP
                        + ", failOn: 'NEVER')"));
        assertThat(CapturedChecks.published())
                .extracting(check -> check.getName().orElseThrow(), ChecksDetails::getConclusion)
                .containsExactly(
                        tuple("Images / images", ChecksConclusion.NEUTRAL),
                        tuple("Argo Preflight", ChecksConclusion.SUCCESS));
    }

    @Test
    void shouldPublishNothingOnRequest() throws Exception {
        jenkins.buildAndAssertSuccess(job(STEP + ", failOn: 'NEVER', skipPublishingChecks: true)"));
        assertThat(CapturedChecks.published()).isEmpty();
    }

    @Test
    void shouldGoOnWhenNoPublisherTakesTheCheck() throws Exception {
        CapturedChecks.reset(true);
        WorkflowRun run = jenkins.buildAndAssertSuccess(job(STEP + ", failOn: 'NEVER')"));
        jenkins.assertLogContains("could not be published as a check (IllegalStateException: 502 Bad Gateway)", run);
    }

    /** Stands for the place that takes checks, such as GitHub. */
    @TestExtension
    public static class CapturedChecks extends ChecksPublisherFactory {

        private static final List<ChecksDetails> PUBLISHED = new CopyOnWriteArrayList<>();

        private static volatile boolean refusing;

        /** Forgets what was published; what comes is taken, or refused. */
        static void reset(boolean refuse) {
            PUBLISHED.clear();
            refusing = refuse;
        }

        static List<ChecksDetails> published() {
            return PUBLISHED;
        }

        @Override
        protected Optional<ChecksPublisher> createPublisher(Run<?, ?> run, TaskListener listener) {
            return Optional.of(new ChecksPublisher() {
                @Override
                public void publish(ChecksDetails details) {
                    if (refusing) {
                        throw new IllegalStateException("502 Bad Gateway");
                    }
                    PUBLISHED.add(details);
                }
            });
        }
    }
}
