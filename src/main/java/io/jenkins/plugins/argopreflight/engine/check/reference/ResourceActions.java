package io.jenkins.plugins.argopreflight.engine.check.reference;

import io.jenkins.plugins.argopreflight.engine.check.Check;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.check.Severity;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Title;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.Unsure;
import io.jenkins.plugins.argopreflight.engine.check.place.Places;
import io.jenkins.plugins.argopreflight.engine.check.place.SpecPlaces;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.collect.workflow.ResourceAction;
import io.jenkins.plugins.argopreflight.engine.collect.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.fix.Command;
import io.jenkins.plugins.argopreflight.engine.fix.Operand;
import io.jenkins.plugins.argopreflight.engine.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.kube.Resource;
import io.jenkins.plugins.argopreflight.engine.need.Need;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Existence.Ending;
import io.jenkins.plugins.argopreflight.engine.workflow.model.NodeOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A resource template creates an object that is there, or gets, patches or replaces one that is not: kubectl fails. Source:
 * argo-workflows workflow/executor/resource.go.
 */
public final class ResourceActions implements Check {

    private static final CheckInfo INFO = new CheckInfo(
                    "resource-action-fails",
                    "A resource template creates an object that exists, or changes one that does not",
                    Severity.ERROR,
                    Topic.CLUSTER)
            .needing(Need.CONFIG_MAPS, Need.SECRETS, Need.CLAIMS, Need.SERVICE_ACCOUNTS)
            .also(Outcome.WARN)
            .ending(Ending.FAILED);

    private static final String CREATE = "create";
    private static final Set<String> NEEDS_IT = Set.of("get", "patch", "replace");
    private static final Set<String> MAKES_IT = Set.of(CREATE, "apply");

    /** What the resource templates of a workflow do. */
    private record Actions(WorkflowFacts workflow, List<ResourceAction> all) {

        static Actions of(WorkflowFacts workflow) {
            List<ResourceAction> all = new ArrayList<>();
            workflow.pods().forEach(pod -> all.addAll(ResourceAction.of(pod, workflow.namespace())));
            return new Actions(workflow, all);
        }

        /** Whether another template does one of these to the object, and not surely after this. */
        boolean isPreceded(ResourceAction action, Set<String> by) {
            return all.stream()
                    .anyMatch(other -> other != action
                            && by.contains(other.action())
                            && other.isOfSame(action)
                            && !order().isBefore(action.pod(), other.pod()));
        }

        /** Whether a program of the workflow, which can do anything, can run before this. */
        boolean isAfterPrograms(ResourceAction action) {
            return workflow.pods().stream()
                    .anyMatch(pod -> pod.kind() == ArgoPod.Kind.WORKLOAD
                            && all.stream().noneMatch(each -> each.pod() == pod)
                            && !order().isBefore(action.pod(), pod));
        }

        /** Whether it surely runs more than once, and nothing can delete the object in between. */
        boolean isRepeated(ResourceAction action) {
            ArgoPod pod = action.pod();
            boolean together = workflow.together().widest().getOrDefault(pod, 0L) > 1;
            boolean sure = pod.count() > 1 && isCertain(action);
            return together || sure && !isAfterPrograms(action);
        }

        /** A pod before this one that surely creates the same object, when nothing can delete it in between. */
        Optional<ArgoPod> creator(ResourceAction action) {
            return isAfterPrograms(action) || !isCertain(action)
                    ? Optional.empty()
                    : all.stream()
                            .takeWhile(other -> other != action)
                            .filter(other -> other.action().equals(CREATE) && other.isOfSame(action))
                            .filter(Actions::isCertain)
                            .map(ResourceAction::pod)
                            .filter(pod -> pod != action.pod())
                            .findFirst();
        }

        private static boolean isCertain(ResourceAction action) {
            return action.pod().existences().stream()
                    .allMatch(each -> each.conditions().isEmpty());
        }

        /** One that was submitted before has its objects by now. */
        boolean isSubmitted() {
            return workflow.document().kind().equals("Workflow")
                    && !workflow.document().isInFile();
        }

        /** Whether Argo itself can make the object, of a volumeClaimTemplate. */
        boolean isOfArgo(Facts facts, ResourceAction action) {
            return action.resource().equals(Resource.PERSISTENT_VOLUME_CLAIMS)
                    && SpecPlaces.of(facts, workflow).stream()
                            .anyMatch(each -> SpecPlaces.spec(each).has("volumeClaimTemplates"));
        }

        private NodeOrder order() {
            return workflow.together().order();
        }
    }

    @Override
    public CheckInfo info() {
        return INFO;
    }

    private record Found(List<Actions> actions) {}

    private static List<Actions> actions(Facts facts) {
        return facts.derived(
                        Found.class,
                        from -> new Found(
                                from.workflows().stream().map(Actions::of).toList()))
                .actions();
    }

