package io.jenkins.plugins.argopreflight.engine.check.reference;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.check.Check;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Severity;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.UnknownFindings;
import io.jenkins.plugins.argopreflight.engine.check.place.Places;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.collect.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.fix.Command;
import io.jenkins.plugins.argopreflight.engine.fix.Operand;
import io.jenkins.plugins.argopreflight.engine.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.json.Json;
import io.jenkins.plugins.argopreflight.engine.kube.Resource;
import io.jenkins.plugins.argopreflight.engine.need.Need;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoPod;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A check for PriorityClasses or RuntimeClasses that do not exist: the API server refuses a pod that uses one. Sources:
 * kubernetes plugin/pkg/admission/{priority,runtimeclass}/admission.go.
 */
public final class MissingClass implements Check {

    private final CheckInfo info;
    private final Resource resource;
    private final String field;

    private MissingClass(String id, Need need, String field) {
        this.resource = need.resource().orElseThrow();
        this.info = new CheckInfo(
                        id, "A pod uses a " + resource.kind() + " that does not exist", Severity.ERROR, Topic.CLUSTER)
                .needing(need);
        this.field = field;
    }

    public static MissingClass priority() {
        return new MissingClass("priority-class-missing", Need.PRIORITY_CLASSES, "priorityClassName");
    }

    public static MissingClass runtime() {
        return new MissingClass("runtime-class-missing", Need.RUNTIME_CLASSES, "runtimeClassName");
    }

    @Override
    public CheckInfo info() {
        return info;
    }

    @Override
    public boolean applies(Facts facts) {
        return facts.pods().anyMatch(pod -> !Json.text(pod.spec(), field).isEmpty());
    }

    @Override
    public List<Finding> check(Facts facts) {
        List<Finding> findings = new ArrayList<>();
        for (WorkflowFacts workflow : facts.workflows()) {
            for (ArgoPod pod : workflow.pods()) {
                String name = Json.text(pod.spec(), field);
                if (!name.isEmpty() && !pod.isOfCaller(name)) {
                    check(facts, workflow, pod, name).ifPresent(finding -> findings.add(finding.on(pod)));
                }
            }
        }
        return findings;
    }

    private Optional<Finding> check(Facts facts, WorkflowFacts workflow, ArgoPod pod, String name) {
        Subject place = Places.of(workflow, pod, "spec." + field);
        String description = resource.kind() + " " + name;
        if (name.contains("{{")) {
            return Optional.of(
                    UnknownFindings.unresolvedName(info, place, "whether the " + resource.kind() + " exists", name));
        }
        Subject subject = Subject.of(resource.kind(), "", name, "").at(place);
        Fact<Optional<ObjectNode>> fact = facts.found(pod, resource, "", name);
        return fact.fold(
                found -> found.isPresent() ? Optional.empty() : Optional.of(missing(pod, subject, name)),
                unknown -> Optional.of(
                        UnknownFindings.finding(info, subject, "whether " + description + " exists", unknown)));
    }

    private Finding missing(ArgoPod pod, Subject subject, String name) {
        String description = resource.kind() + " " + name;
        return Finding.fail(
                        info,
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
