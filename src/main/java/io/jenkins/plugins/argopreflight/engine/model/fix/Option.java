package io.jenkins.plugins.argopreflight.engine.model.fix;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An option of Argo Preflight. Texts contain the option's name on the command line. For the output of a step,
 * {@link #inStep} replaces this name by the step's parameter or the setting in Jenkins.
 */
public enum Option {
    ADOPT("--adopt", "adopt: true (needs allowAdopt)"),
    ARGO_NAMESPACE("--argo-namespace", "argoNamespace"),
    ARGO_SERVER("--argo-server", "argoServer of the cluster in Jenkins"),
    ARGO_VERSION("--argo-version", "argoVersion"),
    CHECKS("argo-preflight checks", "docs/checks.md"),
    CONTEXT("--context", "context"),
    CONTROLLER_CONFIG("--controller-config", "the right to read the controller's ConfigMap"),
    CREATE_SERVICE_ACCOUNT("--create-service-account", "createServiceAccounts: true"),
    INSECURE_REGISTRY("--insecure-registry", "the insecure registries in the configuration of Argo Preflight"),
    KUBECONFIG("--kubeconfig", "kubeconfigCredentialsId"),
    NAME("--name", "name"),
    NAMESPACE("--namespace", "namespaces"),
    NODE_CREDENTIALS("--node-credentials", "nodeCredentials of the cluster in Jenkins"),
    PRUNE("--prune", "prune: true"),
    RECREATE("--recreate", "recreate: true"),
    REGISTRY_CA("--registry-ca", "the registry's CA in the configuration of Argo Preflight"),
    SERVICE_ACCOUNT("--service-account", "serviceAccounts");

    private static final Map<String, Option> BY_COMMAND =
            Arrays.stream(values()).collect(Collectors.toMap(Option::toString, Function.identity()));

    /** Matches an option, or a part of a text that is kept: a quoted line, or a command until the end of its clause. */
    private static final Pattern OPTION_OR_QUOTE = Pattern.compile(
            "(?m)^[ \\t]*>.*$|(?<![\\w-])(?:"
                    + BY_COMMAND.keySet().stream().map(Pattern::quote).collect(Collectors.joining("|"))
                    + ")(?![\\w-])|(?<![\\w./-])(?:argo-preflight|kubectl|argo (?:submit|retry|lint)|docs/rbac/rbac\\.sh) [a-z-].*?(?=[;,.)](?: |$)|$)");

    private final String command;
    private final String step;

    Option(String command, String step) {
        this.command = command;
        this.step = step;
    }

    /**
     * Returns the text for readers of a step's output. Commands, and lines that begin with {@code >}, stay as they are.
     */
    public static String inStep(String text) {
        return OPTION_OR_QUOTE
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(
                        BY_COMMAND.containsKey(found.group())
                                ? Objects.requireNonNull(BY_COMMAND.get(found.group())).step
                                : found.group()));
    }

    /** Returns the name on the command line. */
    @Override
    public String toString() {
        return command;
    }
}
