package io.jenkins.plugins.argopreflight.step.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.config.IgnoredCheck;
import io.jenkins.plugins.argopreflight.step.StepHolder;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.Snippetizer;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class PreflightSnippetITest {

    @Test
    void shouldRoundTripThroughTheFormAndTheSnippetGenerator(JenkinsRule jenkins) throws Exception {
        IgnoredCheck ignored = new IgnoredCheck("docker-socket");
        ignored.setReason("build node pool");
        ignored.setUntil("2099-01-31");
        PreflightStep step = new PreflightStep();
        step.setWorkflows("workflows/*.yaml");
        step.setObjects(List.of("workflowtemplate/build", "cronworkflow/nightly"));
        step.setNamespace("ci");
        step.setFailOn("WARN");
        step.setUnstableOn("UNKNOWN");
        step.setNewOnly(true);
        step.setReferenceJob("main");
        step.setIgnore(List.of(ignored));
        step.setId("images");
        step.setName("Images");
        step.setArgoNamespace("argo");
        step.setArgoVersion("v3.7.0");
        step.setKubernetesVersion("v1.34.4");
        step.setPodSecurity("restricted:v1.34");
        step.setNoCluster(true);
        step.setNoRegistry(true);
        step.setSkipPublishingChecks(true);
        step.setSkipPublishingTests(true);
        PreflightStep saved = StepHolder.roundTrip(jenkins, step);
        jenkins.assertEqualDataBoundBeans(step, saved);
        assertThat(saved.getObjects()).containsExactly("workflowtemplate/build", "cronworkflow/nightly");

        PreflightStep few = new PreflightStep();
        few.setWorkflows("workflows/*.yaml");
        few.setCluster("prod");
        few.setFailOn("warn");
        few.setIgnore(List.of(ignored));
        jenkins.assertEqualDataBoundBeans(few, StepHolder.roundTrip(jenkins, few));
        assertThat(Snippetizer.object2Groovy(few))
                .isEqualTo(
                        "argoPreflight cluster: 'prod', failOn: 'WARN', ignore: [ignoredCheck(id: 'docker-socket', reason:"
                                + " 'build node pool', until: '2099-01-31')], workflows: 'workflows/*.yaml'");
    }
}
