package io.jenkins.plugins.argopreflight.engine.facts.admission;

import java.util.regex.Pattern;

/**
 * The messages with which an API server refuses a request for lack of rights, before it checks the object.
 *
 * @see <a href="https://github.com/kubernetes/apiserver/blob/v0.34.4/pkg/endpoints/handlers/responsewriters/errors.go">
 *     forbiddenMessage</a>
 */
final class RbacMessages {

    private static final Pattern DENIED =
            Pattern.compile("User \"[^\"]*\" cannot \\S+ resource \"[^\"]+\" in API group \"[^\"]*\"");
    private static final Pattern IMPERSONATION =
            Pattern.compile("User \"[^\"]*\" cannot impersonate resource \"[^\"]+\" in API group \"[^\"]*\"");

    private RbacMessages() {}

    /** Returns whether the user does not have the right to the request, or to impersonate another user. */
    static boolean isDenied(String message) {
        return DENIED.matcher(message).find();
    }

    /** Returns whether the user does not have the right to impersonate another user. */
    static boolean isImpersonation(String message) {
        return IMPERSONATION.matcher(message).find();
    }
}
