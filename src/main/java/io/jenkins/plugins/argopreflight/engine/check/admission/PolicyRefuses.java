package io.jenkins.plugins.argopreflight.engine.check.admission;

import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.collect.admission.Admission;
import io.jenkins.plugins.argopreflight.engine.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.fix.Command;
import io.jenkins.plugins.argopreflight.engine.fix.Fix;
import io.jenkins.plugins.argopreflight.engine.fix.RunCommands;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A ValidatingAdmissionPolicy or an admission webhook of the cluster denies the pod or the workflow. */
public final class PolicyRefuses extends AdmissionCheck {

    private static final Pattern POLICY = Pattern.compile(
            "ValidatingAdmissionPolicy '([^']+)' with binding '([^']+)' denied request: (.*)", Pattern.DOTALL);
    private static final Pattern WEBHOOK =
            Pattern.compile("admission webhook \"([^\"]+)\" denied the request:? ?(.*)", Pattern.DOTALL);

    public PolicyRefuses() {
        super("admission-policy", "A policy or webhook of the cluster denies a pod or the workflow");
    }

    @Override
    boolean covers(Admission admission) {
        return true;
    }

    @Override
    Optional<Finding> finding(Facts facts, Admission admission, String words) {
        Matcher policy = POLICY.matcher(words);
        if (policy.find()) {
            String name = policy.group(1);
            return Optional.of(Finding.fail(
                            info(),
                            judge(admission, "ValidatingAdmissionPolicy", name),
                            "ValidatingAdmissionPolicy " + name + " (binding " + policy.group(2) + ") denies "
                                    + what(admission) + ": " + policy.group(3).strip() + ".")
                    .title("Policy %s denies %s", name, what(admission))
                    .fix(knobs(facts, admission, policy.group(3)))
                    .fix(
                            exemption(admission),
                            RunCommands.of(Command.kubectl("get", "validatingadmissionpolicy")
                                    .name("ValidatingAdmissionPolicy", name)
                                    .with("-o", "yaml")),
                            RunCommands.of(Command.kubectl("get", "validatingadmissionpolicybinding")
                                    .name("ValidatingAdmissionPolicyBinding", policy.group(2))
                                    .with("-o", "yaml"))));
        }
        Matcher webhook = WEBHOOK.matcher(words);
        if (webhook.find()) {
            String name = webhook.group(1);
            return Optional.of(Finding.fail(
                            info(),
                            judge(admission, "ValidatingWebhookConfiguration", name),
                            "Admission webhook " + name + " denies " + what(admission) + ": " + first(webhook.group(2))
                                    + ".")
                    .title("Admission webhook %s denies %s", name, what(admission))
                    .fix(knobs(facts, admission, webhook.group(2)))
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

    private static List<Fix> knobs(Facts facts, Admission admission, String words) {
        return admission
                .pod()
                .map(pod -> PolicySettingFix.of(facts, admission.workflow(), pod, words))
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
                .map(name -> judge(admission, "ValidatingAdmissionPolicy", name))
                .orElseGet(() -> super.subject(admission));
    }

    /** Policy engines write pages; all of it is in the evidence. */
    private static String first(String text) {
        String words = text.strip().replaceAll("\\s+", " ");
        int most = 300;
        return words.isEmpty() ? "it gives no reason" : words.length() > most ? words.substring(0, most) + "…" : words;
    }
}
