package io.jenkins.plugins.argopreflight.engine.pull;

import java.util.concurrent.CompletableFuture;

/** One consumer of images: the kubelet, or Argo's controller. */
public interface ImagePuller {

    /**
     * Answers one question without waiting.
     *
     * @param barred why the consumer cannot read its Secrets at all; "" when it can
     */
    CompletableFuture<Pull> check(PullQuestion question, String barred);
}
