package io.jenkins.plugins.argopreflight.engine.pull;

import io.jenkins.plugins.argopreflight.engine.dockerconfig.StoredCredential;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import java.util.List;

/**
 * Who pulls what, with which credentials, and whether it works: one row of the report's table.
 *
 * @param namespace the pod's namespace, "" when no cluster is involved
 * @param serviceAccount whose imagePullSecrets count, "" when no cluster is involved
 * @param image as it was asked for
 * @param pullSecrets names of the Secrets in effect, in their order
 * @param credentials those that match the image, in the order in which they are tried
 * @param error why the consumer could not read its credentials; "" for none
 * @param verdict whether the pull works
 * @param sentence the verdict for a person: what, where, do this
 * @param answers what the registry said to each credential and to none; an answer to "anonymous" is there for
 *     comparison even where the consumer would not ask anonymously
 */
public record Pull(
        String namespace,
        String serviceAccount,
        String image,
        Consumer consumer,
        List<String> pullSecrets,
        List<StoredCredential> credentials,
        String error,
        Verdict verdict,
        String sentence,
        List<ProbeAttempt> answers) {

    /** The same, judged otherwise for a reason that no registry knows. */
    public Pull judged(Verdict other, String why) {
        return new Pull(namespace, serviceAccount, image, consumer, pullSecrets, credentials, "", other, why, answers);
    }
}
