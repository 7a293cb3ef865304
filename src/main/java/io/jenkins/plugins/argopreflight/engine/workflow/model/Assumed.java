package io.jenkins.plugins.argopreflight.engine.workflow.model;

/**
 * What is assumed about the controller where it could not be read: taken as Argo's defaults, and why.
 *
 * @param settings why its ConfigMap is taken as empty, "" when it was seen, or seen not to be there
 * @param flags why it is taken as started with none, "" when they are known
 * @param environment why its environment is taken as empty, "" when it was seen
 * @param executorImage why the executor image is taken as the release's own, "" when it is known
 * @param plugins why no executor plugin is taken as installed, "" when that is known
 */
public record Assumed(String settings, String flags, String environment, String executorImage, String plugins) {

    static final Assumed NOTHING = new Assumed("", "", "", "", "");
}
