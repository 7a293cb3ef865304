package io.jenkins.plugins.argopreflight.engine.check.admission;

import io.jenkins.plugins.argopreflight.engine.check.admission.PodSecurityWords.Violation;
import io.jenkins.plugins.argopreflight.engine.check.place.ArgoContainers;
import io.jenkins.plugins.argopreflight.engine.check.place.Places;
import io.jenkins.plugins.argopreflight.engine.check.place.SettingFix;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.collect.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.fix.ChangeField;
import io.jenkins.plugins.argopreflight.engine.fix.Fix;
import io.jenkins.plugins.argopreflight.engine.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoPod;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What to write, and where, so that Pod Security accepts a pod. */
final class PodSecurityRemedy {

    private static final Yaml CONTAINER = Yaml.of("""
            securityContext:
              allowPrivilegeEscalation: false
              capabilities: {drop: [ALL]}
            """);
    private static final Yaml POD = Yaml.of("""
            securityContext:
              runAsNonRoot: true
              runAsUser: 1000 # any user but root that the images can run as
              seccompProfile: {type: RuntimeDefault}
            """);

    private PodSecurityRemedy() {}

    /** The best first. */
    static Optional<List<Fix>> of(
            Facts facts,
            WorkflowFacts workflow,
            ArgoPod pod,
            PodSecurityWords words,
            List<String> suffering,
            List<String> own) {
        List<Fix> fixes = new ArrayList<>();
        words.violations().stream().map(PodSecurityRemedy::remove).forEach(each -> each.ifPresent(fixes::add));
        boolean podLevel = words.violations().stream().anyMatch(PodSecurityRemedy::isPodLevel);
        boolean containers = words.violations().stream().anyMatch(PodSecurityRemedy::isContainerLevel);
        if (podLevel && pod.kind() == ArgoPod.Kind.WORKLOAD) {
            fixes.add(Places.inSpec(workflow, POD).because("in the workflow, for all containers (Argo's too)"));
        } else if (podLevel) {
            fixes.add(SettingFix.pod(workflow, pod, POD));
        }
        List<String> users =
                suffering.stream().filter(name -> !own.contains(name)).toList();
        if (containers && !users.isEmpty()) {
            fixes.addAll(ArgoContainers.changes(
                    workflow,
                    pod,
                    users,
                    CONTAINER,
                    "in the template, at " + SettingFix.list(users)
                            + " (container, script, sidecars, initContainers)"));
        }
        if (containers && !own.isEmpty()) {
            fixes.addAll(SettingFix.of(facts, workflow, pod, own, CONTAINER));
        }
        return fixes.isEmpty() ? Optional.empty() : Optional.of(fixes);
    }

    private static boolean isPodLevel(Violation violation) {
        return violation.reason().startsWith("runAsNonRoot")
                || violation.reason().startsWith("seccompProfile");
    }

    private static boolean isContainerLevel(Violation violation) {
        return violation.reason().startsWith("allowPrivilegeEscalation")
                || violation.reason().startsWith("unrestricted capabilities");
    }

    /** What must be removed, where nothing can be added to fix it. */
    private static Optional<Fix> remove(Violation violation) {
        String names = SettingFix.list(violation.names());
        return switch (violation.reason()) {
            case "privileged" ->
                reader("remove securityContext.privileged of " + names
                        + "; to build images use rootless BuildKit or Kaniko, or run it in a namespace of its own that"
                        + " enforces privileged");
            case "host namespaces" -> reader("remove spec." + violation.field());
            case "hostPath volumes", "restricted volume types" ->
                Optional.of(ChangeField.to(Yaml.of("""
                                spec:
                                  volumes:
                                  - name: $name
                                    emptyDir: {}
                                """)
                                .with(
                                        "name",
                                        violation.names().stream().findFirst().orElse("NAME")))
                        .because("instead of volume " + names + ": an emptyDir, or a claim that persists"));
            case "hostPort" -> reader("remove hostPort of " + names + "; give the pod a Service");
            case "non-default capabilities" ->
                reader("remove securityContext.capabilities.add of " + names + ": " + violation.detail());
            case "runAsUser=0" -> reader("remove runAsUser: 0 of " + (names.isEmpty() ? "the pod" : names));
            default ->
                isPodLevel(violation) || isContainerLevel(violation)
                        ? Optional.empty()
                        : reader(violation.reason() + ": " + violation.detail());
        };
    }

    private static Optional<Fix> reader(String what) {
        return Optional.of(AskPerson.reader(what));
    }
}
