package io.jenkins.plugins.argopreflight.engine.kubernetes.podsecurity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import io.jenkins.plugins.argopreflight.testing.InRun;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The data of a refusal by Pod Security, and the same data from the text of an API server. */
@ExtendWith(InRun.class)
class PodSecurityRefusalTest {

    private static final int CASES = 5_000;

    private static PodSecurityRefusal refusal(String policy, String pod) {
        JsonNode parsed = new ManifestReader().value("pod.yaml", pod);
        return PodSecurity.refusal(LevelVersion.parse(policy), parsed, LevelVersion.LATEST)
                .orElseThrow();
    }

    private static Optional<PodSecurityRefusal> parsed(PodSecurityRefusal refusal) {
        return PodSecurityRefusal.parse("pods \"build\" is forbidden: " + refusal.message());
    }

    /** A server quotes the values of annotations in quotes. */
    private static boolean isUnambiguous(PodSecurityRefusal refusal) {
        return !refusal.message().contains("\\") && !refusal.message().contains("=\"");
    }

    /** {@link PodSecurityOracleTest} holds the text equal to that of Kubernetes. */
    @Test
    void shouldReadTheSameDataFromTheTextOfAServer() {
        PodCases generator = new PodCases(20261201);
        Set<PodSecurityCheck> checks = EnumSet.noneOf(PodSecurityCheck.class);
        for (int i = 0; i < CASES; i++) {
            LevelVersion policy = LevelVersion.parse(generator.level() + ":" + generator.version());
            PodSecurity.refusal(policy, generator.next(), LevelVersion.LATEST)
                    .filter(PodSecurityRefusalTest::isUnambiguous)
                    .ifPresent(refusal -> {
                        assertThat(parsed(refusal)).contains(refusal);
                        refusal.violations().forEach(each -> checks.add(each.check()));
                    });
        }
        assertThat(checks)
                .containsExactlyInAnyOrderElementsOf(EnumSet.complementOf(EnumSet.of(PodSecurityCheck.OTHER)));
    }

    @Test
    void shouldReadTheReasonOfACheckThatANewerServerHas() {
        List<Violation> violations = PodSecurityRefusal.parse("pods \"build\" is forbidden: violates PodSecurity"
                        + " \"baseline:latest\": forbidden devices (volume \"disk\" uses a device),"
                        + " forbidden AppArmor profiles (pod must not set AppArmor profile type to \"a\", \"b\")")
                .orElseThrow()
                .violations();
        assertThat(violations)
                .containsExactly(
                        Violation.ofVolumes(PodSecurityCheck.OTHER, List.of("disk"), "volume \"disk\" uses a device")
                                .withReason("forbidden devices"),
                        Violation.ofPod(
                                        PodSecurityCheck.APP_ARMOR_PROFILE,
                                        "pod must not set AppArmor profile type to \"a\", \"b\"")
                                .withReason("forbidden AppArmor profiles"));
    }

    @Test
    void shouldListTheContainersAndNotTheValuesOfTheirFields() {
        PodSecurityRefusal refusal = refusal("baseline:latest", """
                spec:
                  containers:
                  - {name: main, securityContext: {seLinuxOptions: {type: spc_t, user: root}}}
                """);
        Violation violation = refusal.violations().get(0);
        assertThat(violation.containers()).containsExactly("main");
        assertThat(violation.field()).isEqualTo("securityContext.seLinuxOptions");
        assertThat(parsed(refusal)).contains(refusal);
    }

    @Test
    void shouldDistinguishVolumesContainersAndThePod() {
        List<Violation> violations = refusal("baseline:latest", """
                        spec:
                          hostNetwork: true
                          volumes: [{name: disk, hostPath: {path: /}}]
                          containers: [{name: main, securityContext: {privileged: true}}]
                        """).violations();
        assertThat(violations)
                .containsExactly(
                        Violation.ofPod(PodSecurityCheck.HOST_NAMESPACES, "hostNetwork=true"),
                        Violation.ofVolumes(PodSecurityCheck.HOST_PATH_VOLUMES, List.of("disk"), "volume \"disk\""),
                        Violation.ofContainers(
                                PodSecurityCheck.PRIVILEGED,
                                List.of("main"),
                                "container \"main\" must not set securityContext.privileged=true"));
    }
}
