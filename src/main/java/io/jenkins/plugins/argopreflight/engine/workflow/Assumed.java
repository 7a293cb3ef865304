package io.jenkins.plugins.argopreflight.engine.workflow;

/**
 * What is told of the controller although nobody could see it: taken as Argo's defaults, and why.
 *
 * @param settings why its ConfigMap is taken as empty, "" when it was seen, or seen not to be there
 * @param flags why it is taken as started with none, "" when they are known
 * @param executorImage why the executor image is taken as the release's own, "" when it is known
 */
public record Assumed(String settings, String flags, String executorImage) {

    static final Assumed NOTHING = new Assumed("", "", "");
}
