package io.jenkins.plugins.argopreflight.step.preflight;

import hudson.AbortException;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoVersion;
import io.jenkins.plugins.argopreflight.step.Messages;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * The validation of parameters with a fixed syntax, which equals that of the command line. An empty value is always
 * valid.
 */
enum ParameterValidation {
    ID("id", matching("[A-Za-z][A-Za-z0-9-]{0,59}"), Messages::ParameterValidation_id),
    ARGO_VERSION("argoVersion", word -> ArgoVersion.parse(word).isPresent(), Messages::ParameterValidation_argoVersion),
    KUBERNETES_VERSION(
            "kubernetesVersion",
            matching("v?1\\.\\d{1,3}(\\.\\d{1,4})?([-+].*)?"),
            Messages::ParameterValidation_kubernetesVersion),
    POD_SECURITY(
            "podSecurity",
            matching("(privileged|baseline|restricted)(:(latest|v1\\.\\d{1,3}))?"),
            Messages::ParameterValidation_podSecurity);

    private final String parameter;
    private final Predicate<String> rule;
    private final Supplier<String> description;

    ParameterValidation(String parameter, Predicate<String> rule, Supplier<String> description) {
        this.parameter = parameter;
        this.rule = rule;
        this.description = description;
    }

    private static Predicate<String> matching(String pattern) {
        return Pattern.compile(pattern).asMatchPredicate();
    }

    boolean isValid(String value) {
        return value.isEmpty() || rule.test(value);
    }

    void check(String value) throws AbortException {
        if (!isValid(value)) {
            throw new AbortException(refusal(value));
        }
    }

    String refusal(String value) {
        return Messages.ParameterValidation_refusal(parameter, value, description());
    }

    String description() {
        return description.get();
    }
}
