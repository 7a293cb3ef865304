package io.jenkins.plugins.argopreflight.engine.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.jenkins.plugins.argopreflight.engine.collect.pull.PodPull;
import io.jenkins.plugins.argopreflight.engine.dockerconfig.StoredCredential;
import io.jenkins.plugins.argopreflight.engine.pull.Consumer;
import io.jenkins.plugins.argopreflight.engine.pull.OtherMeans;
import io.jenkins.plugins.argopreflight.engine.pull.ProbeAttempt;
import io.jenkins.plugins.argopreflight.engine.pull.Pull;
import io.jenkins.plugins.argopreflight.engine.registry.Answer;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoPod;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who pulls what, with which credentials, and what the registry answers: an element of {@code pulls[]} in the JSON of a
 * check, a sync and a login check. A password stays behind. Absent texts are "".
 *
 * @param pod for which it is pulled; "" for a sync and a login check, as are workflow and container
 * @param namespace "" when no cluster is involved
 * @param pullSecrets names in effect; source: why those
 * @param credentials those that match the image, in the order tried
 * @param error why the consumer could not read its credentials
 * @param message the verdict for a person: what, where, do this
 * @param means what the consumer has besides the pull Secrets, such as credentials of the nodes; "" where they alone
 *     count
 * @param conditions of the workflow, on which the pod exists
 * @param platforms the nodes that the pod can stand on, such as {@code linux/amd64}, for the kubelet; none when
 *     it could not be checked at the nodes, or no node takes the pod
 */
public record PullRow(
        String pod,
        String workflow,
        String namespace,
        String container,
        String image,
        Consumer consumer,
        String serviceAccount,
        List<String> pullSecrets,
        String source,
        List<Credential> credentials,
        String error,
        Verdict verdict,
        String message,
        String means,
        List<String> conditions,
        List<String> platforms,
        List<AnswerRow> answers) {

    public PullRow {
        means = means == null ? "" : means;
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
        platforms = platforms == null ? List.of() : List.copyOf(platforms);
    }

    /** Returns whether the kubelet pulls the image, and the pull could not be checked. */
    @JsonIgnore
    public boolean isOpen() {
        return consumer == Consumer.KUBELET && !verdict.isKnown();
    }

    public record Credential(String secret, String key, String username) {

        private static Credential of(StoredCredential stored) {
            return new Credential(stored.secret(), stored.key(), stored.username());
        }
    }

    /**
     * @param credential null when it was asked anonymously
     * @param tried whether the consumer would ask this too; else it was asked for comparison
     * @param sent whether the registry asked for the credential; else the answer shows nothing about it
     * @param credentialExpires when the credential ends (ISO 8601), where it shows
     */
    public record AnswerRow(
            @Nullable Credential credential,
            boolean anonymous,
            boolean tried,
            boolean sent,
            Verdict verdict,
            int status,
            String code,
            String message,
            String explanation,
            String credentialExpires) {

        private static AnswerRow of(ProbeAttempt attempt) {
            Answer answer = attempt.answer();
            return new AnswerRow(
                    attempt.credential().map(Credential::of).orElse(null),
                    attempt.credential().isEmpty(),
                    attempt.byConsumer(),
                    answer.credentialSent(),
                    answer.verdict(),
                    answer.status(),
                    answer.code(),
                    answer.message(),
                    answer.explanation(),
                    answer.credentialExpires().map(Instant::toString).orElse(""));
        }
    }

    /** A pull for no pod. */
    public static PullRow of(Pull pull) {
        return of(pull, "", "", "", List.of(), List.of());
    }

    /** A pull for a container of a workflow's pod, which can stand on nodes of these platforms. */
    public static PullRow of(PodPull row, String workflow, List<String> platforms) {
        ArgoPod pod = row.pod();
        return of(row.pull(), pod.name(), workflow, row.container(), pod.runConditions(), platforms);
    }

    private static PullRow of(
            Pull pull, String pod, String workflow, String container, List<String> conditions, List<String> platforms) {
        return new PullRow(
                pod,
                workflow,
                pull.namespace(),
                container,
                pull.image(),
                pull.consumer(),
                pull.serviceAccount(),
                pull.pullSecrets(),
                pull.source(),
                pull.credentials().stream().map(Credential::of).toList(),
                pull.error(),
                pull.verdict(),
                pull.sentence(),
                pull.means().map(OtherMeans::description).orElse(""),
                conditions,
                platforms,
                pull.answers().stream().map(AnswerRow::of).toList());
    }
}
