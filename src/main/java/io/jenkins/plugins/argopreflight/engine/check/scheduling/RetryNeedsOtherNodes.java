package io.jenkins.plugins.argopreflight.engine.check.scheduling;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.argo.model.Condition;
import io.jenkins.plugins.argopreflight.engine.argo.model.Existence;
import io.jenkins.plugins.argopreflight.engine.argo.model.Existence.Ending;
import io.jenkins.plugins.argopreflight.engine.argo.model.Tolerance;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.ItemCheck;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.UnknownFindings;
import io.jenkins.plugins.argopreflight.engine.check.location.Places;
import io.jenkins.plugins.argopreflight.engine.check.location.SpecPlaces;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.model.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.model.fix.ChangeField;
import io.jenkins.plugins.argopreflight.engine.model.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A check for retries whose attempts must each run on another node, with fewer nodes than attempts. Source:
 * argo-workflows workflow/controller/retry_tweak.go (RetryOnDifferentHost), docs/retries.md.
 */
public final class RetryNeedsOtherNodes extends ItemCheck<RetryNeedsOtherNodes.RetriedPod> {

    private static final String HOSTNAME = "kubernetes.io/hostname";

    /** A template whose retries need other nodes, and a pod of it. */
    record RetriedPod(WorkflowFacts workflow, ArgoPod pod, Document document, String path, JsonNode strategy) {

        Subject subject(String field) {
            boolean cluster = document.kind().startsWith("Cluster");
            return Subject.of(document, cluster ? "" : workflow.namespace(), path + ".retryStrategy" + field);
        }

        /**
         * Returns the number of attempts, including the first; {@code Long.MAX_VALUE} if there is no limit, 2 if the
         * limit is not known yet, and empty if the limit is not valid.
         */
        Optional<Long> attempts() {
            JsonNode limit = strategy.path("limit");
            if (limit.isMissingNode() || limit.isNull()) {
                return Optional.of(Long.MAX_VALUE);
            }
            if (Json.text(limit).contains("{{")) {
                return Optional.of(2L);
            }
            return Json.text(limit).matches("[0-9]{1,9}") ? Optional.of(1 + limit.asLong()) : Optional.empty();
        }
    }

    public RetryNeedsOtherNodes() {
        super(
                CheckInfo.error(
                                "retry-needs-other-nodes",
                                "Each attempt needs another node, and there are fewer nodes than attempts",
                                Topic.CLUSTER)
                        .needing(Need.NODES)
                        .ending(Ending.PENDING),
                RetryNeedsOtherNodes::retriedPods);
    }

    private static List<RetriedPod> retriedPods(Facts facts) {
        List<RetriedPod> all = new ArrayList<>();
        for (WorkflowFacts workflow : facts.workflows()) {
            for (Document document : SpecPlaces.of(facts, workflow)) {
                JsonNode templates = SpecPlaces.spec(document).path("templates");
                for (int i = 0; i < templates.size(); i++) {
                    JsonNode strategy = templates.path(i).path("retryStrategy");
                    String path = SpecPlaces.path(document) + ".templates[" + i + "]";
                    boolean needsOtherNodes = strategy.path("affinity").hasNonNull("nodeAntiAffinity");
                    if (needsOtherNodes) {
                        workflow.pods().stream()
                                .filter(pod -> pod.templateLocation().equals(document.locate(path)))
                                .map(pod -> new RetriedPod(workflow, pod, document, path, strategy))
                                .filter(each -> each.attempts().isPresent())
                                .forEach(all::add);
                    }
                }
            }
        }
        return all;
    }

    @Override
    protected List<Finding> check(Facts facts, RetriedPod retriedPod) {
        List<ObjectNode> allowed = facts.placement().allowed(retriedPod.pod().spec());
        boolean doAllHaveHostname =
                allowed.stream().allMatch(node -> KubeObjects.labels(node).containsKey(HOSTNAME));
        boolean isSufficient =
                allowed.isEmpty() || !doAllHaveHostname || retriedPod.attempts().orElseThrow() <= allowed.size();
        return Nodes.all(facts)
                .fold(
                        known -> isSufficient ? List.of() : List.of(finding(retriedPod, allowed)),
                        unknown -> List.of(UnknownFindings.finding(
                                        info(),
                                        retriedPod.subject(".affinity"),
                                        "whether there is a node for each attempt",
                                        unknown)
                                .on(retriedPod.pod())));
    }

    private Finding finding(RetriedPod retriedPod, List<ObjectNode> nodes) {
        long attempts = retriedPod.attempts().orElseThrow();
        String limit = Json.text(retriedPod.strategy(), "limit");
        String number = limit.contains("{{")
                ? "several"
                : attempts == Long.MAX_VALUE ? "any number of" : Long.toString(attempts);
        String capacity = nodes.size() == 1 ? "only " + Nodes.nameList(nodes) : "only " + nodes.size() + " nodes";
        String template = retriedPod.pod().template();
        Condition condition = new Condition(
                Condition.Kind.FAILURE,
                "template " + template + " fails" + (nodes.size() == 1 ? "" : " " + nodes.size() + " times"));
        return Finding.fail(
                        info(),
                        retriedPod.subject(".affinity"),
                        "Template " + template + " has " + number + " attempts, and nodeAntiAffinity keeps each off the"
                                + " nodes of those before. Its pods can run on " + capacity
                                + ". The next attempt stays Pending forever, and the workflow stays Running.")
                .title("Retries of template %s need more nodes than there are", template)
                .evidence(EvidenceLine.words("nodes for it: " + Nodes.nameList(nodes)))
                .fix(
                        ChangeField.to(Yaml.of("limit: $limit").with("limit", nodes.size() - 1))
                                .at(Places.place(retriedPod.subject(".limit")))
                                .because("as many retries as there are other nodes:"),
                        AskPerson.or("remove nodeAntiAffinity from retryStrategy.affinity"))
                .pods(List.of(retriedPod.pod().name()))
                .of(new Existence(List.of(condition), Tolerance.NONE));
    }
}
