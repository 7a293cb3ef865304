package io.jenkins.plugins.argopreflight.engine.check.admission;

import io.jenkins.plugins.argopreflight.engine.kubernetes.admission.AdmissionRefusal;
import io.jenkins.plugins.argopreflight.engine.model.fact.CauseKind;
import java.util.regex.Pattern;

/**
 * The part of an API server that refused an object, determined by its message; the first that matches.
 *
 * @see <a href="https://github.com/kubernetes/kubernetes/tree/v1.34.4/plugin/pkg/admission">Kubernetes' admission
 *     plugins</a>; OpenShift's pkg/securitycontextconstraints
 */
enum Refusal implements CauseKind {
    POD_SECURITY("violates PodSecurity \""),
    SECURITY_CONTEXT_CONSTRAINT("unable to validate against any security context constraint"),
    QUOTA("exceeded quota: |failed quota: |status unknown for quota: "),
    LIMIT_RANGE("(maximum|minimum) \\S+ (usage )?per (Container|Pod)|limit to request ratio per (Container|Pod)"),
    SERVICE_ACCOUNT("error looking up service account |is not allowed because service account "),
    POLICY("ValidatingAdmissionPolicy '[^']+' with binding|admission webhook \"[^\"]+\" denied the request"),
    WEBHOOK_DOWN("failed calling webhook \""),
    NAMESPACE("namespaces? \"?[^ \"]+\"? not found|because it is being terminated"),
    NOT_INSTALLED("the server could not find the requested resource|no matches for kind"),
    INVALID(" is invalid: |cannot be handled as a |strict decoding error"),
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
        for (Refusal each : values()) {
            if (each.pattern.matcher(refusal.message()).find()) {
                return each;
            }
        }
        return OTHER;
    }
}
