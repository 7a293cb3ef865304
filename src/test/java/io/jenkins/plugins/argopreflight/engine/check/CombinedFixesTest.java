package io.jenkins.plugins.argopreflight.engine.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.model.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.model.fix.ChangeField;
import io.jenkins.plugins.argopreflight.engine.model.fix.ChangeField.Place;
import io.jenkins.plugins.argopreflight.engine.model.fix.Fix;
import io.jenkins.plugins.argopreflight.engine.model.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.model.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.render.Remediation;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import io.jenkins.plugins.argopreflight.testing.InRun;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InRun.class)
class CombinedFixesTest {

    private static final String WORKFLOW = """
            apiVersion: argoproj.io/v1alpha1
            kind: Workflow
            metadata: {name: build, namespace: ci}
            spec:
              entrypoint: main
              podSpecPatch: |
                terminationGracePeriodSeconds: 5
              templates:
              - name: main
                container:
                  image: busybox:1
                  command: [sh]
                  securityContext: {runAsUser: 1000}
            """;

    private static Facts facts() {
        return FactsOf.manifests(new ManifestReader().read("build.yaml", WORKFLOW));
    }

    private static Place place(String path) {
        return new Place("build.yaml", 1, "Workflow", "ci", "build", path);
    }

    private static CheckResult result(String id, Fix... fixes) {
        CheckInfo info = new CheckInfo(id, "Words", Severity.ERROR, Topic.ADMISSION);
        Finding finding = Finding.fail(info, Subject.of("Workflow", "ci", "build", "spec"), "What it is.")
                .fix(fixes);
        return new CheckResult(info, Outcome.FAIL, List.of(finding));
    }

    private static ChangeField patch(String template) {
        return ChangeField.to(Yaml.of("podSpecPatch: $patch")
                        .literal("patch", Yaml.of(template))
                        .under("spec"))
                .at(place("spec.podSpecPatch"));
    }

    private static ChangeField context(String template) {
        return ChangeField.to(Yaml.of(template).under("securityContext"))
                .at(place("spec.templates[0].container.securityContext"));
    }

    private static List<List<String>> combined(CheckResult... results) {
        return CombinedFixes.of(facts(), List.of(results)).stream()
                .map(result -> Remediation.inShell(result.findings().get(0)).remediation())
                .toList();
    }

    @Test
    void shouldMakeOnePatchOfAllAndOfWhatIsThere() {
        List<List<String>> texts = combined(
                result("one", patch("containers:\n- name: wait\n  resources: {limits: {cpu: 100m}}")),
                result("two", patch("containers:\n- name: wait\n  securityContext: {runAsNonRoot: true}")));
        String patch = """
                spec:
                  podSpecPatch: |
                    terminationGracePeriodSeconds: 5
                    containers:
                    - name: wait
                      resources:
                        limits:
                          cpu: 100m
                      securityContext:
                        runAsNonRoot: true""";
        assertThat(texts)
                .containsExactly(
                        List.of("# with what the field has and the fix of two:\n" + patch),
                        List.of("# with what the field has and the fix of one:\n" + patch));
    }

    @Test
    void shouldKeepWhatASecurityContextHas() {
        assertThat(combined(result("one", context("allowPrivilegeEscalation: false"))))
                .containsExactly(List.of("""
                        # with what the field has:
                        securityContext:
                          runAsUser: 1000
                          allowPrivilegeEscalation: false"""));
    }

    @Test
    void shouldMakeOneSettingOfTwoForTheControllersConfigMap() {
        assertThat(combined(
                        result("one", executor("resources: {limits: {cpu: 100m}}")),
                        result("two", executor("securityContext: {runAsNonRoot: true}"))))
                .allSatisfy(texts -> assertThat(texts.get(0))
                        .contains("kubectl patch configmap settings -n argo --patch-file /dev/stdin <<'EOF'\n")
                        .contains("cpu: 100m", "runAsNonRoot: true"));
    }

    private static Fix executor(String template) {
        return RunCommands.patchConfigMap(
                "settings", "argo", Yaml.of("data:\n  executor: $executor").literal("executor", Yaml.of(template)));
    }

    @Test
    void shouldReportFixesThatExcludeEachOther() {
        CheckResult adds = result("adds", context("capabilities: {add: [SYS_ADMIN]}"));
        CheckResult drops = result("drops", context("capabilities: {drop: [ALL]}\nallowPrivilegeEscalation: false"));
        List<CheckResult> results = CombinedFixes.of(facts(), List.of(adds, drops));
        assertThat(results.get(0).findings().get(0).fixes())
                .containsExactly(
                        adds.findings().get(0).fixes().get(0),
                        AskPerson.reader("this contradicts the fix of drops at"
                                + " spec.templates[0].container.securityContext: one adds SYS_ADMIN, the other drops"
                                + " ALL; decide which of them the workflow needs"));
        assertThat(Remediation.inShell(results.get(1).findings().get(0)).remediation())
                .last()
                .asString()
                .startsWith("# this contradicts the fix of adds");
    }

    @Test
    void shouldReportValuesThatExcludeEachOther() {
        assertThat(combined(result("one", context("runAsUser: 1000")), result("two", context("runAsUser: 8737"))))
                .allSatisfy(texts -> assertThat(texts).last().asString().contains("runAsUser is "));
    }

    @Test
    void shouldShowNoSecretOfWhatIsThere() {
        String secret = WORKFLOW.replace(
                "terminationGracePeriodSeconds: 5", "containers: [{name: main, env: [{name: PASSWORD, value: x1}]}]");
        Facts facts = FactsOf.manifests(new ManifestReader().read("build.yaml", secret));
        CheckResult result = result("one", patch("terminationGracePeriodSeconds: 9"));
        assertThat(CombinedFixes.of(facts, List.of(result))).containsExactly(result);
    }
}
