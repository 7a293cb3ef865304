package io.jenkins.plugins.argopreflight.engine.rbac;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code docs/rbac/rbac.sh}: which names the manifests get. */
class RbacScriptTest {

    private static final Pattern ROLE = Pattern.compile("kind: (?:Cluster)?Role\nmetadata: \\{name: ([^,}]+)");

    /** The answers of {@code kubectl auth can-i}. */
    private static final String YES = "echo yes";

    private static final String NO = "echo no; exit 1";

    private final RbacScript script = new RbacScript();

    @TempDir
    private Path programs;

    @TempDir
    private Path folder;

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
    void shouldTakeANameOnce() throws Exception {
        String once = script.run("--secret", "regcred,hub", "--service-account", "builder");

        assertThat(once).contains("resourceNames: [regcred, hub]\n", "resourceNames: [builder]\n");
        assertThat(script.run(
                        "--secret", "regcred,hub,regcred", "--secret", "hub", "--service-account", "builder,builder"))
                .isEqualTo(once);
    }

    /** The lines on standard error: comments, so that they do no harm where both are read. */
    @Test
    void shouldReportEachNamespaceInALine() throws Exception {
        assertThat(progress("--secret", "regcred,hub", "--service-account", "default,builder", "--jenkins", "tools"))
                .containsExactly(
                        "# namespace tools: ServiceAccounts argo-preflight, argo-preflight-bootstrap; 1 Role",
                        "# namespace ci: 6 Roles; Secrets regcred, hub; ServiceAccounts default, builder",
                        "# namespace argo: 2 Roles",
                        "# all namespaces: 1 ClusterRole",
                        "# namespace kube-system: 1 Role");
        assertThat(progress("--secret", "*", "registry-secret.yaml"))
                .containsExactly("# namespace ci: 1 Role; all Secrets; ServiceAccount default");
    }

