package io.jenkins.plugins.argopreflight.engine.collect.right;

import io.jenkins.plugins.argopreflight.engine.cluster.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.cluster.Identity;
import io.jenkins.plugins.argopreflight.engine.cluster.Parallel;
import io.jenkins.plugins.argopreflight.engine.cluster.rights.Access;
import io.jenkins.plugins.argopreflight.engine.cluster.rights.SubjectAccess;
import io.jenkins.plugins.argopreflight.engine.cluster.rights.SubjectAccess.Answer;
import io.jenkins.plugins.argopreflight.engine.cluster.rights.SubjectAccess.Asked;
import io.jenkins.plugins.argopreflight.engine.collect.object.ClusterKinds;
import io.jenkins.plugins.argopreflight.engine.collect.object.ClusterReader;
import io.jenkins.plugins.argopreflight.engine.collect.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.kube.Right;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Controller;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Asks who has which of the rights that they need: each right of each user once, all side by side. */
public final class Permissions {

    private static final String OURS = "SelfSubjectAccessReview";

    private final Fact<ClusterGateway> cluster;
    private final Fact<SubjectAccess> others;
    private final Parties parties;
    private final int concurrency;

    /** @param cluster Unknown when there is none to ask: then so is every answer */
    public Permissions(Fact<ClusterGateway> cluster, Parties parties, int concurrency) {
        this.cluster = cluster;
        this.others = cluster.map(gateway -> new SubjectAccess(gateway, concurrency));
        this.parties = parties;
        this.concurrency = concurrency;
    }

    /**
     * Every right that these workflows need, answered.
     *
     * @throws io.jenkins.plugins.argopreflight.engine.cluster.ClusterException only when interrupted
     */
    public List<NeededRight> ask(List<WorkflowFacts> workflows, Controller controller, ClusterReader reader) {
        List<RightQuestion> questions = questions(workflows, controller, reader);
        Map<Asked, Answer> answers = answers(questions);
        return decided(questions.stream()
                .map(question -> permission(question, answers))
                .toList());
    }

    /** Who can escalate need not have what a Role grants, and who has it need not escalate. */
    private static List<NeededRight> decided(List<NeededRight> all) {
        List<NeededRight> allowed = all.stream()
                .filter(right -> isEscalation(right) && right.answer().ifKnown().orElse(false))
                .toList();
        return all.stream()
                .filter(right -> !isEscalation(right) || allowed.contains(right))
                .filter(right -> !right.neededFor().endsWith(ResourceTemplate.GRANTED)
                        || allowed.stream()
                                .noneMatch(each -> each.user().equals(right.user())
                                        && each.pods().containsAll(right.pods())))
                .toList();
    }

    private static boolean isEscalation(NeededRight right) {
        return right.right().verb().equals(ResourceTemplate.ESCALATE);
    }

    /** Whether the controller can read a pull Secret, which it does for look-ups. */
    public Fact<Boolean> controllerMayGetSecret(String namespace, String name) {
        return parties.controller()
                .flatMap(controller -> others.flatMap(access -> {
                    Asked asked = new Asked(
                            controller,
                            Right.of("get", "", "secrets", namespace).named(name));
                    return Objects.requireNonNull(access.ask(List.of(asked)).get(asked))
                            .fact();
                }));
    }

    /** The cluster's own definitions are read only when a kind is not one of the usual ones. */
    private List<RightQuestion> questions(List<WorkflowFacts> workflows, Controller controller, ClusterReader reader) {
        Function<ClusterKinds, List<RightQuestion>> with =
                kinds -> RightQuestions.of(workflows, controller, parties.submitter(), parties.controller(), kinds);
        List<RightQuestion> questions = with.apply(ClusterKinds.of(List.of()));
        if (questions.stream().noneMatch(question -> question.neededFor().contains(ClusterKinds.GUESSED))) {
            return questions;
        }
        return ClusterKinds.read(reader).fold(with, none -> questions);
    }

    private Map<Asked, Answer> answers(List<RightQuestion> questions) {
        return cluster.fold(gateway -> answers(questions, gateway), unknown -> Map.of());
    }

    private Map<Asked, Answer> answers(List<RightQuestion> questions, ClusterGateway gateway) {
        Map<Asked, Answer> answers = new ConcurrentHashMap<>();
        Map<Right, Asked> ours = new LinkedHashMap<>();
        Set<Asked> theirs = new LinkedHashSet<>();
        for (RightQuestion question : questions) {
            asked(question).ifPresent(asked -> {
                if (isUs(asked.who())) {
                    ours.put(asked.right(), asked);
                } else {
                    theirs.add(asked);
                }
            });
        }
        List<Runnable> requests = List.of(
                () -> new Access(gateway, concurrency)
                        .ask(ours.keySet())
                        .forEach((right, may) ->
                                answers.put(Objects.requireNonNull(ours.get(right)), new Answer(may, OURS))),
                () -> answers.putAll(others.fold(access -> access.ask(theirs), unknown -> Map.of())));
        Parallel.forEach(requests, concurrency, Runnable::run);
        return answers;
    }

    private boolean isUs(Identity who) {
        return parties.submitter().ifKnown().filter(who::equals).isPresent();
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
                question.neededFor(),
                answer.fact(),
                answer.source(),
                question.workflows(),
                question.pods());
    }

    private Answer answer(RightQuestion question, Map<Asked, Answer> answers) {
        Fact<Answer> answer = question.who()
                .flatMap(who ->
                        question.right().flatMap(right -> cluster.map(gateway -> answers.get(new Asked(who, right)))));
        return answer.fold(known -> known, unknown -> new Answer(unknown.of(), ""));
    }
}
