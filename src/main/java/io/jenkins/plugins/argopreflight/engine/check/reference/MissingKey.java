package io.jenkins.plugins.argopreflight.engine.check.reference;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.Existence.Ending;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.check.PodItemCheck;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Title;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.UnknownFindings;
import io.jenkins.plugins.argopreflight.engine.check.location.Places;
import io.jenkins.plugins.argopreflight.engine.check.reference.Uses.Use;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.model.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.model.fix.ChangeField;
import io.jenkins.plugins.argopreflight.engine.model.fix.Command;
import io.jenkins.plugins.argopreflight.engine.model.fix.Operand;
import io.jenkins.plugins.argopreflight.engine.model.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.model.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.util.text.SimilarNames;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A check for keys that a volume or variable needs and that an existing Secret or ConfigMap does not have. Source:
 * kubernetes pkg/kubelet/kuberuntime (CreateContainerConfigError), pkg/volume/{secret,configmap} (FailedMount).
 */
public final class MissingKey extends PodItemCheck<Use> {

    public MissingKey() {
        super(
                CheckInfo.error(
                                "missing-key",
                                "A Secret or ConfigMap has no key that a volume or variable needs",
                                Topic.CLUSTER)
                        .needing(Need.SECRETS, Need.CONFIG_MAPS)
                        .alsoGiving(Outcome.WARN)
                        .ending(Ending.PENDING),
                Uses::all);
    }

    @Override
    protected boolean concerns(Use use) {
        return !use.keys().isEmpty() && !use.isUnresolved();
    }

    @Override
    protected List<Finding> check(Facts facts, Use use) {
        return facts.found(use.pod(), use.resource(), use.workflow().namespace(), use.name())
                .fold(
                        found -> found.stream()
                                .flatMap(object -> missing(use, keys(object)))
                                .toList(),
                        unknown -> List.of(UnknownFindings.finding(
                                info(),
                                subject(use, ""),
                                "whether " + use.objectName() + " has " + String.join(", ", use.keys()),
                                unknown)));
    }

    private Stream<Finding> missing(Use use, TreeSet<String> keys) {
        return use.keys().stream()
                .filter(key -> !key.contains("{{") && !keys.contains(key))
                .map(key -> use.isSubPath() ? emptyFolder(use, key, keys) : finding(use, key, keys));
    }

    private static TreeSet<String> keys(ObjectNode object) {
        TreeSet<String> keys = new TreeSet<>();
        for (String field : List.of("data", "stringData", "binaryData")) {
            object.path(field).fieldNames().forEachRemaining(keys::add);
        }
        return keys;
    }

    private static Subject subject(Use use, String path) {
        return Subject.of(use.resource().kind(), use.workflow().namespace(), use.name(), path)
                .at(Places.of(use.workflow(), use.pod(), use.path()))
                .container(use.container());
    }

    /** Returns the argument {@code --from-file=KEY=FILE}. */
    static Operand fromFile(String key) {
        return Operand.joined(
                Operand.text("--from-file="), Operand.key(key), Operand.text("="), Operand.placeholder("FILE"));
    }

    /**
     * Returns the finding about a missing key of a subPath: the kubelet creates an empty folder in the place of the
     * file (pkg/volume/util/subpath), and the container starts.
     */
    private Finding emptyFolder(Use use, String key, TreeSet<String> keys) {
        Subject subject = subject(use, key.contains(".") ? "data[" + key + "]" : "data." + key);
        boolean isRead = use.isRead();
        String detail = use.objectName() + " in namespace " + use.workflow().namespace() + " has no key " + key
                + ", which " + use.description() + " names (it has " + String.join(", ", keys)
                + "). The kubelet mounts an empty folder in the place of the file"
                + (isRead ? ", so the container's command fails with \"Is a directory\"." : ".")
                + SimilarNames.to(key, keys)
                        .map(each -> " Did you mean " + each + "?")
                        .orElse("");
        return (isRead
                        ? Finding.fail(info(), subject, detail).ending(Ending.FAILED)
                        : Finding.warn(info(), subject, detail))
                .title("%s has no key %s for a subPath", use.objectName(), key)
                .evidence(
                        EvidenceLine.words("referred to by " + use.description() + Places.setBy(use.pod(), use.path())))
                .fix(AskPerson.reader("write a key that there is in subPath, or add the key"));
    }

    private Finding finding(Use use, String key, TreeSet<String> keys) {
        String namespace = use.workflow().namespace();
        String keysPhrase = keys.isEmpty() ? "it has none" : "it has " + String.join(", ", keys);
        String consequence = use.container().isEmpty()
                ? "the pod stays in ContainerCreating"
                : "the container stays in CreateContainerConfigError";
        String hint = SimilarNames.to(key, keys)
                .map(each -> " Did you mean " + each + "?")
                .orElse("");
        boolean isSecret = use.resource().equals(Resource.SECRETS);
        String kind = use.resource().kind();
        return Finding.fail(
                        info(),
                        subject(use, key.contains(".") ? "data[" + key + "]" : "data." + key),
                        use.objectName() + " in namespace " + namespace + " has no key " + key + ", which "
                                + use.description()
                                + " needs (" + keysPhrase + "). " + Title.capitalized(consequence)
                                + "." + hint)
                .title("%s has no key %s", use.objectName(), key)
                .evidence(
                        EvidenceLine.words("couldn't find key " + key + " in "
                                + use.resource().kind() + " " + namespace + "/" + use.name()),
                        EvidenceLine.words("referred to by " + use.description() + Places.setBy(use.pod(), use.path())))
                .fix(
                        RunCommands.of((isSecret
                                                ? Command.kubectlIn(namespace, "create", "secret", "generic")
                                                : Command.kubectlIn(namespace, "create", "configmap"))
                                        .name(kind, use.name())
                                        .with(fromFile(key))
                                        .with("--dry-run=client", "-o", "yaml")
                                        .pipe(Command.kubectlIn(namespace, "patch", isSecret ? "secret" : "configmap")
                                                .name(kind, use.name())
                                                .with("--patch-file=/dev/stdin")))
                                .because("add the key " + key + ":"),
                        ChangeField.to(Yaml.of("optional: true")).orIf("if it is not always needed, beside the key:"));
    }
}
