package io.jenkins.plugins.argopreflight.engine.check.admission;

import io.jenkins.plugins.argopreflight.engine.argo.model.Existence.Ending;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.facts.admission.Admission;
import io.jenkins.plugins.argopreflight.engine.kubernetes.admission.AdmissionRefusal;
import io.jenkins.plugins.argopreflight.engine.model.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.model.fix.Command;
import io.jenkins.plugins.argopreflight.engine.model.fix.Fix;
import io.jenkins.plugins.argopreflight.engine.model.fix.Operand;
import io.jenkins.plugins.argopreflight.engine.model.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A check for webhooks that the API server must call for an object, and that do not answer.
 *
 * @see <a href="https://github.com/kubernetes/apiserver/blob/v0.34.4/pkg/util/webhook/error.go">ErrCallingWebhook</a>
 */
public final class WebhookDown extends AdmissionCheck {

    private static final Pattern CALL =
            Pattern.compile(AdmissionRefusal.FAILED_WEBHOOK + "([^\"]+)\": (.*)", Pattern.DOTALL);

    /** Matches the address of a webhook that is a Service. */
    private static final Pattern SERVICE = Pattern.compile("https://([a-z0-9-]+)\\.([a-z0-9-]+)\\.svc[:/]");

    /** Matches the failure of a webhook that answers too late; the next call can be in time. */
    private static final Pattern LATE = Pattern.compile("deadline exceeded|Client\\.Timeout|i/o timeout");

    public WebhookDown() {
        super(CheckInfo.error("webhook-down", "A webhook of the cluster does not answer", Topic.ADMISSION)
                .needing(Need.POD_DRY_RUN)
                .ending(Ending.REFUSED)
                .alsoGiving(Outcome.WARN));
    }

    @Override
    protected boolean concerns(Admission admission) {
        return true;
    }

    @Override
    Optional<Finding> finding(Facts facts, Admission admission, AdmissionRefusal refusal) {
        Matcher call = CALL.matcher(refusal.message());
        if (!call.find()) {
            return Optional.empty();
        }
        String name = call.group(1);
        String description = description(admission);
        boolean isLate = LATE.matcher(call.group(2)).find();
        Subject subject = refusingObject(admission, "WebhookConfiguration", name);
        String detail = "The API server asks webhook " + name + " about " + description + ", and refuses it "
                + (isLate ? "when the webhook does not answer in time." : "since the webhook cannot be called.");
        Finding finding = isLate ? Finding.warn(info(), subject, detail) : Finding.fail(info(), subject, detail);
        return Optional.of(finding.title("Admission webhook %s does not answer", name)
                .fix(showFix(call.group(2)))
                .fix(new AskPerson(
                        "a cluster administrator",
                        "repair the webhook, or set failurePolicy: Ignore in its configuration")));
    }

    private static Fix showFix(String failure) {
        Matcher service = SERVICE.matcher(failure);
        return service.find()
                ? RunCommands.of(Command.kubectl("get", "endpointslices")
                        .namespace(service.group(2))
                        .with("-l")
                        .with(Operand.label("kubernetes.io/service-name", service.group(1))))
                : RunCommands.of(Command.kubectl(
                        "get", "validatingwebhookconfigurations,mutatingwebhookconfigurations", "-o", "name"));
    }
}
