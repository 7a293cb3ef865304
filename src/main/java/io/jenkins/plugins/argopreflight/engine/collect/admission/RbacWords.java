package io.jenkins.plugins.argopreflight.engine.collect.admission;

import java.util.regex.Pattern;

/**
 * The words with which an API server refuses a request before it looks at the object.
 *
 * @see <a href="https://github.com/kubernetes/apiserver/blob/v0.34.4/pkg/endpoints/handlers/responsewriters/errors.go">
 *     forbiddenMessage</a>
 */
final class RbacWords {

    private static final Pattern DENIED =
            Pattern.compile("User \"[^\"]*\" cannot \\S+ resource \"[^\"]+\" in API group \"[^\"]*\"");
    private static final Pattern IMPERSONATION =
            Pattern.compile("User \"[^\"]*\" cannot impersonate resource \"[^\"]+\" in API group \"[^\"]*\"");

    private RbacWords() {}

    static boolean isDenied(String words) {
        return DENIED.matcher(words).find();
    }

    static boolean isImpersonation(String words) {
        return IMPERSONATION.matcher(words).find();
    }
}
