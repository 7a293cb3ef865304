package io.jenkins.plugins.argopreflight.engine.sync.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway.WriteMode;
import io.jenkins.plugins.argopreflight.engine.lab.Ask;
import io.jenkins.plugins.argopreflight.engine.lab.Meddling;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.Change;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.Change.Action;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.Status;
import io.jenkins.plugins.argopreflight.engine.sync.secret.SyncReport;
import io.jenkins.plugins.argopreflight.testing.InRun;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ServiceAccounts, the pods that were made before, and the namespaces. */
@ExtendWith(InRun.class)
abstract class AccountScenarios extends SyncScenarios {

    @Test
    void shouldAddTheNameAndTouchNothingElse() {
        String ci = lab().namespace("ci");
        ObjectNode before = make(Resource.SERVICE_ACCOUNTS, ci, """
                metadata: {name: argo, labels: {team: a}, annotations: {note: b}}
                secrets: [{name: argo-token}]
                imagePullSecrets: [{name: other}, {name: another}]
                automountServiceAccountToken: false
                """);

        sync(Ask.sync(ci).accounts("argo"));

        ObjectNode after =
                lab().admin().get(Resource.SERVICE_ACCOUNTS, ci, "argo").orElseThrow();
        assertThat(KubeObjects.names(after.path("imagePullSecrets"))).containsExactly("other", "another", "regcred");
        for (String field : List.of("secrets", "automountServiceAccountToken")) {
            assertThat(after.get(field)).isEqualTo(before.get(field));
        }
        assertThat(KubeObjects.labels(after)).isEqualTo(KubeObjects.labels(before));
        assertThat(KubeObjects.annotations(after)).isEqualTo(KubeObjects.annotations(before));
    }

    @Test
    void shouldTakeJustItsNameAway() {
        String ci = lab().namespace("ci");
        make(Resource.SERVICE_ACCOUNTS, ci, """
                metadata: {name: argo}
                imagePullSecrets: [{name: other}, {name: regcred}, {name: another}]
                """);
        sync(Ask.sync(ci));

        NamespaceOutcome outcome = sync(Ask.unbind(ci));

        assertThat(outcome.changes())
                .extracting(Change::action)
                .containsExactly(Action.UNBOUND, Action.UNBOUND, Action.UNCHANGED);
        assertThat(pullSecrets(ci, "argo")).containsExactly("other", "another");
        assertThat(pullSecrets(ci, "default")).isEmpty();
        assertThat(hasSecret(ci, "regcred")).isTrue();
    }

    @Test
    void shouldLoseNoEntryOfFiftyConcurrentEditors() throws Exception {
        String ci = lab().namespace("ci");
        List<Callable<Void>> editors = new ArrayList<>();
        IntStream.range(0, 50).forEach(i -> editors.add(() -> edit(ci, "editor-" + i)));
        editors.add(25, () -> {
            InRun.own(() -> assertThat(sync(Ask.sync(ci)).status()).isEqualTo(Status.CHANGED))
                    .run();
            return null;
        });
        ExecutorService threads = Executors.newFixedThreadPool(editors.size());

        for (Future<Void> editor : threads.invokeAll(editors)) {
            editor.get();
        }
        threads.shutdown();

        List<String> expected = new ArrayList<>(List.of("regcred"));
        IntStream.range(0, 50).forEach(i -> expected.add("editor-" + i));
        assertThat(pullSecrets(ci, "default")).containsExactlyInAnyOrderElementsOf(expected);
    }

    /** Writes as another client that is careful: at the version that it read. */
    private Void edit(String namespace, String name) {
        ClusterGateway gateway = lab().admin();
        while (true) {
            ObjectNode account = gateway.get(Resource.SERVICE_ACCOUNTS, namespace, "default")
                    .orElseThrow()
                    .deepCopy();
            KubeObjects.addName(account, "imagePullSecrets", name);
            try {
                gateway.replace(Resource.SERVICE_ACCOUNTS, account, WriteMode.REAL);
                return null;
            } catch (ClusterException e) {
                assertThat(e.kind()).isEqualTo(ClusterException.Kind.CONFLICT);
            }
        }
    }

