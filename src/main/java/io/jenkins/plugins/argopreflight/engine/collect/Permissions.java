package io.jenkins.plugins.argopreflight.engine.collect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.cluster.Access;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.cluster.Identity;
import io.jenkins.plugins.argopreflight.engine.cluster.Parallel;
import io.jenkins.plugins.argopreflight.engine.cluster.Resource;
import io.jenkins.plugins.argopreflight.engine.cluster.SubjectAccess;
import io.jenkins.plugins.argopreflight.engine.cluster.SubjectAccess.Answer;
import io.jenkins.plugins.argopreflight.engine.cluster.SubjectAccess.Asked;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.fact.Right;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.workflow.Controller;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Asks who has which of the rights that they need: each right of each user once, all side by side. */
final class Permissions {

    private static final Resource DEFINITIONS =
            new Resource("apiextensions.k8s.io", "v1", "customresourcedefinitions", "CustomResourceDefinition", false);

    private static final String OURS = "SelfSubjectAccessReview";

    private final Fact<ClusterGateway> cluster;
    private final Fact<SubjectAccess> others;
    private final Parties parties;
    private final int concurrency;

    /** @param cluster Unknown when there is none to ask: then so is every answer */
    Permissions(Fact<ClusterGateway> cluster, Parties parties, int concurrency) {
        this.cluster = cluster;
        this.others = cluster instanceof Fact.Unknown<ClusterGateway> none
                ? Fact.unknown(none.reason())
                : Fact.known(new SubjectAccess(cluster.ifKnown().orElseThrow(), concurrency));
        this.parties = parties;
        this.concurrency = concurrency;
    }

    /**
     * Every need of these workflows, answered.
     *
     * @throws io.jenkins.plugins.argopreflight.engine.cluster.ClusterException only when interrupted
     */
    List<Permission> ask(List<WorkflowFacts> workflows, Controller controller, ClusterReader reader) {
        List<Need> needs = needs(workflows, controller, reader);
        Map<Asked, Answer> answers = answers(needs);
        return needs.stream().map(need -> permission(need, answers)).toList();
    }

    /** Whether the controller may read a pull Secret, which it does for look-ups. */
    Fact<Boolean> controllerMayGetSecret(String namespace, String name) {
        if (parties.controller() instanceof Fact.Unknown<Identity> nobody) {
            return new Fact.Unknown<>(nobody.reason(), nobody.missingRight());
        }
        if (others instanceof Fact.Unknown<SubjectAccess> none) {
            return Fact.unknown(none.reason());
        }
        Asked asked = new Asked(
                parties.controller().ifKnown().orElseThrow(),
                Right.of("get", "", "secrets", namespace).named(name));
        return others.ifKnown().orElseThrow().ask(List.of(asked)).get(asked).fact();
    }

    /** The cluster's own definitions are read only when a kind is not one of the usual ones. */
    private List<Need> needs(List<WorkflowFacts> workflows, Controller controller, ClusterReader reader) {
        Function<Kinds, List<Need>> with =
                kinds -> Needs.of(workflows, controller, parties.submitter(), parties.controller(), kinds);
        List<Need> needs = with.apply(Kinds.of(List.of()));
        if (needs.stream().noneMatch(need -> need.neededFor().contains(Kinds.GUESSED))) {
            return needs;
        }
        List<ObjectNode> definitions = reader.list(DEFINITIONS, "", "")
                .ifKnown()
                .map(found -> found.stream().map(Document::root).toList())
                .orElse(List.of());
        return with.apply(Kinds.of(definitions));
    }

    private Map<Asked, Answer> answers(List<Need> needs) {
        Map<Asked, Answer> answers = new ConcurrentHashMap<>();
        if (cluster.ifKnown().isEmpty()) {
            return answers;
        }
        ClusterGateway gateway = cluster.ifKnown().orElseThrow();
        Set<Right> ours = new LinkedHashSet<>();
        Set<Asked> theirs = new LinkedHashSet<>();
        for (Need need : needs) {
            if (need.who().ifKnown().isPresent() && need.right().ifKnown().isPresent()) {
                Asked asked = asked(need);
                if (isUs(asked.who())) {
                    ours.add(asked.right());
                } else {
                    theirs.add(asked);
                }
            }
        }
        List<Runnable> questions = List.of(
                () -> new Access(gateway, concurrency)
                        .ask(ours)
                        .forEach((right, may) -> answers.put(
                                new Asked(parties.submitter().ifKnown().orElseThrow(), right), new Answer(may, OURS))),
                () -> answers.putAll(others.ifKnown().orElseThrow().ask(theirs)));
        Parallel.forEach(questions, questions.size(), Runnable::run);
        return answers;
    }

    private boolean isUs(Identity who) {
        return parties.submitter().ifKnown().filter(who::equals).isPresent();
    }

    private static Asked asked(Need need) {
        return new Asked(
                need.who().ifKnown().orElseThrow(), need.right().ifKnown().orElseThrow());
    }

    private Permission permission(Need need, Map<Asked, Answer> answers) {
        Answer answer = answer(need, answers);
        return new Permission(
                need.party(),
                need.who().ifKnown().map(Identity::user).orElse(""),
                need.right().ifKnown().orElse(new Right("", "", "", "", "", "")),
                need.neededFor(),
                answer.fact(),
                answer.source(),
                need.workflows(),
                need.pods());
    }

    private Answer answer(Need need, Map<Asked, Answer> answers) {
        if (need.who() instanceof Fact.Unknown<Identity> nobody) {
            return new Answer(new Fact.Unknown<>(nobody.reason(), nobody.missingRight()), "");
        }
        if (need.right() instanceof Fact.Unknown<Right> open) {
            return new Answer(Fact.unknown(open.reason()), "");
        }
        return cluster instanceof Fact.Unknown<ClusterGateway> none
                ? new Answer(Fact.unknown(none.reason()), "")
                : answers.get(asked(need));
    }
}
