package io.jenkins.plugins.argopreflight.engine.rbac;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.preflight.Grant;
import io.jenkins.plugins.argopreflight.engine.preflight.StepNamespaces;
import io.jenkins.plugins.argopreflight.engine.preflight.StepRights;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The rights that Test connection asks for are those that {@code docs/rbac} grants, in both directions. */
class GrantTest {

    private static final StepNamespaces PLACE = new StepNamespaces("ci", "argo", "jenkins-blocks");

    @ParameterizedTest
    @EnumSource
    void shouldBeWhatTheManifestGrants(Grant grant) {
        assertThat(grant.rightsIn(PLACE).stream().collect(Collectors.toSet()))
                .isEqualTo(new RbacManifests(grant.file())
                        .rights().stream().map(right -> right.named("")).collect(Collectors.toSet()));
    }

    @Test
    void shouldBeWhatTheScriptPrintsForAllStepsButBlocks() throws Exception {
        String[] files = Stream.concat(
                        Stream.of("identity.yaml", "bootstrap.yaml"),
                        Stream.of(StepRights.SECRET, StepRights.PREFLIGHT, StepRights.SUBMIT, StepRights.DIAGNOSE)
                                .flatMap(step -> step.grants().stream())
                                .map(Grant::file)
                                .distinct())
                .toArray(String[]::new);

        assertThat(new RbacScript().run()).isEqualTo(new RbacScript().run(files));
    }
}
