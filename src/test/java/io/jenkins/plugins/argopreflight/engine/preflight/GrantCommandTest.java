package io.jenkins.plugins.argopreflight.engine.preflight;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.preflight.ClusterReadiness.Step;
import io.jenkins.plugins.argopreflight.testing.ProjectRoot;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GrantCommandTest {

    private static final StepNamespaces PLACE = new StepNamespaces("ci", "argo", "");
    private static final String APPLY = " | kubectl apply -f -";

    private static String command(StepRights step, String user, List<String> secrets, List<String> accounts) {
        Step lacking = new Step(step, step.rightsIn(PLACE), List.of(), List.of(), secrets, accounts, Optional.empty());
        String command = GrantCommand.of(lacking, PLACE, user).orElseThrow();
        assertThat(command).startsWith("docs/rbac/rbac.sh ").endsWith(APPLY);
        return command.substring(0, command.length() - APPLY.length());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SECRET|hub,mirror|builder|--secret hub,mirror --service-account builder registry-secret.yaml",
                "SECRET|''|''|--secret NAME --service-account NAME registry-secret.yaml",
                "SECRET|hub|''|--secret hub --service-account NAME registry-secret.yaml",
                "SECRET|*|a b|--secret NAME --service-account NAME registry-secret.yaml",
                "SECRET|$(x),hub|default|--secret hub --service-account default registry-secret.yaml",
                "DIAGNOSE|''|''|--secret NAME preflight.yaml preflight-controller.yaml preflight-cluster.yaml diagnose.yaml",
                "CLUSTER_BLOCK|''|''|jenkins block.yaml",
            })
    void shouldHaveTheNamesThatTheRolesHave(StepRights step, String secrets, String accounts, String expected) {
        assertThat(command(step, "jenkins", names(secrets), names(accounts))).endsWith(" " + expected);
    }

    private static List<String> names(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(","));
    }

    /** The script binds each user that the command has, whatever a shell, awk and YAML read in the name. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://login.example.com/realms/ci#0f3a+b=",
                "O'Brien \"the admin\" {x: [y]} # none",
                "a&b|c;d$(touch x)`touch x`$HOME*?\\n",
                "--check"
            })
    void shouldBeWhatTheScriptAccepts(String user) throws Exception {
        Process process = new ProcessBuilder(
                        "sh", "-c", command(StepRights.SECRET, user, List.of("regcred"), List.of("default")))
                .directory(ProjectRoot.path().toFile())
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), UTF_8);

        assertThat(process.waitFor()).as(printed).isZero();
        assertThat(printed).contains("kind: User, name: '" + user.replace("'", "''") + "'}\n");
    }

    @Test
    void shouldGrantNoWritesToAPreflightOfAClusterWithoutWrites() {
        assertThat(command(StepRights.READ_ONLY_PREFLIGHT, "jenkins", List.of(), List.of()))
                .endsWith(
                        " --secret NAME preflight.yaml preflight-controller.yaml preflight-cluster.yaml preflight-autoscaler.yaml");
        assertThat(StepRights.ofWritable())
                .contains(StepRights.PREFLIGHT)
                .doesNotContain(StepRights.READ_ONLY_PREFLIGHT);
        assertThat(StepRights.ofReadOnly()).doesNotContain(StepRights.PREFLIGHT, StepRights.SECRET, StepRights.SUBMIT);
    }
}