    private List<String> progress(String... arguments) throws Exception {
        return script.run(arguments)
                .lines()
                .filter(line -> line.matches("# (namespace [a-z-]+|all namespaces): .*"))
                .toList();
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
                .contains("- {apiGroup: rbac.authorization.k8s.io, kind: User, name: 'jenkins@example.com'}")
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
                "--secret|NAME",
                "--secret|-x",
                "--secret|regcred,-x",
                "--secret|regcred,",
                "--secret|x-",
                "--service-account|-x",
                "--name|-x",
                "--name|a,b",
                "--user|''"
            })
    void shouldRefuseWhatIsNoName(String option, String value) {
        assertThatThrownBy(() -> script.run(option, value)).hasMessageContaining("rbac.sh: " + option);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\tb", "a\u001bb"})
    void shouldRefuseAUserThatNoLineCanShow(String user) {
        assertThatThrownBy(() -> script.run("--user", user)).hasMessageContaining("rbac.sh: --user");
    }

    /** Names of OIDC, of certificates, and others that mean something to a shell, awk, sed or YAML. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://login.example.com/realms/ci#0f3a+b=",
                "system:serviceaccount:jenkins:argo-preflight",
                "Jane Doe, Operations",
                "O'Brien \"the admin\" {x: [y]} # none",
                "a&b|c;d$(touch x)`touch x`$HOME*?",
                "a\\nb\\'c\\",
                "-n",
                " jane "
            })
    void shouldBindAndAskForEachUser(String user) throws Exception {
        String printed = script.run("--user", user);
        List<JsonNode> subjects = new ArrayList<>();
        try (MappingIterator<JsonNode> documents =
                new YAMLMapper().readerFor(JsonNode.class).readValues(printed)) {
            documents.forEachRemaining(each -> each.path("subjects").forEach(subjects::add));
        }
        assertThat(subjects)
                .isNotEmpty()
                .allSatisfy(subject -> assertThat(subject.path("name").asText()).isEqualTo(user));

        RbacScript.Run checked = with(NO).end("--user", user, "--check", "preflight-controller.yaml");

        assertThat(checked.printed())
                .contains("missing: " + user + " cannot list deployments.apps in namespace argo\n")
                .doesNotContain("nothing is missing");
        assertThat(Files.readAllLines(programs.resolve("asked")))
                .contains("auth", "can-i", "list", "deployments.apps", "--as=" + user, "-n", "argo");
        assertThat(checked.code()).isEqualTo(1);
    }

    @Test
    void shouldNotCallACheckOfNothingComplete() throws Exception {
        assertThat(with(YES).end("--check", "preflight.yaml")).isEqualTo(new RbacScript.Run(0, "nothing is missing\n"));
        assertThat(with(YES).end("--check", "identity.yaml"))
                .isEqualTo(new RbacScript.Run(2, "rbac.sh: nothing to check: identity.yaml grants no right\n"));
    }

    @Test
    void shouldReportEachMissingRightOnce() throws Exception {
        List<String> missing = with(NO).end("--check").printed().lines().toList();

        assertThat(missing)
                .doesNotHaveDuplicates()
                .contains(
                        "missing: system:serviceaccount:jenkins:argo-preflight cannot get secrets/regcred in namespace ci");
        assertThat(with("echo \"error: the server doesn't have a resource type \\\"workflows\\\"\"; exit 1")
                        .end("--check", "submit.yaml", "diagnose.yaml")
                        .printed()
                        .lines())
                .doesNotHaveDuplicates()
                .contains("not checked: the server has no workflows.argoproj.io, which Argo installs");
    }

    /** A failure of the first or of a later file, where the others have rights to check. */
    @ParameterizedTest
    @ValueSource(strings = {"*preflight.yaml*", "*preflight-cluster.yaml*", "*can-i*|*space*"})
    void shouldNotCheckAfterAFailure(String arguments) throws Exception {
        RbacScript broken = with(YES);
        String awk = "#!/bin/sh\ncase \"$*\" in " + arguments + ") exit 1 ;; esac\nPATH=${PATH#*:} exec awk \"$@\"\n";
        write("awk", awk);

        RbacScript.Run run =
                broken.end("--check", "preflight.yaml", "preflight-controller.yaml", "preflight-cluster.yaml");

        assertThat(run.code()).as(run.printed()).isNotZero();
        assertThat(run.printed()).doesNotContain("nothing is missing");
    }

    @Test
    void shouldCheckEachSubjectOfItsOwnRole() throws Exception {
        Files.copy(RbacManifests.FOLDER.resolve("rbac.sh"), folder.resolve("rbac.sh"));
        Files.writeString(folder.resolve("mine.yaml"), """
                kind: Role
                metadata: {name: mine, namespace: ci}
                rules:
                - apiGroups: [""]
                  resources: [pods]
                  verbs: [list]
                ---
                kind: Role
                metadata: {name: mine, namespace: argo}
                rules:
                - apiGroups: [apps]
                  resources: [deployments]
                  verbs: [get]
                ---
                kind: RoleBinding
                metadata: {name: mine, namespace: argo}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: mine}
                subjects:
                - {kind: ServiceAccount, name: argo-preflight, namespace: jenkins}
                - {apiGroup: rbac.authorization.k8s.io, kind: User, name: jane@example.com}   # you
                ---
                kind: RoleBinding
                metadata: {name: mine, namespace: ci}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: mine}
                subjects:
                - {kind: ServiceAccount, name: argo-preflight, namespace: jenkins}
                """);
        with(NO);

        RbacScript.Run run = new RbacScript(folder, programs.toString()).end("--check", "mine.yaml");

        assertThat(run.printed()).isEqualTo("""
                missing: system:serviceaccount:jenkins:argo-preflight cannot get deployments.apps in namespace argo
                missing: jane@example.com cannot get deployments.apps in namespace argo
                missing: system:serviceaccount:jenkins:argo-preflight cannot list pods in namespace ci
                """);
    }

    private RbacScript with(String answer) throws IOException {
        write(
                "kubectl",
                "#!/bin/sh\nprintf '%s\\n' \"$@\" >>\"$(dirname \"$0\")/asked\"\n"
                        + "case $1 in get) echo found; exit ;; esac\n" + answer + "\n");
        return new RbacScript(RbacManifests.FOLDER, programs.toString());
    }

    private void write(String program, String text) throws IOException {
        Path file = programs.resolve(program);
        Files.writeString(file, text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }
}
