package io.jenkins.plugins.argopreflight.engine.kubernetes.rbac;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.kubernetes.Identity;
import io.jenkins.plugins.argopreflight.engine.kubernetes.RefusingCluster;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import io.jenkins.plugins.argopreflight.offline.memory.MemoryCluster;
import io.jenkins.plugins.argopreflight.testing.InRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InRun.class)
class AccessTest {

    private static final Right GET = Right.of("get", "", "secrets", "ci");
    private static final Right CREATE = Right.of("create", "", "secrets", "ci");

    @Test
    void shouldAskOnceForAllNamespacesWhenThatSettlesIt() {
        MemoryCluster cluster = MemoryCluster.of();
        List<Right> rights = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            rights.add(Right.of("get", "", "secrets", "ns-" + i));
            rights.add(Right.of("update", "", "serviceaccounts", "ns-" + i).named("default"));
        }

        assertThat(new Access(cluster, 4).ask(rights).values()).hasSize(200).containsOnly(Fact.known(true));
        assertThat(cluster.requests()).hasSize(2);
    }

    @Test
    void shouldAskOnceANamespaceForItsRules() {
        MemoryCluster cluster = MemoryCluster.of(role("ci", "[get]"));
        cluster.actAs("jane");

        assertThat(new Access(cluster, 4).ask(List.of(GET, CREATE)))
                .containsExactlyInAnyOrderEntriesOf(Map.of(GET, Fact.known(true), CREATE, Fact.known(false)));
        assertThat(cluster.requests()).containsExactly("create selfsubjectrulesreviews");
    }

    @Test
    void shouldAskRightByRightWhenTheRulesAreIncomplete() {
        MemoryCluster cluster = MemoryCluster.of();
        cluster.deny(CREATE);

        assertThat(new Access(cluster, 1).ask(List.of(GET, CREATE)))
                .containsExactlyInAnyOrderEntriesOf(Map.of(GET, Fact.known(true), CREATE, Fact.known(false)));
        assertThat(cluster.requests())
                .containsExactly(
                        "create selfsubjectrulesreviews",
                        "create selfsubjectaccessreviews",
                        "create selfsubjectaccessreviews");
    }

    @Test
    void shouldNotKnowWhatTheServerDidNotReport() {
        RefusingCluster cluster = new RefusingCluster();

        assertThat(new Access(cluster, 2).ask(List.of(GET, CREATE)).values())
                .allMatch(answer -> answer instanceof Fact.Unknown<Boolean> unknown
                        && unknown.reason().contains("webhook timed out"));
        assertThat(WhoAmI.ask(cluster))
                .isEqualTo(Fact.unknown("this server has no SelfSubjectReview (Kubernetes before 1.28)"));
    }

    @Test
    void shouldReportWhoWeAre() {
        MemoryCluster cluster = MemoryCluster.of();
        cluster.actAs("jane", "devs");

        assertThat(WhoAmI.ask(cluster)).isEqualTo(Fact.known(new Identity("jane", List.of("devs"))));
    }

    private static String role(String namespace, String verbs) {
        return """
            {apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: {name: r, namespace: %1$s},
             rules: [{apiGroups: [''], resources: [secrets], verbs: %2$s}]}
            ---
            {apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: {name: r, namespace: %1$s},
             roleRef: {kind: Role, name: r}, subjects: [{kind: User, name: jane}]}
            """.formatted(namespace, verbs);
    }
}
