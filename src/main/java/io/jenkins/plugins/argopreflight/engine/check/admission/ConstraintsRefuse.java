package io.jenkins.plugins.argopreflight.engine.check.admission;

import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.place.ArgoContainers;
import io.jenkins.plugins.argopreflight.engine.check.place.SettingFix;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.collect.admission.Admission;
import io.jenkins.plugins.argopreflight.engine.fix.Command;
import io.jenkins.plugins.argopreflight.engine.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoPod;
import java.util.List;
import java.util.Optional;

/** OpenShift's SecurityContextConstraints refuse the pod. */
public final class ConstraintsRefuse extends AdmissionCheck {

    /** Hard-wired into resource templates, agent and artifact GC. */
    private static final String ARGO_USER = "8737";

    public ConstraintsRefuse() {
        super("scc", "No SecurityContextConstraint of OpenShift accepts a pod of the workflow");
    }

    @Override
    Optional<Finding> finding(Facts facts, Admission admission, String words) {
        return Refusal.of(words) == Refusal.SECURITY_CONTEXT_CONSTRAINT
                ? Optional.of(finding(facts, admission, ConstraintWords.of(words)))
                : Optional.empty();
    }

    private Finding finding(Facts facts, Admission admission, ConstraintWords words) {
        ArgoPod pod = admission.pod().orElseThrow();
        String namespace = admission.workflow().namespace();
        String account = pod.spec().path("serviceAccountName").asText("default");
        boolean argoUser = words.reasons().toString().contains(ARGO_USER);
        String why = String.join(
                "; ",
                words.reasons().entrySet().stream()
                        .map(each -> each.getKey() + ": " + String.join(", ", each.getValue()))
                        .toList());
        Finding finding = Finding.fail(
                        info(),
                        Subject.of("ServiceAccount", namespace, account, "").at(pod.templateLocation()),
                        "No SecurityContextConstraint accepts " + pod(pod) + " ("
                                + (why.isEmpty() ? "it is not allowed to use any" : shortened(why)) + ")."
                                + (argoUser
                                        ? " Argo runs resource templates, the agent and artifact GC as user "
                                                + ARGO_USER + ", outside the namespace's range."
                                        : ""))
                .title("No SecurityContextConstraint accepts %s", pod(pod))
                .evidence(words.reasons().entrySet().stream()
                        .map(each ->
                                EvidenceLine.words(each.getKey() + " refuses: " + String.join(", ", each.getValue())))
                        .toList());
        if (!words.unusable().isEmpty()) {
            finding = finding.evidence(EvidenceLine.words("neither the user nor ServiceAccount " + account
                    + " is allowed to use: " + SettingFix.list(words.unusable())));
        }
        if (argoUser) {
            finding = finding.fix(SettingFix.of(
                    facts,
                    admission.workflow(),
                    pod,
                    ArgoContainers.own(facts, pod, ArgoContainers.names(pod)),
                    Yaml.of("""
                            securityContext:
                              runAsUser: null # any user of the namespace's range
                              runAsNonRoot: true
                              allowPrivilegeEscalation: false
                              capabilities: {drop: [ALL]}
                            """)));
        }
        String usable = words.unusable().stream()
                .filter(List.of("nonroot-v2", "anyuid")::contains)
                .findFirst()
                .orElse("nonroot-v2");
        return finding.fix(RunCommands.of(Command.of("oc", "adm", "policy", "add-scc-to-user")
                .with(usable, "-z")
                .name("ServiceAccount", account)
                .namespace(namespace)));
    }

    private static String shortened(String why) {
        int most = 300;
        return why.length() > most ? why.substring(0, most) + "…" : why;
    }
}
