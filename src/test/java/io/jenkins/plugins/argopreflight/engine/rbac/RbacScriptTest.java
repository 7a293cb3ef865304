package io.jenkins.plugins.argopreflight.engine.rbac;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code docs/rbac/rbac.sh}: which names the manifests get. */
class RbacScriptTest {

    private static final Pattern ROLE = Pattern.compile("kind: (?:Cluster)?Role\nmetadata: \\{name: ([^,}]+)");

    private final RbacScript script = new RbacScript();

    private List<String> roles(String... arguments) throws Exception {
        return ROLE.matcher(script.run(arguments))
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    @Test
    void shouldTakeSeveralSecretsAndServiceAccounts() throws Exception {
        assertThat(script.run(
                        "--secret",
                        "regcred,hub",
                        "--secret",
                        "mirror",
                        "--service-account",
                        "default,builder",
                        "registry-secret.yaml"))
                .contains("resourceNames: [regcred, hub, mirror]\n", "resourceNames: [default, builder]\n");
    }

    @Test
    void shouldAddARoleForOtherNamesAndKeepTheOthers() throws Exception {
        List<String> first = roles("--secret", "regcred");
        List<String> second = roles("--secret", "other");

        assertThat(roles("--secret", "regcred")).isEqualTo(first);
        assertThat(second)
                .filteredOn(role -> !first.contains(role))
                .map(role -> role.replaceFirst("-\\d+$", ""))
                .containsExactly("argo-preflight-secret", "argo-preflight");
    }

    @ParameterizedTest
    @CsvSource({"--name, second", "--jenkins, second", "--user, second"})
    void shouldShareNoRoleWithAnotherJenkins(String option, String value) throws Exception {
        assertThat(roles(option, value)).doesNotContainAnyElementsOf(roles());
    }

    @Test
    void shouldBindEachRoleThatItPrints() throws Exception {
        String printed = script.run("--name", "second", "--jenkins", "tools");

        assertThat(Pattern.compile("roleRef: .* name: ([^,}]+)}")
                        .matcher(printed)
                        .results()
                        .map(found -> found.group(1)))
                .containsExactlyElementsOf(roles("--name", "second", "--jenkins", "tools"));
        assertThat(Pattern.compile("(?m)^- \\{kind: .*")
                        .matcher(printed)
                        .results()
                        .map(MatchResult::group))
                .isNotEmpty()
                .allMatch(subject ->
                        subject.matches("- \\{kind: ServiceAccount, name: second(-bootstrap)?, namespace: tools}"));
        assertThat(printed).contains("resourceNames: [second]\n").doesNotContain("{name: argo-preflight, ");
    }

    @Test
    void shouldBindAUserInPlaceOfTheServiceAccount() throws Exception {
        assertThat(script.run("--user", "jenkins@example.com"))
                .contains("- {apiGroup: rbac.authorization.k8s.io, kind: User, name: \"jenkins@example.com\"}")
                .doesNotContain("\n- {kind: ServiceAccount", "kind: ServiceAccount\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--namespace|a b",
                "--namespace|''",
                "--secret|''",
                "--service-account|*",
                "--secret|a}b",
                "--name|A",
                "--user|a b"
            })
    void shouldRefuseWhatIsNoName(String option, String value) {
        assertThatThrownBy(() -> script.run(option, value)).hasMessageContaining("rbac.sh: " + option);
    }
}
