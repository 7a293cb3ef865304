package io.jenkins.plugins.argopreflight.step.preflight;

import hudson.AbortException;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoVersion;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What can be written in a parameter that is a word, as the command line takes it; nothing always can. */
enum ParameterValidation {
    ID(
            "id",
            matching("[A-Za-z][A-Za-z0-9-]{0,59}"),
            "An id is a word of letters, digits and dashes, at most 60, such as nightly-images"),
    ARGO_VERSION(
            "argoVersion",
            word -> ArgoVersion.parse(word).isPresent(),
            "No version of Argo Workflows: write one such as v3.6.4 or 4.0"),
    KUBERNETES_VERSION(
            "kubernetesVersion",
            matching("v?1\\.\\d{1,3}(\\.\\d{1,4})?([-+].*)?"),
            "No version of Kubernetes: write one such as v1.34.4"),
    POD_SECURITY(
            "podSecurity",
            matching("(privileged|baseline|restricted)(:(latest|v1\\.\\d{1,3}))?"),
            "No level of Pod Security: write privileged, baseline or restricted, and a version if at all, such as"
                    + " baseline:v1.34");

    private final String parameter;
    private final Predicate<String> rule;
    private final String words;

    ParameterValidation(String parameter, Predicate<String> rule, String words) {
        this.parameter = parameter;
        this.rule = rule;
        this.words = words;
    }

    private static Predicate<String> matching(String pattern) {
        return Pattern.compile(pattern).asMatchPredicate();
    }

    boolean isKept(String word) {
        return word.isEmpty() || rule.test(word);
    }

    void check(String word) throws AbortException {
        if (!isKept(word)) {
            throw new AbortException(parameter + " \"" + word + "\": " + words);
        }
    }

    String description() {
        return words;
    }
}
