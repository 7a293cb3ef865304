package io.jenkins.plugins.argopreflight.engine.check.reference;

import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.argo.model.Existence.Ending;
import io.jenkins.plugins.argopreflight.engine.argo.model.Missing;
import io.jenkins.plugins.argopreflight.engine.argo.model.NodeOrder;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.ItemCheck;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Title;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.UnknownFindings;
import io.jenkins.plugins.argopreflight.engine.check.location.Places;
import io.jenkins.plugins.argopreflight.engine.check.location.SpecPlaces;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.ResourceAction;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.model.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.model.fix.Command;
import io.jenkins.plugins.argopreflight.engine.model.fix.Operand;
import io.jenkins.plugins.argopreflight.engine.model.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A check for resource templates that create an existing object, or get, patch or replace a missing one: kubectl fails.
 * Source: argo-workflows workflow/executor/resource.go.
 */
public final class ResourceActions extends ItemCheck<ResourceActions.Actions> {

    private static final String CREATE = "create";
    private static final Set<String> NEED_OBJECT = Set.of("get", "patch", "replace");
    private static final Set<String> CREATE_OBJECT = Set.of(CREATE, "apply");

    /** The actions of the resource templates of a workflow. */
    record Actions(WorkflowFacts workflow, List<ResourceAction> all) {

        static Actions of(WorkflowFacts workflow) {
            List<ResourceAction> all = new ArrayList<>();
            workflow.pods().forEach(pod -> all.addAll(ResourceAction.of(pod, workflow.namespace())));
            return new Actions(workflow, all);
        }

        /** Returns whether another template does one of these actions on the object, possibly before this action. */
        boolean isPreceded(ResourceAction action, Set<String> actions) {
            return all.stream()
                    .anyMatch(other -> other != action
                            && actions.contains(other.action())
                            && other.isOfSame(action)
                            && !order().isBefore(action.pod(), other.pod()));
        }

        /** Returns whether a program of the workflow, which can do anything, can run before this action. */
        boolean isAfterPrograms(ResourceAction action) {
            return workflow.pods().stream()
                    .anyMatch(pod -> pod.kind() == ArgoPod.Kind.WORKLOAD
                            && all.stream().noneMatch(each -> each.pod() == pod)
                            && !order().isBefore(action.pod(), pod));
        }

        /** Returns whether the action certainly runs more than once, and nothing can delete the object in between. */
        boolean isRepeated(ResourceAction action) {
            ArgoPod pod = action.pod();
            boolean isParallel = workflow.together().widest().getOrDefault(pod, 0L) > 1;
            boolean isRepeatedForCertain = pod.count() > 1 && isCertain(action);
            return isParallel || isRepeatedForCertain && !isAfterPrograms(action);
        }

        /**
         * Returns an earlier pod that certainly creates the object of an action, if nothing can delete the object in
         * between.
         */
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

        /** Returns whether the workflow was submitted before: it has created its objects already. */
        boolean isSubmitted() {
            return workflow.document().kind().equals("Workflow")
                    && !workflow.document().isInFile();
        }

        /** Returns whether Argo itself can create the object, from a volumeClaimTemplate. */
        boolean isOfArgo(Facts facts, ResourceAction action) {
            return action.resource().equals(Resource.PERSISTENT_VOLUME_CLAIMS)
                    && SpecPlaces.of(facts, workflow).stream()
                            .anyMatch(each -> SpecPlaces.spec(each).has("volumeClaimTemplates"));
        }

        private NodeOrder order() {
            return workflow.together().order();
        }
    }

    public ResourceActions() {
        super(
                CheckInfo.error(
                                "resource-action-fails",
                                "A resource template creates an object that exists, or changes one that does not",
                                Topic.CLUSTER)
                        .needing(Need.CONFIG_MAPS, Need.SECRETS, Need.CLAIMS, Need.SERVICE_ACCOUNTS)
                        .alsoGiving(Outcome.WARN)
                        .ending(Ending.FAILED),
                ResourceActions::actions);
    }

    /** The actions of all workflows, stored in the facts by this class. */
    private record AllActions(List<Actions> actions) {}

    private static List<Actions> actions(Facts facts) {
        return facts.derived(
                        AllActions.class,
                        known -> new AllActions(
                                known.workflows().stream().map(Actions::of).toList()))
                .actions();
    }

    @Override
    protected boolean concerns(Actions actions) {
        return !actions.all().isEmpty();
    }

