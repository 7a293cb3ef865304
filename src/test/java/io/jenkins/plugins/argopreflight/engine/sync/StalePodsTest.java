package io.jenkins.plugins.argopreflight.engine.sync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.StalePod;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StalePodsTest {

    private static ObjectNode pod(String metadata, String spec, String status) {
        try {
            return (ObjectNode) new YAMLMapper()
                    .readTree("metadata: {namespace: ci, " + metadata + "}\nspec: {" + spec + "}\nstatus: {" + status
                            + "}");
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static List<StalePod> added(ObjectNode... pods) {
        return StalePods.among(List.of(pods), Map.of("default", List.of("old")), "regcred", true);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            kind: ReplicaSet, name: web-5d9c | pod-template-hash: 5d9c | ReplicaSet/web-5d9c | kubectl rollout restart deployment/web -n ci
            kind: StatefulSet, name: db | a: b | StatefulSet/db | kubectl rollout restart statefulset/db -n ci
            kind: DaemonSet, name: log | a: b | DaemonSet/log | kubectl rollout restart daemonset/log -n ci
            kind: Job, name: once | a: b | Job/once | kubectl delete pod p -n ci   # Job/once makes it anew
            kind: Workflow, name: wf | workflows.argoproj.io/workflow: wf | Workflow/wf | argo terminate wf -n ci; argo wait wf -n ci; argo retry wf -n ci   # or: argo resubmit wf -n ci; deleting a Workflow's pod does not make it anew
            kind: Node, name: n1 | a: b | Node/n1 | let Node/n1 make the pod anew, or kubectl delete pod p -n ci
            """)
    void shouldNameTheOwnerAndTheRemedy(String owner, String label, String ownerText, String remedy) {
        ObjectNode pod = pod(
                "name: p, labels: {" + label + "}, ownerReferences: [{controller: true, " + owner + "}]",
                "imagePullSecrets: [{name: old}]",
                "phase: Running");

        assertThat(added(pod)).containsExactly(new StalePod("p", "Running", "default", ownerText, remedy));
    }

    @Test
    void shouldTakeNoPodThatIsOverOrGoingOrOfAnotherServiceAccountOrHasTheName() {
        assertThat(added(
                        pod("name: over", "a: b", "phase: Succeeded"),
                        pod("name: going, deletionTimestamp: now", "a: b", "phase: Running"),
                        pod("name: other", "serviceAccountName: argo", "phase: Running"),
                        pod("name: fine", "imagePullSecrets: [{name: regcred}]", "phase: Running")))
                .isEmpty();
    }

    @Test
    void shouldTellAListThatIsThePodsOwn() {
        ObjectNode own = pod("name: p", "imagePullSecrets: [{name: mine}]", "phase: Pending");

        assertThat(added(own).get(0).remedy()).startsWith("its own spec.imagePullSecrets [mine] hides");
    }

    @Test
    void shouldFindWhoWaitsAndNeedsNothing() {
        String waiting = "phase: Pending, initContainerStatuses: [{state: {waiting: {reason: ImagePullBackOff}}}]";
        ObjectNode pod = pod("name: p", "imagePullSecrets: [{name: regcred}]", waiting);

        assertThat(StalePods.healing(List.of(pod), "regcred")).containsExactly("p");
        assertThat(StalePods.healing(List.of(pod), "another")).isEmpty();
    }
}
