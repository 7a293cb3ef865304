package io.jenkins.plugins.argopreflight.engine.check.reference;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.Missing;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.PodItemCheck;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.UnknownFindings;
import io.jenkins.plugins.argopreflight.engine.check.location.CreatedTooLate;
import io.jenkins.plugins.argopreflight.engine.check.location.Places;
import io.jenkins.plugins.argopreflight.engine.check.reference.Uses.Use;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.fix.Command;
import io.jenkins.plugins.argopreflight.engine.model.fix.Operand;
import io.jenkins.plugins.argopreflight.engine.model.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A check for Secrets or ConfigMaps that a volume or a variable needs and that do not exist: the pod waits for them
 * forever. Source: kubernetes pkg/kubelet/kuberuntime (CreateContainerConfigError), pkg/volume/{secret,configmap}
 * (FailedMount).
 */
abstract class MissingObject extends PodItemCheck<Use> {

    private final Resource resource;

    MissingObject(CheckInfo info, Resource resource) {
        super(info, facts -> uses(facts, resource));
        this.resource = resource;
    }

    /** Returns the first reference of each pod to each object of the resource. */
    private static List<Use> uses(Facts facts, Resource resource) {
        Set<List<Object>> objects = new HashSet<>();
        return Uses.all(facts).stream()
                .filter(use -> use.resource().equals(resource) && objects.add(List.of(use.pod(), use.name())))
                .toList();
    }

    @Override
    protected List<Finding> check(Facts facts, Use use) {
        String namespace = use.workflow().namespace();
        Subject place = Places.of(use.workflow(), use.pod(), use.path());
        Subject subject =
                Subject.of(resource.kind(), namespace, use.name(), "").at(place).container(use.container());
        if (use.isUnresolved()) {
            return List.of(UnknownFindings.unresolvedName(
                    info(), place, "whether the " + resource.kind() + " exists", use.name()));
        }
        Fact<Optional<ObjectNode>> found = facts.found(use.pod(), resource, namespace, use.name());
        return found.fold(
                object -> object.isPresent()
                        ? List.of()
                        : List.of(CreatedTooLate.withLateCreator(
                                missing(use, subject), facts, use.pod(), resource, use.name())),
                unknown -> List.of(UnknownFindings.findingInNamespace(
                        info(), subject, "whether " + use.objectName() + " exists", namespace, unknown)));
    }

    private Finding missing(Use use, Subject subject) {
        String namespace = use.workflow().namespace();
        String consequence = use.container().isEmpty()
                ? "the pod stays in ContainerCreating (FailedMount)"
                : "the container stays in CreateContainerConfigError";
        return Finding.fail(
                        info(),
                        subject,
                        use.objectName() + " does not exist in namespace " + namespace + ", and " + use.description()
                                + " needs it. "
                                + (use.reader() == Uses.Reader.AGENT
                                        ? "The node of the template ends in Failed."
                                        : "Until it exists, " + consequence + " and the workflow stays Running."))
                .title("%s does not exist", use.objectName())
                .because(new Missing.InNamespace(namespace))
                .evidence(
                        EvidenceLine.words("referred to by " + use.description() + Places.setBy(use.pod(), use.path())),
                        EvidenceLine.words(resource.kind().toLowerCase(java.util.Locale.ROOT) + " \"" + use.name()
                                + "\" not found"))
                .fix(RunCommands.of(command(namespace, use)));
    }

    private Command command(String namespace, Use use) {
        List<String> keys = use.keys().isEmpty() ? List.of("KEY") : use.keys();
        Command create = resource.equals(Resource.SECRETS)
                ? Command.kubectlIn(namespace, "create", "secret", "generic")
                : Command.kubectlIn(namespace, "create", "configmap");
        return create.name(resource.kind(), use.name())
                .with(keys.stream().map(MissingKey::fromFile).toArray(Operand[]::new));
    }
}
