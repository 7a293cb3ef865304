package io.jenkins.plugins.argopreflight.engine.facts.right;

import io.jenkins.plugins.argopreflight.engine.argo.model.Controller;
import io.jenkins.plugins.argopreflight.engine.facts.object.ClusterKinds;
import io.jenkins.plugins.argopreflight.engine.facts.object.ClusterReader;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Identity;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Parallel;
import io.jenkins.plugins.argopreflight.engine.kubernetes.rbac.Access;
import io.jenkins.plugins.argopreflight.engine.kubernetes.rbac.SubjectAccess;
import io.jenkins.plugins.argopreflight.engine.kubernetes.rbac.SubjectAccess.Answer;
import io.jenkins.plugins.argopreflight.engine.kubernetes.rbac.SubjectAccess.Asked;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The access reviews of the rights that are needed. Each right of each user is asked for once, in parallel. */
public final class Permissions {

    private static final String SELF_REVIEW = "SelfSubjectAccessReview";

    private final Fact<ClusterGateway> cluster;
    private final Fact<SubjectAccess> subjectAccess;
    private final Identities identities;
    private final int concurrency;

    /**
     * Creates an instance.
     *
     * @param cluster the gateway to the cluster; if it is unknown, all answers are unknown too
     */
    public Permissions(Fact<ClusterGateway> cluster, Identities identities, int concurrency) {
        this.cluster = cluster;
        this.subjectAccess = cluster.map(gateway -> new SubjectAccess(gateway, concurrency));
        this.identities = identities;
        this.concurrency = concurrency;
    }

    /**
     * Returns the rights that these workflows need, with the answers.
     *
     * @throws io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException if the thread is interrupted
     */
    public List<NeededRight> ask(List<WorkflowFacts> workflows, Controller controller, ClusterReader reader) {
        List<RightQuestion> questions = questions(workflows, controller, reader);
        Map<Asked, Answer> answers = answers(questions);
        return withoutAlternatives(questions.stream()
                .map(question -> permission(question, answers))
                .toList());
    }

    /**
     * Removes alternatives. To create a Role, a user needs either the verb {@code escalate} or the rights that the Role
     * grants. If {@code escalate} is allowed, the granted rights are removed. Otherwise {@code escalate} is removed, so
     * that the granted rights decide.
     */
    private static List<NeededRight> withoutAlternatives(List<NeededRight> all) {
        List<NeededRight> allowed = all.stream()
                .filter(right -> isEscalation(right) && right.answer().ifKnown().orElse(false))
                .toList();
        return all.stream()
                .filter(right -> !isEscalation(right) || allowed.contains(right))
                .filter(right -> right.purpose().kind() != Purpose.Kind.GRANTED
                        || allowed.stream()
                                .noneMatch(each -> each.user().equals(right.user())
                                        && each.pods().containsAll(right.pods())))
                .toList();
    }

    private static boolean isEscalation(NeededRight right) {
        return right.right().verb().equals(ResourceTemplate.ESCALATE);
    }

    /** Returns whether the controller can read a pull Secret, which it needs for look-ups. */
    public Fact<Boolean> canControllerGetSecret(String namespace, String name) {
        return identities
                .controller()
                .flatMap(controller -> subjectAccess.flatMap(access -> {
                    Asked request = new Asked(
                            controller,
                            Right.of("get", "", "secrets", namespace).named(name));
                    return Objects.requireNonNull(access.ask(List.of(request)).get(request))
                            .fact();
                }));
    }

    /**
     * Returns the rights to ask for. The cluster's CustomResourceDefinitions are read only if a kind is not built in:
     * its resource would be guessed without them.
     */
    private List<RightQuestion> questions(List<WorkflowFacts> workflows, Controller controller, ClusterReader reader) {
        Function<ClusterKinds, List<RightQuestion>> forKinds = kinds ->
                RightQuestions.of(workflows, controller, identities.submitter(), identities.controller(), kinds);
        List<RightQuestion> questions = forKinds.apply(ClusterKinds.of(List.of()));
        if (questions.stream().noneMatch(question -> question.purpose().isGuessed())) {
            return questions;
        }
        return ClusterKinds.read(reader).fold(forKinds, unknown -> questions);
    }

    private Map<Asked, Answer> answers(List<RightQuestion> questions) {
        return cluster.fold(gateway -> answers(questions, gateway), unknown -> Map.of());
    }

    private Map<Asked, Answer> answers(List<RightQuestion> questions, ClusterGateway gateway) {
        Map<Asked, Answer> answers = new ConcurrentHashMap<>();
        Map<Right, Asked> ofSubmitter = new LinkedHashMap<>();
        Set<Asked> ofOthers = new LinkedHashSet<>();
        for (RightQuestion question : questions) {
            asked(question).ifPresent(request -> {
                if (isSubmitter(request.who())) {
                    ofSubmitter.put(request.right(), request);
                } else {
                    ofOthers.add(request);
                }
            });
        }
        List<Runnable> requests = List.of(
                () -> new Access(gateway, concurrency)
                        .ask(ofSubmitter.keySet())
                        .forEach((right, allowed) -> answers.put(
                                Objects.requireNonNull(ofSubmitter.get(right)), new Answer(allowed, SELF_REVIEW))),
                () -> answers.putAll(subjectAccess.fold(access -> access.ask(ofOthers), unknown -> Map.of())));
        Parallel.forEach(requests, concurrency, Runnable::run);
        return answers;
    }

    private boolean isSubmitter(Identity who) {
        return identities.submitter().ifKnown().filter(who::equals).isPresent();
    }

    private static Optional<Asked> asked(RightQuestion question) {
        return question.who()
                .flatMap(who -> question.right().map(right -> new Asked(who, right)))
                .ifKnown();
    }

    private NeededRight permission(RightQuestion question, Map<Asked, Answer> answers) {
        Answer answer = answer(question, answers);
        return new NeededRight(
                question.party(),
                question.who().ifKnown().map(Identity::user).orElse(""),
                question.right().ifKnown().orElse(new Right("", "", "", "", "", "")),
                question.purpose(),
                answer.fact(),
                answer.source(),
                question.workflows(),
                question.pods());
    }

    private Answer answer(RightQuestion question, Map<Asked, Answer> answers) {
        Fact<Answer> answer = question.who()
                .flatMap(who ->
                        question.right().flatMap(right -> cluster.map(gateway -> answers.get(new Asked(who, right)))));
        return answer.fold(known -> known, unknown -> new Answer(unknown.cast(), ""));
    }
}
