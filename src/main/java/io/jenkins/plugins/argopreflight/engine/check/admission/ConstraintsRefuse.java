package io.jenkins.plugins.argopreflight.engine.check.admission;

import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.argo.model.Existence.Ending;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.location.ArgoContainers;
import io.jenkins.plugins.argopreflight.engine.check.location.SettingFix;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.facts.admission.Admission;
import io.jenkins.plugins.argopreflight.engine.kubernetes.admission.AdmissionRefusal;
import io.jenkins.plugins.argopreflight.engine.model.fix.Command;
import io.jenkins.plugins.argopreflight.engine.model.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.model.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import java.util.List;
import java.util.Optional;

/** A check for pods that OpenShift's SecurityContextConstraints refuse. */
public final class ConstraintsRefuse extends AdmissionCheck {

    /** The fixed user of the containers of resource templates, agent and artifact GC. */
    private static final String ARGO_USER = "8737";

    public ConstraintsRefuse() {
        super(CheckInfo.error(
                        "scc",
                        "No SecurityContextConstraint of OpenShift accepts a pod of the workflow",
                        Topic.ADMISSION)
                .needing(Need.POD_DRY_RUN)
                .ending(Ending.REFUSED));
    }

    @Override
    Optional<Finding> finding(Facts facts, Admission admission, AdmissionRefusal refusal) {
        return Refusal.of(refusal) == Refusal.SECURITY_CONTEXT_CONSTRAINT
                ? Optional.of(finding(facts, admission, ConstraintsMessage.of(refusal.message())))
                : Optional.empty();
    }

    private Finding finding(Facts facts, Admission admission, ConstraintsMessage message) {
        ArgoPod pod = admission.pod().orElseThrow();
        String namespace = admission.workflow().namespace();
        String account = pod.spec().path("serviceAccountName").asText("default");
        boolean isArgoUser = message.reasons().toString().contains(ARGO_USER);
        String reasons = String.join(
                "; ",
                message.reasons().entrySet().stream()
                        .map(each -> each.getKey() + ": " + String.join(", ", each.getValue()))
                        .toList());
        Finding finding = Finding.fail(
                        info(),
                        Subject.of("ServiceAccount", namespace, account, "").at(pod.templateLocation()),
                        "No SecurityContextConstraint accepts " + pod(pod) + " ("
                                + (reasons.isEmpty() ? "it is not allowed to use any" : shortened(reasons)) + ")."
                                + (isArgoUser
                                        ? " Argo runs resource templates, the agent and artifact GC as user "
                                                + ARGO_USER + ", outside the namespace's range."
                                        : ""))
                .title("No SecurityContextConstraint accepts %s", pod(pod))
                .evidence(message.reasons().entrySet().stream()
                        .map(each ->
                                EvidenceLine.words(each.getKey() + " refuses: " + String.join(", ", each.getValue())))
                        .toList());
        if (!message.unusable().isEmpty()) {
            finding = finding.evidence(EvidenceLine.words("neither the user nor ServiceAccount " + account
                    + " is allowed to use: " + SettingFix.list(message.unusable())));
        }
        if (isArgoUser) {
            finding = finding.fix(SettingFix.of(
                    facts,
                    admission.workflow(),
                    pod,
                    ArgoContainers.notWrittenByUser(facts, pod, ArgoContainers.names(pod)),
                    Yaml.of("""
                            securityContext:
                              runAsUser: null # any user of the namespace's range
                              runAsNonRoot: true
                              allowPrivilegeEscalation: false
                              capabilities: {drop: [ALL]}
                            """)));
        }
        String usable = message.unusable().stream()
                .filter(List.of("nonroot-v2", "anyuid")::contains)
                .findFirst()
                .orElse("nonroot-v2");
        return finding.fix(RunCommands.of(Command.of("oc", "adm", "policy", "add-scc-to-user")
                .with(usable, "-z")
                .name("ServiceAccount", account)
                .namespace(namespace)));
    }

    private static String shortened(String reasons) {
        int maxCharacters = 300;
        return reasons.length() > maxCharacters ? reasons.substring(0, maxCharacters) + "…" : reasons;
    }
}
