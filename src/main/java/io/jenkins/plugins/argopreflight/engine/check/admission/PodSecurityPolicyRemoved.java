package io.jenkins.plugins.argopreflight.engine.check.admission;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.ItemCheck;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.UnknownFindings;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.model.fix.Command;
import io.jenkins.plugins.argopreflight.engine.model.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import io.jenkins.plugins.argopreflight.engine.model.object.KubernetesVersion;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import java.util.List;
import java.util.Optional;

/**
 * A check for uses of PodSecurityPolicy, which was removed in Kubernetes 1.25 and replaced by Pod Security. Source:
 * https://kubernetes.io/docs/concepts/security/pod-security-policy/
 */
public final class PodSecurityPolicyRemoved extends ItemCheck<Document> {

    private static final int LAST_MINOR = 24;

    public PodSecurityPolicyRemoved() {
        super(
                CheckInfo.error(
                                "pod-security-policy-gone",
                                "A manifest uses PodSecurityPolicy, which was removed in Kubernetes 1.25",
                                Topic.ADMISSION)
                        .needing(Need.KUBERNETES_VERSION),
                Facts::documents);
    }

    @Override
    protected boolean concerns(Document document) {
        return use(document).isPresent();
    }

    /**
     * Returns the place where a document uses PodSecurityPolicy: "" for a policy itself, a rule of a Role otherwise.
     */
    private static Optional<String> use(Document document) {
        if (document.kind().equals("PodSecurityPolicy")) {
            return Optional.of("");
        }
        JsonNode rules = document.root().path("rules");
        for (int i = 0; document.kind().endsWith("Role") && rules.isArray() && i < rules.size(); i++) {
            for (JsonNode resource : rules.path(i).path("resources")) {
                if (Json.text(resource).equals("podsecuritypolicies")) {
                    return Optional.of("rules[" + i + "]");
                }
            }
        }
        return Optional.empty();
    }

    @Override
    protected List<Finding> check(Facts facts, Document document) {
        String path = use(document).orElseThrow();
        Subject subject = Subject.of(document, document.namespace(), path);
        String description = document.kind() + " " + document.name();
        return facts.kubernetes()
                .fold(
                        version -> removed(subject, description, path, version),
                        unknown -> List.of(UnknownFindings.finding(
                                info(), subject, "whether the cluster still has PodSecurityPolicy", unknown)));
    }

    private List<Finding> removed(Subject subject, String description, String path, String version) {
        if (KubernetesVersion.minor(version).orElse(LAST_MINOR) <= LAST_MINOR) {
            return List.of();
        }
        boolean isPolicy = path.isEmpty();
        return List.of(Finding.fail(
                        info(),
                        subject,
                        isPolicy
                                ? description + " cannot be created in Kubernetes " + version
                                        + ". Labels of the namespace decide what pods are allowed to do."
                                : description + " grants use of podsecuritypolicies, which has no effect in Kubernetes "
                                        + version + ". Labels of the namespace decide what pods are allowed to do.")
                .title("PodSecurityPolicy was removed in Kubernetes 1.25")
                .evidence(EvidenceLine.words(
                        isPolicy ? "no matches for kind \"PodSecurityPolicy\" in version \"policy/v1beta1\"" : path))
                .fix(RunCommands.of(Command.kubectl(
                                "label",
                                "--dry-run=server",
                                "--overwrite",
                                "namespace",
                                "NAMESPACE",
                                "pod-security.kubernetes.io/enforce=baseline"))
                        .because("use Pod Security instead; show first what it would refuse:")));
    }
}
