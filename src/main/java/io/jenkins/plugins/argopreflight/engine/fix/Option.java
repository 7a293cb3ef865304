package io.jenkins.plugins.argopreflight.engine.fix;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the reader can set for Argo Preflight itself. A text names it as the command line does; where a step shows the
 * text, {@link #inStep} names the step's parameter or the configuration of Jenkins instead.
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

    /** An option, and what is left as it is: a line that quotes someone, and a command up to the end of its clause. */
    private static final Pattern ANY = Pattern.compile(
            "(?m)^[ \\t]*>.*$|(?<![\\w-])(?:"
                    + BY_COMMAND.keySet().stream().map(Pattern::quote).collect(Collectors.joining("|"))
                    + ")(?![\\w-])|(?<![\\w./-])(?:argo-preflight|kubectl|argo (?:submit|retry|lint)|docs/rbac/rbac\\.sh) [a-z-].*?(?=[;,.)](?: |$)|$)");

    private final String command;
    private final String step;

    Option(String command, String step) {
        this.command = command;
        this.step = step;
    }

    /** The text for readers of a step. Commands, and lines that begin with {@code >}, stay as they are. */
    public static String inStep(String text) {
        return ANY.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(
                        BY_COMMAND.containsKey(found.group())
                                ? Objects.requireNonNull(BY_COMMAND.get(found.group())).step
                                : found.group()));
    }

    /** As the command line calls it. */
    @Override
    public String toString() {
        return command;
    }
}
