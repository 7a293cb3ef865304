package io.jenkins.plugins.argopreflight.engine.argo.model;

/**
 * The assumptions about the controller where it could not be read. The defaults of Argo are assumed, for these reasons.
 *
 * @param settings reason why its ConfigMap is assumed to be empty; "" if it was read, or does not exist
 * @param flags reason why it is assumed to be started without flags; "" if they are known
 * @param environment reason why its environment is assumed to be empty; "" if it was read
 * @param executorImage reason why the executor image is assumed to be that of the release; "" if it is known
 * @param plugins reason why it is assumed that no executor plugin is installed; "" if this is known
 */
public record ControllerAssumptions(
        String settings, String flags, String environment, String executorImage, String plugins) {

    static final ControllerAssumptions NOTHING = new ControllerAssumptions("", "", "", "", "");
}
