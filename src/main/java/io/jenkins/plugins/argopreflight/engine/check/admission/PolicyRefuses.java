package io.jenkins.plugins.argopreflight.engine.check.admission;

import io.jenkins.plugins.argopreflight.engine.argo.model.Existence.Ending;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.facts.admission.Admission;
import io.jenkins.plugins.argopreflight.engine.kubernetes.admission.AdmissionRefusal;
import io.jenkins.plugins.argopreflight.engine.model.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.model.fix.Command;
import io.jenkins.plugins.argopreflight.engine.model.fix.Fix;
import io.jenkins.plugins.argopreflight.engine.model.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A check for pods and workflows that a ValidatingAdmissionPolicy or an admission webhook of the cluster denies. */
public final class PolicyRefuses extends AdmissionCheck {

    private static final Pattern POLICY = Pattern.compile(
            "ValidatingAdmissionPolicy '([^']+)' with binding '([^']+)' denied request: (.*)", Pattern.DOTALL);
    private static final Pattern WEBHOOK =
            Pattern.compile("admission webhook \"([^\"]+)\" denied the request:? ?(.*)", Pattern.DOTALL);

    public PolicyRefuses() {
        super(CheckInfo.error(
                        "admission-policy",
                        "A policy or webhook of the cluster denies a pod or the workflow",
                        Topic.ADMISSION)
                .needing(Need.POD_DRY_RUN)
                .ending(Ending.REFUSED));
    }

    @Override
    protected boolean concerns(Admission admission) {
        return true;
    }

    @Override
    Optional<Finding> finding(Facts facts, Admission admission, AdmissionRefusal refusal) {
        String message = refusal.message();
        Matcher policy = POLICY.matcher(message);
        if (policy.find()) {
            String name = policy.group(1);
            return Optional.of(Finding.fail(
                            info(),
                            refusingObject(admission, "ValidatingAdmissionPolicy", name),
                            "ValidatingAdmissionPolicy " + name + " (binding " + policy.group(2) + ") denies "
                                    + description(admission) + ": "
                                    + policy.group(3).strip() + ".")
                    .title("Policy %s denies %s", name, description(admission))
                    .fix(settingFixes(facts, admission, policy.group(3)))
                    .fix(
                            exemption(admission),
                            RunCommands.of(Command.kubectl("get", "validatingadmissionpolicy")
                                    .name("ValidatingAdmissionPolicy", name)
                                    .with("-o", "yaml")),
                            RunCommands.of(Command.kubectl("get", "validatingadmissionpolicybinding")
                                    .name("ValidatingAdmissionPolicyBinding", policy.group(2))
                                    .with("-o", "yaml"))));
        }
        Matcher webhook = WEBHOOK.matcher(message);
        if (webhook.find()) {
            String name = webhook.group(1);
            return Optional.of(Finding.fail(
                            info(),
                            refusingObject(admission, "ValidatingWebhookConfiguration", name),
                            "Admission webhook " + name + " denies " + description(admission) + ": "
                                    + shortened(webhook.group(2)) + ".")
                    .title("Admission webhook %s denies %s", name, description(admission))
                    .fix(settingFixes(facts, admission, webhook.group(2)))
                    .fix(
                            exemption(admission),
                            RunCommands.of(Command.kubectl(
                                    "get",
                                    "validatingwebhookconfigurations,mutatingwebhookconfigurations",
                                    "-o",
                                    "name"))));
        }
        return Optional.empty();
    }

    private static Fix exemption(Admission admission) {
        return AskPerson.reader(
                "change the reported field, or ask the owner of the policy for an exemption of namespace "
                        + admission.workflow().namespace());
    }

    private static List<Fix> settingFixes(Facts facts, Admission admission, String message) {
        return admission
                .pod()
                .map(pod -> PolicySettingFix.of(facts, admission.workflow(), pod, message))
                .orElse(List.of());
    }

    @Override
    boolean handlesUnknown(Admission admission) {
        return admission.policy().isPresent();
    }

    @Override
    Subject subject(Admission admission) {
        return admission
                .policy()
                .map(name -> refusingObject(admission, "ValidatingAdmissionPolicy", name))
                .orElseGet(() -> super.subject(admission));
    }

    /**
     * Returns the beginning of a message, since policy engines can write very long ones. The evidence has all of it.
     */
    private static String shortened(String text) {
        String singleLine = text.strip().replaceAll("\\s+", " ");
        int maxCharacters = 300;
        return singleLine.isEmpty()
                ? "it gives no reason"
                : singleLine.length() > maxCharacters ? singleLine.substring(0, maxCharacters) + "…" : singleLine;
    }
}
