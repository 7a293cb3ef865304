package io.jenkins.plugins.argopreflight.engine.check.admission;

import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.check.location.ArgoContainers;
import io.jenkins.plugins.argopreflight.engine.check.location.Places;
import io.jenkins.plugins.argopreflight.engine.check.location.SettingFix;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.kubernetes.podsecurity.PodSecurityCheck;
import io.jenkins.plugins.argopreflight.engine.kubernetes.podsecurity.PodSecurityRefusal;
import io.jenkins.plugins.argopreflight.engine.kubernetes.podsecurity.Violation;
import io.jenkins.plugins.argopreflight.engine.model.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.model.fix.ChangeField;
import io.jenkins.plugins.argopreflight.engine.model.fix.Fix;
import io.jenkins.plugins.argopreflight.engine.model.fix.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Creates the fixes with which Pod Security accepts a pod. */
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

    /** Returns the fixes, the best one first. */
    static Optional<List<Fix>> of(
            Facts facts,
            WorkflowFacts workflow,
            ArgoPod pod,
            PodSecurityRefusal refusal,
            List<String> affected,
            List<String> argoContainers) {
        List<Fix> fixes = new ArrayList<>();
        refusal.violations().stream().map(PodSecurityRemedy::remove).forEach(each -> each.ifPresent(fixes::add));
        boolean isPodLevel = refusal.violations().stream().anyMatch(PodSecurityRemedy::isPodLevel);
        boolean isContainerLevel = refusal.violations().stream().anyMatch(PodSecurityRemedy::isContainerLevel);
        if (isPodLevel && pod.kind() == ArgoPod.Kind.WORKLOAD) {
            fixes.add(Places.inSpec(workflow, POD).because("in the workflow, for all containers (Argo's too)"));
        } else if (isPodLevel) {
            fixes.add(SettingFix.pod(workflow, pod, POD));
        }
        List<String> userContainers =
                affected.stream().filter(name -> !argoContainers.contains(name)).toList();
        if (isContainerLevel && !userContainers.isEmpty()) {
            fixes.addAll(ArgoContainers.changes(
                    workflow,
                    pod,
                    userContainers,
                    CONTAINER,
                    "in the template, at " + SettingFix.list(userContainers)
                            + " (container, script, sidecars, initContainers)"));
        }
        if (isContainerLevel && !argoContainers.isEmpty()) {
            fixes.addAll(SettingFix.of(facts, workflow, pod, argoContainers, CONTAINER));
        }
        return fixes.isEmpty() ? Optional.empty() : Optional.of(fixes);
    }

    private static boolean isPodLevel(Violation violation) {
        return violation.check() == PodSecurityCheck.RUN_AS_NON_ROOT
                || violation.check() == PodSecurityCheck.SECCOMP_PROFILE;
    }

    private static boolean isContainerLevel(Violation violation) {
        return violation.check() == PodSecurityCheck.ALLOW_PRIVILEGE_ESCALATION
                || violation.check() == PodSecurityCheck.CAPABILITIES_RESTRICTED;
    }

    /** Returns the fix that removes a setting, if adding a setting does not help. */
    private static Optional<Fix> remove(Violation violation) {
        String names = SettingFix.list(violation.names());
        return switch (violation.check()) {
            case PRIVILEGED ->
                reader("remove securityContext.privileged of " + names
                        + "; to build images use rootless BuildKit or Kaniko, or run it in a namespace of its own that"
                        + " enforces privileged");
            case HOST_NAMESPACES -> reader("remove spec." + violation.field());
            case HOST_PATH_VOLUMES, RESTRICTED_VOLUMES ->
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
            case HOST_PORTS -> reader("remove hostPort of " + names + "; give the pod a Service");
            case CAPABILITIES_BASELINE ->
                reader("remove securityContext.capabilities.add of " + names + ": " + violation.detail());
            case RUN_AS_USER -> reader("remove runAsUser: 0 of " + (names.isEmpty() ? "the pod" : names));
            case RUN_AS_NON_ROOT, SECCOMP_PROFILE, ALLOW_PRIVILEGE_ESCALATION, CAPABILITIES_RESTRICTED ->
                Optional.empty();
            case APP_ARMOR_PROFILE,
                    HOST_PROBES_AND_HOST_LIFECYCLE,
                    PROC_MOUNT,
                    SE_LINUX_OPTIONS,
                    SYSCTLS,
                    WINDOWS_HOST_PROCESS,
                    OTHER -> reader(violation.reason() + ": " + violation.detail());
        };
    }

    private static Optional<Fix> reader(String advice) {
        return Optional.of(AskPerson.reader(advice));
    }
}
