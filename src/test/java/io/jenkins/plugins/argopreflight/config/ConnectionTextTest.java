package io.jenkins.plugins.argopreflight.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import io.jenkins.plugins.argopreflight.engine.preflight.ClusterReadiness.Step;
import io.jenkins.plugins.argopreflight.engine.preflight.StepRights;
import io.jenkins.plugins.argopreflight.testing.ProjectRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConnectionTextTest {

    private static final Right CREATE_PODS = Right.of("create", "", "pods", "ci");
    private static final Right CREATE = Right.of("create", "argoproj.io", "workflows", "ci");
    private static final Right WATCH = Right.of("watch", "argoproj.io", "workflows", "ci");
    private static final Right LOGS = new Right("get", "", "pods", "log", "ci", "");

    private static Step preflight(List<Right> optional) {
        return new Step(
                StepRights.READ_ONLY_PREFLIGHT,
                List.of(),
                List.of(),
                optional,
                List.of("regcred"),
                List.of(),
                Optional.empty());
    }

    @Test
    void shouldCallAPreflightUsableThatCanWriteNothing() {
        assertThat(text(preflight(List.of()))).isEqualTo("argoPreflight: usable, limited to Secrets regcred");
        assertThat(text(preflight(List.of(CREATE_PODS))))
                .isEqualTo(
                        "argoPreflight: usable, limited to Secrets regcred. The check server-verdict is reported as not"
                                + " checked without create pods in namespace ci");
        assertThat(text(preflight(List.of(CREATE_PODS, CREATE, WATCH, LOGS))))
                .isEqualTo("argoPreflight: usable, limited to Secrets regcred. The check server-verdict is reported as"
                        + " not checked without create pods in namespace ci, create workflows.argoproj.io in"
                        + " namespace ci. The check may-submit reports that Jenkins cannot submit or follow"
                        + " workflows without create/watch workflows.argoproj.io in namespace ci, get pods/log in"
                        + " namespace ci: ignore the check if others submit them");
    }

    @Test
    void shouldCallARightOptionalThatOnlyOneStepNeeds() {
        Right delete = Right.of("delete", "", "secrets", "ci");
        Right list = Right.of("list", "", "serviceaccounts", "ci");
        Step block = lacking(StepRights.SECRET_BLOCK, List.of(delete, list), List.of());
        Step unknown = lacking(StepRights.SECRET_BLOCK, List.of(), List.of(list));
        Step both = lacking(StepRights.SECRET_BLOCK, List.of(delete), List.of(list));

        assertThat(text(block))
                .isEqualTo("withArgoRegistrySecret: not usable yet. Optional, only needed for Pipelines with this step:"
                        + " delete secrets in namespace ci, list serviceaccounts in namespace ci");
        assertThat(text(unknown))
                .isEqualTo(
                        "withArgoRegistrySecret: could not check list serviceaccounts in namespace ci. Only needed for"
                                + " Pipelines with this step");
        assertThat(text(both))
                .isEqualTo("withArgoRegistrySecret: not usable yet. Optional, only needed for Pipelines with this step:"
                        + " delete secrets in namespace ci; could not check list serviceaccounts in namespace ci");
        assertThat(ConnectionTest.text(block, List.of(block, unknown)))
                .as("no step is usable yet")
                .isEqualTo("withArgoRegistrySecret: not allowed to delete secrets in namespace ci, list serviceaccounts"
                        + " in namespace ci");
    }

    /** The sentence about a step beside one that is usable. */
    private static String text(Step step) {
        return ConnectionTest.text(step, List.of(preflight(List.of()), step));
    }

    private static Step lacking(StepRights step, List<Right> missing, List<Right> unknown) {
        return new Step(step, missing, unknown, List.of(), List.of(), List.of(), Optional.empty());
    }

    @Test
    void shouldSayWhereTheProgramOfACommandIs() throws IOException {
        Step ready = preflight(List.of());
        Step lacking = new Step(
                StepRights.SECRET,
                List.of(CREATE_PODS),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.of("docs/rbac/rbac.sh --secret NAME"));
        String name = Files.readString(ProjectRoot.path().resolve("pom.xml"))
                .replaceAll("(?s).*?<artifactId>(argo-preflight)</artifactId>.*", "$1");

        assertThat(ConnectionTest.hint(List.of(ready))).isEmpty();
        assertThat(ConnectionTest.hint(List.of(ready, lacking)))
                .hasValueSatisfying(hint -> assertThat(hint)
                        .startsWith("docs/rbac/rbac.sh is in ")
                        .contains("https://github.com/jenkinsci/" + name + "-plugin", "Where it has NAME, write "));
        assertThat(ProjectRoot.path().resolve("docs/rbac/rbac.sh")).isExecutable();
    }
}