    @Test
    void shouldPutUpWithWhateverTheListHolds() {
        for (String list : List.of("null", "[]", "[{}]", "[{name: regcred}, {name: a}, {name: regcred}]")) {
            String ci = lab().namespace("ci");
            make(Resource.SERVICE_ACCOUNTS, ci, "metadata: {name: argo}\nimagePullSecrets: " + list);
            List<String> before = pullSecrets(ci, "argo");

            assertThat(sync(Ask.sync(ci).accounts("argo")).status()).as(list).isEqualTo(Status.CHANGED);

            assertThat(pullSecrets(ci, "argo")).contains("regcred").containsAll(before);
            assertThat(sync(Ask.delete(ci)).status()).isEqualTo(Status.CHANGED);
            assertThat(pullSecrets(ci, "argo")).doesNotContain("regcred").containsAll(without(before));
        }
    }

    private static List<String> without(List<String> names) {
        return names.stream().filter(name -> !name.equals("regcred")).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"A b", "a_b", "-a"})
    void shouldRefuseANameThatCanBeNoneBeforeAnythingIsWritten(String name) {
        String ci = lab().namespace("ci");

        for (Ask ask : List.of(Ask.sync(ci).accounts(name).createAccounts(), Ask.sync(ci, name))) {
            assertThatThrownBy(() -> run(ask))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(name + ": no ");
        }
        assertThat(hasSecret(ci, "regcred")).isFalse();
    }

    @Test
    void shouldNameTheServiceAccountsThatThereAre() {
        String ci = lab().namespace("ci");
        account(ci, "argo");
        long before = lab().writes();

        NamespaceOutcome outcome = sync(Ask.sync(ci).accounts("default", "agro"));

        assertThat(outcome.status()).isEqualTo(Status.REFUSED);
        assertThat(outcome.message())
                .isEqualTo(
                        "ServiceAccount agro does not exist in namespace " + ci + "; there are argo, default. Did you"
                                + " mean argo? Create it with kubectl create serviceaccount agro -n " + ci
                                + ", or use --create-service-account; or name another one with --service-account");
        assertThat(lab().writes()).isEqualTo(before);
    }

    /** A login that can get a ServiceAccount only by its name knows no others. */
    @Test
    void shouldReportAMissingServiceAccountWithoutTheRightToListThem() {
        String ci = lab().namespace("ci");
        ClusterGateway user = lab().user(
                        Right.of("get", "", "secrets", ci),
                        Right.of("create", "", "secrets", ci),
                        Right.of("update", "", "secrets", ci),
                        Right.of("get", "", "serviceaccounts", ci),
                        Right.of("update", "", "serviceaccounts", ci));

        NamespaceOutcome outcome = sync(user, Ask.sync(ci).accounts("agro"));

        assertThat(outcome.message())
                .startsWith("ServiceAccount agro does not exist in namespace " + ci
                        + ". Create it with kubectl create serviceaccount agro -n " + ci + ", or use");
    }

    @Test
    void shouldMakeAServiceAccountWhenAsked() {
        String ci = lab().namespace("ci");

        NamespaceOutcome outcome = sync(Ask.sync(ci).accounts("argo").createAccounts());

        assertThat(outcome.changes()).extracting(Change::action).containsExactly(Action.CREATED, Action.CREATED);
        assertThat(pullSecrets(ci, "argo")).containsExactly("regcred");
    }

    @Test
    void shouldBindADefaultServiceAccountThatAppearsMeanwhile() {
        String ci = lab().namespace("ci");
        var late = new Meddling(lab().admin(), "create serviceaccounts", () -> account(ci, "argo"));

        NamespaceOutcome outcome = sync(late, Ask.sync(ci).accounts("argo").createAccounts());

        assertThat(outcome.status()).isEqualTo(Status.CHANGED);
        assertThat(pullSecrets(ci, "argo")).containsExactly("regcred");
    }

    @Test
    void shouldExplainEnforceMountableSecretsAndASecretUnderSecrets() {
        String ci = lab().namespace("ci");
        make(Resource.SERVICE_ACCOUNTS, ci, """
                metadata: {name: argo, annotations: {kubernetes.io/enforce-mountable-secrets: "true"}}
                secrets: [{name: regcred}]
                """);

        NamespaceOutcome outcome = sync(Ask.sync(ci).accounts("argo"));

        assertThat(outcome.notes())
                .anyMatch(note -> note.contains("enforce-mountable-secrets"))
                .anyMatch(note -> note.contains("under .secrets"));
    }

    @Test
    void shouldListNoPodThatWaitsForNoImage() {
        String ci = lab().namespace("ci");
        pod(ci, "step", "labels: {workflows.argoproj.io/workflow: build-x7k2p}", "[]");
        pod(ci, "own", "{}", "[{name: mine}]");

        assertThat(sync(Ask.sync(ci)).stalePods()).isEmpty();
        assertThat(sync(Ask.unbind(ci)).stalePods()).isEmpty();
    }

    private void pod(String namespace, String name, String metadata, String pullSecrets) {
        String more = metadata.equals("{}") ? "" : ", " + metadata;
        make(Resource.PODS, namespace, "metadata: {name: " + name + more + "}\n" + """
                spec:
                  serviceAccountName: default
                  automountServiceAccountToken: false
                  containers: [{name: main, image: registry.example.com/a}]
                  imagePullSecrets: %s
                status: {phase: Pending}
                """.formatted(pullSecrets));
    }

    @Test
    void shouldReportEachNamespaceByItself() {
        String good = lab().namespace("ci");
        String going = lab().namespace("going");
        String unmanaged = lab().namespace("unmanaged");
        unmanagedSecret(unmanaged, "type: kubernetes.io/dockerconfigjson");
        lab().terminate(going);

        SyncReport report = run(Ask.sync(unmanaged, going, good, "no-such-namespace"));

        assertThat(report.namespaces())
                .extracting(NamespaceOutcome::namespace)
                .containsExactly(List.of(unmanaged, going, good, "no-such-namespace").stream()
                        .sorted()
                        .toArray(String[]::new));
        assertThat(outcome(report, good).status()).isEqualTo(Status.CHANGED);
        assertThat(outcome(report, unmanaged).status()).isEqualTo(Status.REFUSED);
        assertThat(outcome(report, going).message()).contains("Terminating");
        assertThat(outcome(report, "no-such-namespace").message())
                .contains("does not exist", "kubectl create namespace");
        assertThat(report.result().exitCode()).isEqualTo(1);
    }

    @Test
    void shouldReportAMissingOrTerminatingNamespaceWithoutTheRightToListThem() {
        String going = lab().namespace("going");
        lab().terminate(going);
        for (String namespace : List.of(going, "no-such-namespace")) {
            ClusterGateway user = lab().user(
                            Right.of("get", "", "secrets", ""),
                            Right.of("create", "", "secrets", ""),
                            Right.of("update", "", "secrets", ""),
                            Right.of("list", "", "serviceaccounts", ""),
                            Right.of("update", "", "serviceaccounts", ""));

            NamespaceOutcome outcome = sync(user, Ask.sync(namespace).accounts());

            assertThat(outcome.status()).isEqualTo(Status.REFUSED);
            assertThat(outcome.message()).containsAnyOf("erminat", "not found");
        }
    }

    @Test
    void shouldFindNamespacesByGlobAndLabel() {
        String one = lab().namespace("glob-a");
        String two = lab().namespace("glob-b");

        assertThat(run(Ask.sync(one.replaceFirst("a-", "?-"), "glob-b*")).namespaces())
                .extracting(NamespaceOutcome::namespace)
                .contains(one, two);
        SyncReport selected = run(Ask.sync().selector("kubernetes.io/metadata.name=" + one));
        assertThat(selected.namespaces())
                .extracting(NamespaceOutcome::namespace)
                .containsExactly(one);
        assertThat(selected.namespaces().get(0).status()).isEqualTo(Status.UNCHANGED);
    }

    @Test
    void shouldRefuseGlobsThatMatchNothingOrMayNotBeResolved() {
        assertThatThrownBy(() -> run(Ask.sync("nothing-like-it-*")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nothing-like-it-*");
        ClusterGateway user = lab().user();
        assertThatThrownBy(() -> run(user, Ask.sync("ci-*")))
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining("right to list namespaces");
    }

    static NamespaceOutcome outcome(SyncReport report, String namespace) {
        return report.namespaces().stream()
                .filter(outcome -> outcome.namespace().equals(namespace))
                .findFirst()
                .orElseThrow();
    }
}
