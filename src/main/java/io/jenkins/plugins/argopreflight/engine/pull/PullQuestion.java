package io.jenkins.plugins.argopreflight.engine.pull;

import io.jenkins.plugins.argopreflight.engine.dockerconfig.PullSecret;
import io.jenkins.plugins.argopreflight.engine.dockerconfig.StoredCredential;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import java.util.List;

/**
 * Can this pod pull this image?
 *
 * @param namespace the pod's namespace, "" when no cluster is involved
 * @param serviceAccount whose imagePullSecrets count, "" when no cluster is involved
 * @param image as it stands in the pod
 * @param secrets the Secrets in effect, in their order
 * @param missing names in imagePullSecrets that no Secret has; the kubelet goes on without them
 */
public record PullQuestion(
        String namespace, String serviceAccount, String image, List<PullSecret> secrets, List<String> missing) {

    public PullQuestion {
        secrets = List.copyOf(secrets);
        missing = List.copyOf(missing);
    }

    /** All listed Secrets exist. */
    public PullQuestion(String namespace, String serviceAccount, String image, List<PullSecret> secrets) {
        this(namespace, serviceAccount, image, secrets, List.of());
    }

    /** What one consumer gets for it. */
    Pull answered(
            Consumer consumer,
            List<StoredCredential> credentials,
            String error,
            Verdict verdict,
            String sentence,
            List<ProbeAttempt> tried) {
        List<String> names = secrets.stream()
                .map(PullSecret::name)
                .filter(name -> !name.isEmpty())
                .toList();
        return new Pull(
                namespace, serviceAccount, image, consumer, names, credentials, error, verdict, sentence, tried);
    }
}
