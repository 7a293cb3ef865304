package io.jenkins.plugins.argopreflight.engine.facts.pull;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.argo.model.Condition;
import io.jenkins.plugins.argopreflight.engine.registry.Answer;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.StoredCredential;
import io.jenkins.plugins.argopreflight.engine.registry.pull.ImageClient;
import io.jenkins.plugins.argopreflight.engine.registry.pull.Pull;
import io.jenkins.plugins.argopreflight.engine.registry.pull.Pull.AlternativeSource;
import io.jenkins.plugins.argopreflight.engine.registry.pull.Pull.Attempt;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The pull of an image with its credentials and the registry's answers: an element of {@code pulls[]} in the JSON of a
 * check, a sync and a login check. It has no password. Absent texts are {@code ""}.
 *
 * @param pod the pod for which the image is pulled; {@code ""} for a sync and a login check, like workflow and
 *     container
 * @param namespace the namespace; {@code ""} without a cluster
 * @param pullSecrets the names of the pull secrets in effect
 * @param source the place where these pull secrets are listed
 * @param credentials the credentials that match the image, in the order of the attempts
 * @param error the reason why the consumer could not read its credentials
 * @param message the verdict as text for the reader: what, where, do this
 * @param means what the consumer has besides the pull secrets, such as credentials of the nodes; {@code ""} for nothing
 * @param conditions the conditions of the workflow on which the pod exists
 * @param platforms the platforms of the nodes on which the pod can run, such as {@code linux/amd64}, for the kubelet;
 *     empty if the nodes could not be read, or no node takes the pod
 */
public record PullRow(
        String pod,
        String workflow,
        String namespace,
        String container,
        String image,
        ImageClient consumer,
        String serviceAccount,
        List<String> pullSecrets,
        String source,
        List<Credential> credentials,
        String error,
        Verdict verdict,
        String message,
        String means,
        List<RowCondition> conditions,
        List<String> platforms,
        List<AnswerRow> answers) {

    public PullRow {
        means = means == null ? "" : means;
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
        platforms = platforms == null ? List.of() : List.copyOf(platforms);
    }

    /** Returns whether the kubelet pulls the image and the pull could not be checked. */
    @JsonIgnore
    public boolean isUnchecked() {
        return consumer == ImageClient.KUBELET && !verdict.isKnown();
    }

    /**
     * A condition of the workflow on which the pod exists. Its JSON is its text.
     *
     * @param isOnFailure whether the condition is a failure, as the text says
     * @param text such as {@code when: …} or {@code only on failure: …}
     */
    public record RowCondition(boolean isOnFailure, String text) {

        /** Creates a condition of a row. */
        public static RowCondition of(Condition condition) {
            return new RowCondition(condition.isOnFailure(), condition.toString());
        }

        /** Returns the condition as a clause of a sentence about the pod, such as {@code only if when: …}. */
        public String clause() {
            return Condition.clause(isOnFailure, text);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /**
     * A credential that matches the image.
     *
     * @param secret the name of the Secret; {@code ""} for none
     * @param key the key of the registry in the Secret, with *** in place of a user name or query
     */
    public record Credential(String secret, String key, String username) {

        private static Credential of(StoredCredential stored) {
            return new Credential(stored.secret(), stored.key(), stored.username());
        }
    }

    /**
     * An answer of the registry.
     *
     * @param credential the credential; null for an anonymous request
     * @param tried whether the consumer would send this request too; else it was sent for comparison
     * @param sent whether the registry asked for the credential; else the answer does not depend on it
     * @param credentialExpires the end of the credential's validity (ISO 8601), if it is known
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

        private static AnswerRow of(Attempt attempt) {
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

    /** Returns the row of a pull without a pod. */
    public static PullRow of(Pull pull) {
        return of(pull, "", "", "", List.of(), List.of());
    }

    /**
     * Returns the row of a pull for a container of a workflow's pod.
     *
     * @param platforms the platforms of the nodes on which the pod can run
     */
    public static PullRow of(PodPull row, String workflow, List<String> platforms) {
        ArgoPod pod = row.pod();
        List<RowCondition> conditions =
                pod.runConditions().stream().map(RowCondition::of).toList();
        return of(row.pull(), pod.name(), workflow, row.container(), conditions, platforms);
    }

    private static PullRow of(
            Pull pull,
            String pod,
            String workflow,
            String container,
            List<RowCondition> conditions,
            List<String> platforms) {
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
                pull.alternative().map(AlternativeSource::description).orElse(""),
                conditions,
                platforms,
                pull.attempts().stream().map(AnswerRow::of).toList());
    }
}
