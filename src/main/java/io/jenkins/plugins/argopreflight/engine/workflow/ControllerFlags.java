package io.jenkins.plugins.argopreflight.engine.workflow;

import java.util.Map;

/**
 * How the workflow-controller was started.
 *
 * @param namespace where it runs
 * @param executorImage {@code --executor-image}, "" when not given
 * @param executorImagePullPolicy {@code --executor-image-pull-policy}, "" when not given
 * @param logLevel {@code --loglevel}
 * @param logFormat {@code --executor-log-format}
 * @param glogLevel {@code --gloglevel}
 * @param environment the controller's environment variables that it reads settings from
 */
public record ControllerFlags(
        String namespace,
        String executorImage,
        String executorImagePullPolicy,
        String logLevel,
        String logFormat,
        String glogLevel,
        Map<String, String> environment) {

    public ControllerFlags {
        environment = Map.copyOf(environment);
    }

    /** A controller in {@code namespace} started with nothing but its defaults. */
    public static ControllerFlags defaults(String namespace) {
        return new ControllerFlags(namespace, "", "", "info", "text", "0", Map.of());
    }
}
