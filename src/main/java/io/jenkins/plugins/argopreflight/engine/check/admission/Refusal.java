package io.jenkins.plugins.argopreflight.engine.check.admission;

import io.jenkins.plugins.argopreflight.engine.kubernetes.admission.AdmissionRefusal;
import io.jenkins.plugins.argopreflight.engine.kubernetes.admission.AdmissionRefusal.Reason;
import io.jenkins.plugins.argopreflight.engine.model.fact.CauseKind;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * The part of an API server that refused an object. If the reason is not known, it is the first whose pattern matches
 * the API server's message.
 *
 * @see <a href="https://github.com/kubernetes/kubernetes/tree/v1.34.4/plugin/pkg/admission">Kubernetes' admission
 *     plugins</a>; OpenShift's pkg/securitycontextconstraints
 */
enum Refusal implements CauseKind {
    POD_SECURITY("violates PodSecurity \""),
    SECURITY_CONTEXT_CONSTRAINT("unable to validate against any security context constraint"),
    QUOTA(AdmissionRefusal.EXCEEDED_QUOTA + "|failed quota: |status unknown for quota: "),
    LIMIT_RANGE("(maximum|minimum) \\S+ (usage )?per (Container|Pod)|limit to request ratio per (Container|Pod)"),
    SERVICE_ACCOUNT("error looking up service account |is not allowed because service account "),
    POLICY("ValidatingAdmissionPolicy '[^']+' with binding|admission webhook \"[^\"]+\" denied the request"),
    WEBHOOK_DOWN(AdmissionRefusal.FAILED_WEBHOOK),
    NAMESPACE("namespaces? \"?[^ \"]+\"? not found|because it is being terminated"),
    NOT_INSTALLED(AdmissionRefusal.NO_RESOURCE),
    INVALID(AdmissionRefusal.INVALID + "|cannot be handled as a |strict decoding error"),
    OTHER("");

    private final Pattern pattern;

    Refusal(String expression) {
        this.pattern = Pattern.compile(expression);
    }

    /** Returns the part of the server that refused an object. */
    static Refusal of(AdmissionRefusal refusal) {
        if (refusal.podSecurity().isPresent()) {
            return POD_SECURITY;
        }
        return refusal.reason().map(Refusal::of).orElseGet(() -> of(refusal.message()));
    }

    private static Refusal of(Reason reason) {
        return switch (reason) {
            case UNKNOWN_KIND -> NOT_INSTALLED;
            case INVALID -> INVALID;
            case ALREADY_EXISTS -> OTHER;
        };
    }

    private static Refusal of(String message) {
        return Arrays.stream(values())
                .filter(each -> each.pattern.matcher(message).find())
                .findFirst()
                .orElse(OTHER);
    }
}