    @Override
    public boolean applies(Facts facts) {
        return actions(facts).stream().anyMatch(actions -> !actions.all().isEmpty());
    }

    @Override
    public List<Finding> check(Facts facts) {
        List<Finding> findings = new ArrayList<>();
        for (Actions actions : actions(facts)) {
            for (ResourceAction action : actions.all()) {
                check(facts, actions, action).map(each -> each.on(action.pod())).ifPresent(findings::add);
            }
        }
        return findings;
    }

    private static Optional<Finding> check(Facts facts, Actions actions, ResourceAction action) {
        if (actions.isSubmitted() || actions.isOfArgo(facts, action)) {
            return Optional.empty();
        }
        boolean creates = action.action().equals(CREATE);
        boolean given = facts.given().stream()
                .anyMatch(each -> each.kind().equals(action.resource().kind())
                        && each.name().equals(action.name()));
        if (given || !creates && !NEEDS_IT.contains(action.action())) {
            return Optional.empty();
        }
        if (creates && actions.isPreceded(action, Set.of("delete"))
                || !creates && (actions.isPreceded(action, MAKES_IT) || actions.isAfterPrograms(action))) {
            return Optional.empty();
        }
        if (creates && actions.isRepeated(action)) {
            return Optional.of(twice(
                    actions.workflow(),
                    action,
                    Title.capital(Places.template(action.pod())) + " runs "
                            + action.pod().count() + " times, and each time it creates " + named(action)));
        }
        Optional<ArgoPod> creator = creates ? actions.creator(action) : Optional.empty();
        if (creator.isPresent()) {
            String first = Places.template(creator.get());
            String second = Places.template(action.pod());
            return Optional.of(twice(
                    actions.workflow(),
                    action,
                    first.equals(second)
                            ? Title.capital(second) + " runs more than once, and each time it creates " + named(action)
                            : Title.capital(first) + " creates " + named(action) + ", and so does " + second));
        }
        return facts.cluster()
                .get(action.resource(), action.namespace(), action.name())
                .fold(
                        found -> found.isPresent() != creates
                                ? Optional.empty()
                                : Optional.of(creates ? exists(actions, action) : missing(actions, action)),
                        unknown -> Optional.of(Unsure.finding(
                                INFO,
                                subject(actions.workflow(), action),
                                "whether " + named(action) + " exists",
                                unknown)));
    }

    private static Subject subject(WorkflowFacts workflow, ResourceAction action) {
        return Places.workflow(workflow, "").at(action.pod().templateLocation());
    }

    private static String named(ResourceAction action) {
        return action.resource().kind() + " " + action.name();
    }

    private static Finding exists(Actions actions, ResourceAction action) {
        Subject subject = subject(actions.workflow(), action);
        String what = named(action) + " exists in namespace " + action.namespace() + ", and "
                + Places.template(action.pod()) + " creates it. ";
        Finding finding = actions.isAfterPrograms(action)
                ? Finding.warn(
                        INFO,
                        subject,
                        what + "If no step deletes it first, the action fails, and the node ends in Failed.")
                : Finding.fail(INFO, subject, what + "The action fails, and the node ends in Failed.");
        return finding.title("%s exists already", named(action))
                .evidence(EvidenceLine.words("Error from server (AlreadyExists): "
                        + action.resource().plural() + " \"" + action.name() + "\" already exists"))
                .fix(instead(action));
    }

    private static Finding twice(WorkflowFacts workflow, ResourceAction action, String why) {
        return Finding.fail(
                        INFO,
                        subject(workflow, action),
                        why + ". The second time the action fails, and the node ends in Failed.")
                .title("%s is created more than once", named(action))
                .evidence(EvidenceLine.words("the name is the same each time: " + action.name()))
                .fix(instead(action));
    }

    private static AskPerson instead(ResourceAction action) {
        return AskPerson.reader("write action: apply in " + Places.template(action.pod())
                + ", or metadata.generateName in the place of metadata.name");
    }

    private static Finding missing(Actions actions, ResourceAction action) {
        return Finding.fail(
                        INFO,
                        subject(actions.workflow(), action),
                        named(action) + " does not exist in namespace " + action.namespace()
                                + ", no step before creates"
                                + " it, and " + Places.template(action.pod()) + " has action " + action.action()
                                + ". The action fails, and the node ends in Failed.")
                .title("%s, which a step needs, does not exist", named(action))
                .evidence(EvidenceLine.words("Error from server (NotFound): "
                        + action.resource().plural() + " \"" + action.name() + "\" not found"))
                .fix(
                        AskPerson.reader(
                                "correct the name, or create the object in an earlier step with action: apply"),
                        RunCommands.of(Command.kubectlIn(action.namespace(), "get")
                                        .with(Operand.text(action.resource().plural())))
                                .because("those that exist:"));
    }
}
