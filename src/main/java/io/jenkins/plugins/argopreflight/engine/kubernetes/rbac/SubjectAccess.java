package io.jenkins.plugins.argopreflight.engine.kubernetes.rbac;

import static io.jenkins.plugins.argopreflight.engine.model.object.Resource.LOCAL_SUBJECT_ACCESS_REVIEWS;
import static io.jenkins.plugins.argopreflight.engine.model.object.Resource.SELF_SUBJECT_ACCESS_REVIEWS;
import static io.jenkins.plugins.argopreflight.engine.model.object.Resource.SUBJECT_ACCESS_REVIEWS;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Identity;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Once;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Parallel;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The rights of another user or program, determined in the first way that our login is allowed to use: a
 * SubjectAccessReview; a LocalSubjectAccessReview, for a right in one namespace; a SelfSubjectAccessReview that
 * impersonates the user; reading Roles and bindings. A way that is forbidden is tried once for each namespace or user.
 * Use one object for a run, since it stores the answers.
 */
public final class SubjectAccess {

    private static final String READ = "Roles and bindings that were read";

    private final ClusterGateway cluster;
    private final int concurrency;
    private final RolesReader roles;
    private final Map<Asked, Once<Answer>> answers = new ConcurrentHashMap<>();
    private final Set<String> forbiddenWays = ConcurrentHashMap.newKeySet();

    /**
     * Creates an access.
     *
     * @param concurrency the number of requests that run at the same time
     */
    public SubjectAccess(ClusterGateway cluster, int concurrency) {
        this.cluster = cluster;
        this.concurrency = concurrency;
        this.roles = new RolesReader(cluster);
    }

    /**
     * The question whether a user has a right. Reviews add no groups: {@link Identity#ofServiceAccount} has those of a
     * ServiceAccount.
     */
    public record Asked(Identity who, Right right) {}

    /**
     * The answer: yes, no, or unknown.
     *
     * @param source the source of the answer: {@code SubjectAccessReview}, {@code LocalSubjectAccessReview},
     *     {@code SelfSubjectAccessReview as USER}, {@code Roles and bindings that were read}; "" if there was none
     */
    public record Answer(Fact<Boolean> fact, String source) {}

    /**
     * Answers each question once, in the given order.
     *
     * @throws ClusterException only when interrupted
     */
    public Map<Asked, Answer> ask(Collection<Asked> questions) {
        Map<Asked, Once<Answer>> pending = new LinkedHashMap<>();
        questions.forEach(asked ->
                pending.put(asked, answers.computeIfAbsent(asked, question -> new Once<>(() -> answer(question)))));
        Parallel.forEach(pending.values(), concurrency, Once::get);
        Map<Asked, Answer> ordered = new LinkedHashMap<>();
        pending.forEach((asked, answer) -> ordered.put(asked, answer.get()));
        return ordered;
    }

    private Answer answer(Asked asked) {
        return bySubjectReview(asked)
                .or(() -> byLocalReview(asked))
                .or(() -> byImpersonation(asked))
                .or(() -> byReading(asked))
                .orElseGet(() -> new Answer(Fact.missing(localReviewRight(asked.right())), ""));
    }

    private static Right localReviewRight(Right right) {
        Resource review = right.namespace().isEmpty() ? SUBJECT_ACCESS_REVIEWS : LOCAL_SUBJECT_ACCESS_REVIEWS;
        return Right.of("create", review.group(), review.plural(), right.namespace());
    }

    private Optional<Answer> bySubjectReview(Asked asked) {
        return review(cluster, SUBJECT_ACCESS_REVIEWS, asked, SUBJECT_ACCESS_REVIEWS.kind(), "");
    }

    private Optional<Answer> byLocalReview(Asked asked) {
        String namespace = asked.right().namespace();
        return namespace.isEmpty()
                ? Optional.empty()
                : review(cluster, LOCAL_SUBJECT_ACCESS_REVIEWS, asked, LOCAL_SUBJECT_ACCESS_REVIEWS.kind(), namespace);
    }

    private Optional<Answer> byImpersonation(Asked asked) {
        String user = asked.who().user();
        return cluster.as(asked.who())
                .flatMap(impersonated -> review(
                        impersonated,
                        SELF_SUBJECT_ACCESS_REVIEWS,
                        asked,
                        SELF_SUBJECT_ACCESS_REVIEWS.kind() + " as " + user,
                        asked.who().toString()));
    }

    /**
     * Returns the answer of a review; empty if our login is not allowed to create it.
     *
     * @param scope the scope in which this way is not tried again after a refusal: a namespace, a user, "" for the
     *     cluster
     */
    private Optional<Answer> review(ClusterGateway via, Resource kind, Asked asked, String source, String scope) {
        String way = kind.kind() + " " + scope;
        if (forbiddenWays.contains(way)) {
            return Optional.empty();
        }
        try {
            ObjectNode review = KubeObjects.of(kind, asked.right().namespace(), "");
            ObjectNode spec = review.putObject("spec");
            if (kind != SELF_SUBJECT_ACCESS_REVIEWS) {
                spec.put("user", asked.who().user());
                asked.who().groups().forEach(spec.putArray("groups")::add);
            }
            spec.set("resourceAttributes", AccessReview.attributes(asked.right()));
            ObjectNode answer = via.create(kind, review, ClusterGateway.WriteMode.REAL);
            return Optional.of(
                    new Answer(AccessReview.readAnswer(asked.who().user() + " can " + asked.right(), answer), source));
        } catch (ClusterException e) {
            return switch (e.kind()) {
                case INTERRUPTED -> throw e;
                case FORBIDDEN, NOT_FOUND -> {
                    forbiddenWays.add(way);
                    yield Optional.empty();
                }
                default ->
                    Optional.of(new Answer(
                            Fact.unknown("cannot ask whether " + asked.who().user() + " can " + asked.right() + ": "
                                    + e.getMessage()),
                            ""));
            };
        }
    }

    private Optional<Answer> byReading(Asked asked) {
        return roles.allows(asked.who(), asked.right()).map(yes -> new Answer(Fact.known(yes), READ));
    }
}
