package io.jenkins.plugins.argopreflight.engine.sync.secret;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterConnection;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterConnection.Timeouts;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Parallel;
import io.jenkins.plugins.argopreflight.engine.kubernetes.client.Fabric8Gateway;
import io.jenkins.plugins.argopreflight.engine.lab.Ask;
import io.jenkins.plugins.argopreflight.engine.lab.Lab;
import io.jenkins.plugins.argopreflight.engine.lab.RealLab;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.Change;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.Change.Action;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.Problem;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.Status;
import io.jenkins.plugins.argopreflight.engine.sync.scenario.SyncScenarios;
import io.jenkins.plugins.argopreflight.testing.InRun;
import io.jenkins.plugins.argopreflight.testing.server.Fault;
import io.jenkins.plugins.argopreflight.testing.server.FaultProxy;
import io.jenkins.plugins.argopreflight.testing.server.NeedsServers;
import io.jenkins.plugins.argopreflight.testing.server.RealCluster;
import io.jenkins.plugins.argopreflight.testing.server.Server;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The calls of a sync, which fail in turn, in each way, between the client and a real kube-apiserver: the namespace is
 * completely done, or unchanged, or the outcome lists the rest. The next run completes it.
 */
@NeedsServers(Server.CLUSTER)
@ExtendWith(InRun.class)
class SyncUnderFaultsTest extends SyncScenarios {

    private static final Timeouts SHORT =
            new Timeouts(Duration.ofSeconds(1), Duration.ofMillis(400), Duration.ofSeconds(4));

    private static final int SIDE_BY_SIDE = 12;

    private static Lab lab;

