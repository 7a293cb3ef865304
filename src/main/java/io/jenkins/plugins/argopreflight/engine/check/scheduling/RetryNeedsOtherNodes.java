package io.jenkins.plugins.argopreflight.engine.check.scheduling;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.check.Check;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Severity;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.Unsure;
import io.jenkins.plugins.argopreflight.engine.check.place.Places;
import io.jenkins.plugins.argopreflight.engine.check.place.SpecPlaces;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.collect.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.fix.ChangeField;
import io.jenkins.plugins.argopreflight.engine.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.kube.Objects;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.need.Need;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Condition;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Existence;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Existence.Ending;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Tolerance;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Attempts that must each run on a node of their own, and fewer nodes than attempts. Source: argo-workflows
 * workflow/controller/retry_tweak.go (RetryOnDifferentHost), docs/retries.md.
 */
public final class RetryNeedsOtherNodes implements Check {

    private static final String HOSTNAME = "kubernetes.io/hostname";
    private static final CheckInfo INFO = new CheckInfo(
                    "retry-needs-other-nodes",
                    "Each attempt needs another node, and there are fewer nodes than attempts",
                    Severity.ERROR,
                    Topic.CLUSTER)
            .needing(Need.NODES)
            .ending(Ending.PENDING);

    /** A template with that retryStrategy, and a pod of it. */
    private record Retried(WorkflowFacts workflow, ArgoPod pod, Document document, String path, JsonNode strategy) {

        Subject subject(String field) {
            boolean cluster = document.kind().startsWith("Cluster");
            return Subject.of(document, cluster ? "" : workflow.namespace(), path + ".retryStrategy" + field);
        }

        /** Attempts with the first one, or the greatest number; a limit that is not known is one retry at least. */
        Optional<Long> attempts() {
            JsonNode limit = strategy.path("limit");
            if (limit.isMissingNode() || limit.isNull()) {
                return Optional.of(Long.MAX_VALUE);
            }
            if (limit.asText("").contains("{{")) {
                return Optional.of(2L);
            }
            return limit.asText("").matches("[0-9]{1,9}") ? Optional.of(1 + limit.asLong()) : Optional.empty();
        }
    }

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public boolean applies(Facts facts) {
        return !retried(facts).isEmpty();
    }

    private static List<Retried> retried(Facts facts) {
        List<Retried> all = new ArrayList<>();
        for (WorkflowFacts workflow : facts.workflows()) {
            for (Document document : SpecPlaces.of(facts, workflow)) {
                JsonNode templates = SpecPlaces.spec(document).path("templates");
                for (int i = 0; i < templates.size(); i++) {
                    JsonNode strategy = templates.path(i).path("retryStrategy");
                    String path = SpecPlaces.path(document) + ".templates[" + i + "]";
                    boolean others = strategy.path("affinity").hasNonNull("nodeAntiAffinity");
                    if (others) {
                        workflow.pods().stream()
                                .filter(pod -> pod.templateLocation().equals(document.locate(path)))
                                .map(pod -> new Retried(workflow, pod, document, path, strategy))
                                .filter(each -> each.attempts().isPresent())
                                .forEach(all::add);
                    }
                }
            }
        }
        return all;
    }

    @Override
    public List<Finding> check(Facts facts) {
        List<Finding> findings = new ArrayList<>();
        for (Retried retried : retried(facts)) {
            Fact<List<ObjectNode>> nodes = Nodes.all(facts);
            List<ObjectNode> allowed = facts.placement().allowed(retried.pod().spec());
            boolean named =
                    allowed.stream().allMatch(node -> Objects.labels(node).containsKey(HOSTNAME));
            nodes.fold(
                            known -> allowed.isEmpty()
                                            || !named
                                            || retried.attempts().orElseThrow() <= allowed.size()
                                    ? Optional.<Finding>empty()
                                    : Optional.of(finding(retried, allowed)),
                            unknown -> Optional.of(Unsure.finding(
                                            INFO,
                                            retried.subject(".affinity"),
                                            "whether there is a node for each attempt",
                                            unknown)
                                    .on(retried.pod())))
                    .ifPresent(findings::add);
        }
        return findings;
    }

    private static Finding finding(Retried retried, List<ObjectNode> nodes) {
        long attempts = retried.attempts().orElseThrow();
        String limit = retried.strategy().path("limit").asText("");
        String number = limit.contains("{{")
                ? "several"
                : attempts == Long.MAX_VALUE ? "any number of" : Long.toString(attempts);
        String few = nodes.size() == 1 ? "only " + Nodes.named(nodes) : "only " + nodes.size() + " nodes";
        String template = retried.pod().template();
        Condition condition = new Condition(
                Condition.Kind.FAILURE,
                "template " + template + " fails" + (nodes.size() == 1 ? "" : " " + nodes.size() + " times"));
        return Finding.fail(
                        INFO,
                        retried.subject(".affinity"),
                        "Template " + template + " has " + number + " attempts, and nodeAntiAffinity keeps each off the"
                                + " nodes of those before. Its pods can run on " + few
                                + ". The next attempt stays Pending forever, and the workflow stays Running.")
                .title("Retries of template %s need more nodes than there are", template)
                .evidence(EvidenceLine.words("nodes for it: " + Nodes.named(nodes)))
                .fix(
                        ChangeField.to(Yaml.of("limit: $limit").with("limit", nodes.size() - 1))
                                .at(Places.place(retried.subject(".limit")))
                                .because("as many retries as there are other nodes:"),
                        AskPerson.reader("or remove nodeAntiAffinity from retryStrategy.affinity"))
                .pods(List.of(retried.pod().name()))
                .of(new Existence(List.of(condition), Tolerance.NONE));
    }
}
