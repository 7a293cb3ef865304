package io.jenkins.plugins.argopreflight.engine.check.reference;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.PodItemCheck;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.UnknownFindings;
import io.jenkins.plugins.argopreflight.engine.check.WorkflowPod;
import io.jenkins.plugins.argopreflight.engine.check.location.Places;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.model.fix.Command;
import io.jenkins.plugins.argopreflight.engine.model.fix.Operand;
import io.jenkins.plugins.argopreflight.engine.model.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.List;
import java.util.Optional;

/**
 * A check for a PriorityClass or RuntimeClass that does not exist: the API server refuses a pod that uses it. Sources:
 * kubernetes plugin/pkg/admission/{priority,runtimeclass}/admission.go.
 */
abstract class MissingClass extends PodItemCheck<WorkflowPod> {

    private final Resource resource;
    private final String field;

    /**
     * Creates a check.
     *
     * @param field the field of a pod's spec with the name of the class
     */
    MissingClass(CheckInfo info, Resource resource, String field) {
        super(info, WorkflowPod::all);
        this.resource = resource;
        this.field = field;
    }

    @Override
    protected boolean concerns(WorkflowPod item) {
        return !name(item.pod()).isEmpty();
    }

    private String name(ArgoPod pod) {
        return Json.text(pod.spec(), field);
    }

    @Override
    protected List<Finding> check(Facts facts, WorkflowPod item) {
        ArgoPod pod = item.pod();
        String name = name(pod);
        Subject place = Places.of(item.workflow(), pod, "spec." + field);
        String description = resource.kind() + " " + name;
        if (pod.isOfCaller(name)) {
            return List.of();
        }
        if (name.contains("{{")) {
            return List.of(
                    UnknownFindings.unresolvedName(info(), place, "whether the " + resource.kind() + " exists", name));
        }
        Subject subject = Subject.of(resource.kind(), "", name, "").at(place);
        Fact<Optional<ObjectNode>> fact = facts.found(pod, resource, "", name);
        return fact.fold(
                found -> found.isPresent() ? List.of() : List.of(missing(pod, subject, name)),
                unknown -> List.of(
                        UnknownFindings.finding(info(), subject, "whether " + description + " exists", unknown)));
    }

    private Finding missing(ArgoPod pod, Subject subject, String name) {
        String description = resource.kind() + " " + name;
        return Finding.fail(
                        info(),
                        subject,
                        description + " does not exist. The API server refuses the pod (no " + resource.kind()
                                + " with name " + name + " was found), and the node ends in Error.")
                .title("%s does not exist", description)
                .evidence(EvidenceLine.field(field, name)
                        .from(pod.origin("spec." + field).toString()))
                .fix(
                        RunCommands.of(Command.kubectl("get").with(Operand.text(resource.plural())))
                                .because("those that exist:"),
                        AskPerson.reader("then correct it at " + pod.origin("spec." + field)));
    }
}