    @Override
    protected synchronized Lab lab() {
        lab = lab == null ? new RealLab() : lab;
        return lab;
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of("409", Fault.conflict()),
                Arguments.of("429", Fault.tooManyRequests(1)),
                Arguments.of("500", Fault.internalError()),
                Arguments.of("503", Fault.unavailable()),
                Arguments.of("cut before", Fault.CUT_BEFORE),
                Arguments.of("cut after", Fault.CUT_AFTER),
                Arguments.of("stall", Fault.STALL));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void shouldBeDoneOrUntouchedOrSayWhatIsLeft(String name, Fault fault) {
        int calls = callsOf(SyncUnderFaultsTest::apply, namespace());
        assertThat(calls).isGreaterThan(6);
        atEach(calls, call -> {
            String ci = namespace();

            NamespaceOutcome outcome = withFault(call, fault, apply(ci));

            assertThat(problems(outcome, applied(ci)))
                    .as("%s at call %d: %s", name, call, outcome)
                    .isEmpty();
            assertThat(sync(apply(ci)).status())
                    .as("the next run after %s at call %d", name, call)
                    .isIn(Status.CHANGED, Status.UNCHANGED);
            assertThat(done(ci)).isTrue();
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void shouldTakeAwayWhollyOrSayWhatIsLeft(String name, Fault fault) {
        String first = namespace();
        sync(apply(first));
        int calls = callsOf(Ask::delete, first);
        atEach(calls, call -> {
            String ci = namespace();
            sync(apply(ci));

            NamespaceOutcome outcome = withFault(call, fault, Ask.delete(ci));

            assertThat(problems(outcome, takenAway(ci)))
                    .as("%s at call %d: %s", name, call, outcome)
                    .isEmpty();
            assertThat(sync(Ask.delete(ci)).status()).isIn(Status.CHANGED, Status.UNCHANGED);
            assertThat(gone(ci)).isTrue();
        });
    }

    static Stream<Arguments> faultsOfAWrite() {
        return faults().filter(fault -> Set.of("500", "cut before", "cut after").contains(fault.get()[0]));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faultsOfAWrite")
    void shouldRecreateWhollyOrSayWhatIsLeft(String name, Fault fault) {
        int calls = callsOf(SyncUnderFaultsTest::recreate, opaque());
        atEach(calls, call -> {
            String ci = opaque();

            NamespaceOutcome outcome = withFault(call, fault, recreate(ci));

            assertThat(outcome.status() == Status.FAILED && !outcome.message().isEmpty() || recreated(ci))
                    .as("%s at call %d: %s", name, call, outcome)
                    .isTrue();
            assertThat(sync(recreate(ci)).status())
                    .as("the next run after %s at call %d: %s", name, call, outcome)
                    .isIn(Status.CHANGED, Status.UNCHANGED);
            assertThat(recreated(ci)).isTrue();
        });
    }

    private String opaque() {
        String ci = namespace();
        unmanagedSecret(ci, "type: Opaque");
        return ci;
    }

    private static Ask recreate(String ci) {
        return apply(ci).adopt().recreate();
    }

    private boolean recreated(String ci) {
        return done(ci)
                && registries(ci).containsAll(List.of("quay.io", "registry.example.com"))
                && !hasSecret(ci, "regcred-stand-in")
                && !secret(ci).toString().contains("stand-in");
    }

    @Test
    void shouldSayWhatIsLeftWhenNoServiceAccountCanBeWritten() {
        String ci = namespace();
        try (FaultProxy proxy = proxy();
                ClusterGateway gateway = connect(proxy, Timeouts.DEFAULT)) {
            proxy.failAll(request -> request.method().equals("PUT"), Fault.internalError());

            NamespaceOutcome outcome = sync(gateway, apply(ci));

            assertThat(outcome.status()).isEqualTo(Status.FAILED);
            assertThat(outcome.changes()).extracting(Change::name).containsExactly("regcred");
            assertThat(outcome.message())
                    .contains("ServiceAccount argo was not bound", "ServiceAccount default was not bound");
            assertThat(outcome.remediation()).anyMatch(each -> each.text().contains("run it again"));
        }
    }

    /** Side by side, each in a namespace and behind a proxy of its own: what takes time is waiting. */
    private static void atEach(int calls, Consumer<Integer> test) {
        Parallel.forEach(IntStream.rangeClosed(1, calls).boxed().toList(), SIDE_BY_SIDE, test);
    }

    private int callsOf(Function<String, Ask> asking, String ci) {
        try (FaultProxy proxy = proxy();
                ClusterGateway gateway = connect(proxy, Timeouts.DEFAULT)) {
            sync(gateway, asking.apply(ci));
            return proxy.requests().size();
        }
    }

    private static Ask apply(String ci) {
        return Ask.sync(ci).accounts("default", "argo");
    }

    /** A failure before any namespace is reached concerns the whole: then nothing was done. */
    private NamespaceOutcome withFault(int call, Fault fault, Ask ask) {
        try (FaultProxy proxy = proxy();
                ClusterGateway gateway = connect(proxy, fault == Fault.STALL ? SHORT : Timeouts.DEFAULT)) {
            proxy.failRequest(call, fault);
            return sync(gateway, ask);
        } catch (ClusterException e) {
            assertThat(e.getMessage()).doesNotContain(Ask.CANARY);
            return new NamespaceOutcome(
                    "", Status.FAILED, List.of(), Problem.of(e.getMessage()), List.of(), List.of(), List.of());
        }
    }

    /**
     * Returns the statements of the outcome about objects that the cluster contradicts. A statement "not known" is
     * never wrong.
     */
    private static List<String> problems(NamespaceOutcome outcome, Map<String, Boolean> changed) {
        List<String> problems = new ArrayList<>();
        if (outcome.status() == Status.FAILED && outcome.message().isEmpty()) {
            problems.add("failed without a word");
        }
        changed.forEach((object, really) -> {
            boolean reported = outcome.changes().stream()
                    .anyMatch(change ->
                            change.action() != Action.UNCHANGED && object.equals(change.kind() + " " + change.name()));
            boolean open =
                    outcome.message().lines().anyMatch(line -> line.startsWith(object) && line.contains("not known"));
            if (reported != really && !open) {
                problems.add(object + (really ? " was changed, and this was not reported" : " was not changed"));
            }
            if (outcome.status() == Status.CHANGED && !really) {
                problems.add(object + " is not done");
            }
        });
        return problems;
    }

    private Map<String, Boolean> applied(String ci) {
        return Map.of(
                "Secret regcred", hasSecret(ci, "regcred"),
                "ServiceAccount default", !pullSecrets(ci, "default").isEmpty(),
                "ServiceAccount argo", !pullSecrets(ci, "argo").isEmpty());
    }

    private Map<String, Boolean> takenAway(String ci) {
        Map<String, Boolean> gone = new HashMap<>();
        applied(ci).forEach((object, there) -> gone.put(object, !there));
        return gone;
    }

    private boolean done(String ci) {
        return hasSecret(ci, "regcred")
                && pullSecrets(ci, "default").equals(List.of("regcred"))
                && pullSecrets(ci, "argo").equals(List.of("regcred"));
    }

    private boolean gone(String ci) {
        return !hasSecret(ci, "regcred")
                && pullSecrets(ci, "default").isEmpty()
                && pullSecrets(ci, "argo").isEmpty();
    }

    private String namespace() {
        String ci = lab().namespace("faults");
        account(ci, "argo");
        return ci;
    }

    private FaultProxy proxy() {
        lab();
        return FaultProxy.before(RealCluster.get());
    }

    private static ClusterGateway connect(FaultProxy proxy, Timeouts timeouts) {
        return Fabric8Gateway.connect(ClusterConnection.DEFAULT
                .withKubeconfigs(proxy.kubeconfig(RealCluster.get().admin()))
                .withTimeouts(timeouts));
    }
}