    @Override
    protected List<Finding> check(Facts facts, Actions actions) {
        return actions.all().stream()
                .flatMap(action -> check(facts, actions, action).map(each -> each.on(action.pod())).stream())
                .toList();
    }

    private Optional<Finding> check(Facts facts, Actions actions, ResourceAction action) {
        if (actions.isSubmitted() || actions.isOfArgo(facts, action)) {
            return Optional.empty();
        }
        boolean isCreate = action.action().equals(CREATE);
        boolean isInFiles = facts.documents().stream()
                .anyMatch(each -> each.kind().equals(action.resource().kind())
                        && each.name().equals(action.name()));
        if (isInFiles || !isCreate && !NEED_OBJECT.contains(action.action())) {
            return Optional.empty();
        }
        if (isCreate && actions.isPreceded(action, Set.of("delete"))
                || !isCreate && (actions.isPreceded(action, CREATE_OBJECT) || actions.isAfterPrograms(action))) {
            return Optional.empty();
        }
        if (isCreate && actions.isRepeated(action)) {
            return Optional.of(createdTwice(
                    actions.workflow(),
                    action,
                    Title.capitalized(Places.template(action.pod())) + " runs "
                            + action.pod().count() + " times, and each time it creates " + description(action)));
        }
        Optional<ArgoPod> creator = isCreate ? actions.creator(action) : Optional.empty();
        if (creator.isPresent()) {
            String first = Places.template(creator.get());
            String second = Places.template(action.pod());
            return Optional.of(createdTwice(
                    actions.workflow(),
                    action,
                    first.equals(second)
                            ? Title.capitalized(second) + " runs more than once, and each time it creates "
                                    + description(action)
                            : Title.capitalized(first) + " creates " + description(action) + ", and so does "
                                    + second));
        }
        return facts.cluster()
                .get(action.resource(), action.namespace(), action.name())
                .fold(
                        found -> found.isPresent() != isCreate
                                ? Optional.empty()
                                : Optional.of(isCreate ? exists(actions, action) : missing(actions, action)),
                        unknown -> Optional.of(UnknownFindings.finding(
                                info(),
                                subject(actions.workflow(), action),
                                "whether " + description(action) + " exists",
                                unknown)));
    }

    private static Subject subject(WorkflowFacts workflow, ResourceAction action) {
        return Places.workflow(workflow, "").at(action.pod().templateLocation());
    }

    private static String description(ResourceAction action) {
        return action.resource().kind() + " " + action.name();
    }

    private Finding exists(Actions actions, ResourceAction action) {
        Subject subject = subject(actions.workflow(), action);
        String sentence = description(action) + " exists in namespace " + action.namespace() + ", and "
                + Places.template(action.pod()) + " creates it. ";
        Finding finding = actions.isAfterPrograms(action)
                ? Finding.warn(
                        info(),
                        subject,
                        sentence + "If no step deletes it first, the action fails, and the node ends in Failed.")
                : Finding.fail(info(), subject, sentence + "The action fails, and the node ends in Failed.");
        return finding.title("%s exists already", description(action))
                .evidence(EvidenceLine.words("Error from server (AlreadyExists): "
                        + action.resource().plural() + " \"" + action.name() + "\" already exists"))
                .fix(idempotentAction(action));
    }

    private Finding createdTwice(WorkflowFacts workflow, ResourceAction action, String reason) {
        return Finding.fail(
                        info(),
                        subject(workflow, action),
                        reason + ". The second time the action fails, and the node ends in Failed.")
                .title("%s is created more than once", description(action))
                .evidence(EvidenceLine.words("the name is the same each time: " + action.name()))
                .fix(idempotentAction(action));
    }

    private static AskPerson idempotentAction(ResourceAction action) {
        return AskPerson.reader("write action: apply in " + Places.template(action.pod())
                + ", or metadata.generateName in the place of metadata.name");
    }

    private Finding missing(Actions actions, ResourceAction action) {
        return Finding.fail(
                        info(),
                        subject(actions.workflow(), action),
                        description(action) + " does not exist in namespace " + action.namespace()
                                + ", no step before creates"
                                + " it, and " + Places.template(action.pod()) + " has action " + action.action()
                                + ". The action fails, and the node ends in Failed.")
                .title("%s, which a step needs, does not exist", description(action))
                .because(new Missing.InNamespace(action.namespace()))
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
