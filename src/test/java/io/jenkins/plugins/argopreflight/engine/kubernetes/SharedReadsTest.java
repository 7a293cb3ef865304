package io.jenkins.plugins.argopreflight.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway.WriteMode;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import io.jenkins.plugins.argopreflight.offline.memory.MemoryCluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SharedReadsTest {

    private final SharedReads shared = new SharedReads();
    private final long since = System.nanoTime();
    private final RecordingCluster cluster = new RecordingCluster("ci", "prod");

    private ClusterGateway gateway(long asked) {
        return shared.run(asked).around(cluster);
    }

    @Test
    void shouldAskOnceForAllRunsThatWereAskedForBefore() {
        for (int i = 0; i < 3; i++) {
            ClusterGateway gateway = gateway(since);
            assertThat(gateway.get(Resource.SECRETS, "ci", "regcred")).isPresent();
            assertThat(gateway.list(Resource.EVENTS, "ci", "", "")).hasSize(1);
            List<String> each = new ArrayList<>();
            gateway.each(Resource.EVENTS, "ci", "", "", event -> each.add(KubeObjects.namespace(event)));
            assertThat(each).containsExactly("ci");
            assertThat(gateway.version()).isEqualTo("v1.34.4");
        }
        assertThat(cluster.requests).containsExactly("get secrets ci/regcred", "list events ci", "version");
    }

    @Test
    void shouldAskAgainForARunThatWasAskedForLater() {
        gateway(since).get(Resource.SECRETS, "ci", "regcred");
        gateway(System.nanoTime()).get(Resource.SECRETS, "ci", "regcred");

        assertThat(cluster.requests).hasSize(2);
    }

    @Test
    void shouldCountTheRequestsOfEachRun() {
        SharedReads.Run first = shared.run(since);
        SharedReads.Run second = shared.run(since);
        for (SharedReads.Run run : List.of(first, second)) {
            run.around(cluster).get(Resource.SECRETS, "ci", "regcred");
            run.around(cluster).list(Resource.PODS, "ci", "workflows.argoproj.io/workflow=build", "");
        }
        assertThat(first.requests()).isEqualTo(2);
        assertThat(second.requests()).isEqualTo(1);
    }

    /** A user gets no object that only another user of the shared reads is allowed to read. */
    @Test
    void shouldNotShareAcrossLimitsAndUsers() {
        AccessLimits limits = new AccessLimits("cluster \"one\"", List.of("ci"), "argo", true);
        gateway(since).get(Resource.SECRETS, "prod", "regcred");

        ClusterGateway limited = shared.run(since).around(limits.around(cluster));
        assertThatExceptionOfType(ClusterException.class)
                .isThrownBy(() -> limited.get(Resource.SECRETS, "prod", "regcred"))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.NOT_ALLOWED));
        ClusterGateway other =
                gateway(since).as(new Identity("someone", List.of())).orElseThrow();
        other.get(Resource.SECRETS, "prod", "regcred");

        assertThat(cluster.requests)
                .containsExactly("get secrets prod/regcred", "as someone", "get secrets prod/regcred");
    }

    /** The servers are two clusters in memory, which differ whatever their objects are. */
    @Test
    void shouldNotShareAcrossIdentities() {
        MemoryCluster one = new MemoryCluster("https://one.example.com");
        MemoryCluster two = new MemoryCluster("https://two.example.com");
        one.load("{apiVersion: v1, kind: Namespace, metadata: {name: ci}}");
        one.load("{apiVersion: v1, kind: Secret, metadata: {name: regcred, namespace: ci}}");

        assertThat(shared.run(since).around(one).get(Resource.SECRETS, "ci", "regcred"))
                .isPresent();
        assertThat(shared.run(since).around(two).get(Resource.SECRETS, "ci", "regcred"))
                .isEmpty();
    }

    @Test
    void shouldShareWhatIsForbidden() {
        MemoryCluster one = new MemoryCluster("https://one.example.com");
        one.deny(Right.of("list", Resource.NODES, ""));
        for (int i = 0; i < 2; i++) {
            assertThatExceptionOfType(ClusterException.class)
                    .isThrownBy(() -> shared.run(since).around(one).list(Resource.NODES, "", "", ""))
                    .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.FORBIDDEN));
        }
        assertThat(one.requests()).hasSize(1);
    }

    @Test
    void shouldTryAgainWhereThereWasNoAnswer() {
        cluster.failure = Optional.of(new ClusterException(Kind.TIMEOUT, "no answer in time"));
        assertThatExceptionOfType(ClusterException.class)
                .isThrownBy(() -> gateway(since).get(Resource.SECRETS, "ci", "regcred"));
        cluster.failure = Optional.empty();

        assertThat(gateway(since).get(Resource.SECRETS, "ci", "regcred")).isPresent();
    }

    @Test
    void shouldSendEachWrite() {
        for (int i = 0; i < 2; i++) {
            gateway(since).create(Resource.PODS, KubeObjects.of(Resource.PODS, "ci", "pod"), WriteMode.DRY_RUN);
        }
        assertThat(cluster.requests).hasSize(2);
    }

    @Test
    void shouldNotHoldALongList() {
        MemoryCluster one = new MemoryCluster("https://one.example.com");
        one.load("{apiVersion: v1, kind: Namespace, metadata: {name: ci}}");
        for (int i = 0; i <= 1_000; i++) {
            one.create(Resource.SECRETS, KubeObjects.of(Resource.SECRETS, "ci", "secret-" + i), WriteMode.REAL);
        }
        int before = one.requests().size();
        for (int i = 1; i <= 2; i++) {
            List<String> names = new ArrayList<>();
            shared.run(since)
                    .around(one)
                    .each(Resource.SECRETS, "ci", "", "", secret -> names.add(KubeObjects.name(secret)));
            assertThat(names).hasSize(1_001);
            assertThat(one.requests()).hasSize(before + i);
        }
    }
}
