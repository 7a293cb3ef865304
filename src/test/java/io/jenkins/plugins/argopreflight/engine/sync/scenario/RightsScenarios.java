package io.jenkins.plugins.argopreflight.engine.sync.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway.WriteMode;
import io.jenkins.plugins.argopreflight.engine.lab.Ask;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import io.jenkins.plugins.argopreflight.engine.preflight.RunResult;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.Change;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.Change.Action;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.Status;
import io.jenkins.plugins.argopreflight.engine.sync.secret.SyncReport;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.testing.InRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The scenarios with some rights only: nothing is half done, and the smallest Role is reported. */
@ExtendWith(InRun.class)
abstract class RightsScenarios extends SyncScenarios {

    /** Returns the rights that a first run, a second run with another password, and a look-up of pods need. */
    private static List<Right> enough(String namespace) {
        return Stream.of(
                        "get secrets",
                        "create secrets",
                        "update secrets",
                        "list serviceaccounts",
                        "get serviceaccounts",
                        "update serviceaccounts",
                        "list pods")
                .map(text -> right(text, namespace))
                .toList();
    }

    private static Right right(String verbAndResource, String namespace) {
        String[] words = verbAndResource.split(" ");
        return Right.of(words[0], "", words[1], namespace);
    }

    private ClusterGateway without(String namespace, String... missing) {
        List<Right> rights = new ArrayList<>(enough(namespace));
        for (String text : missing) {
            assertThat(rights.remove(right(text, namespace))).isTrue();
        }
        return lab().user(rights.toArray(Right[]::new));
    }

    @Test
    void shouldNeedJustTheseRights() {
        String ci = lab().namespace("ci");
        ClusterGateway user = without(ci);

        assertThat(sync(user, Ask.sync(ci).registry("a.example.com", "team", "old"))
                        .status())
                .isEqualTo(Status.CHANGED);
        SyncReport second = run(user, Ask.sync(ci).registry("a.example.com", "team"));
        assertThat(second.namespaces().get(0).status()).isEqualTo(Status.CHANGED);
        assertThat(second.unseen()).isEmpty();
        assertThat(second.result()).isEqualTo(RunResult.OK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"create secrets", "update serviceaccounts"})
    void shouldRefuseBeforeAnyWriteWithTheSmallestRole(String missing) {
        String ci = lab().namespace("ci");
        ClusterGateway user = without(ci, missing);
        long before = lab().writes();

        NamespaceOutcome outcome = sync(user, Ask.sync(ci));

        assertThat(outcome.status()).isEqualTo(Status.REFUSED);
        assertThat(outcome.message()).contains("not allowed to " + missing.split(" ")[0], missing.split(" ")[1], ci);
        assertThat(outcome.remediation()).hasSize(2);
        assertThat(outcome.remediation().get(0).text())
                .contains("rbac.sh --namespace " + ci)
                .endsWith(" | kubectl apply -f -");
        assertThat(outcome.remediation().get(1).text()).contains("kind: Role\n", "kind: RoleBinding", ci);
        assertThat(lab().writes()).isEqualTo(before);

        apply(outcome.remediation().get(1).text());
        assertThat(eventually(() -> sync(user, Ask.sync(ci)))).isEqualTo(Status.CHANGED);
    }

    /** Applies the Role and its binding, as the reader of the report does. */
    private void apply(String yaml) {
        for (String document : yaml.split("---\n")) {
            ObjectNode object = parse(document);
            String kind = Json.text(object, "kind");
            var resource =
                    Resource.namespaced("rbac.authorization.k8s.io", "v1", kind.toLowerCase(Locale.ROOT) + "s", kind);
            lab().admin().create(resource, object, WriteMode.REAL);
        }
    }

    /** The authorizer hears of a binding a moment after it is stored. */
    private static Status eventually(Supplier<NamespaceOutcome> attempt) {
        Status status = attempt.get().status();
        for (int i = 0; i < 50 && status == Status.REFUSED; i++) {
            LockSupport.parkNanos(100_000_000);
            status = attempt.get().status();
        }
        return status;
    }

    @Test
    void shouldRefuseToMakeAServiceAccountWithoutTheRight() {
        String ci = lab().namespace("ci");
        ClusterGateway user = without(ci);
        long before = lab().writes();

        NamespaceOutcome outcome = sync(user, Ask.sync(ci).accounts("argo").createAccounts());

        assertThat(outcome.status()).isEqualTo(Status.REFUSED);
        assertThat(outcome.message()).contains("not allowed to create serviceaccounts");
        assertThat(outcome.remediation().get(0).text())
                .contains(" registry-secret.yaml registry-secret-create-accounts.yaml |");
        assertThat(outcome.remediation().get(1).text()).contains("""
                - apiGroups: [""]
                  resources: ["serviceaccounts"]
                  verbs: ["create"]
                """);
        assertThat(lab().writes()).isEqualTo(before);
    }

    @Test
    void shouldRefuseAnUpdateBeforeAnyWrite() {
        String ci = lab().namespace("ci");
        sync(Ask.sync(ci).registry("a.example.com", "team", "old"));
        ClusterGateway user = without(ci, "update secrets");

        NamespaceOutcome outcome = sync(user, Ask.sync(ci).registry("a.example.com", "team"));

        assertThat(outcome.status()).isEqualTo(Status.REFUSED);
        assertThat(outcome.message()).contains("update secrets \"regcred\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"list serviceaccounts", "get serviceaccounts"})
    void shouldMakeDoWithEitherWayToReadServiceAccounts(String missing) {
        String ci = lab().namespace("ci");

        assertThat(sync(without(ci, missing), Ask.sync(ci)).status()).isEqualTo(Status.CHANGED);
        assertThat(pullSecrets(ci, "default")).containsExactly("regcred");
    }

    @Test
    void shouldRefuseWithoutAnyWayToReadServiceAccounts() {
        String ci = lab().namespace("ci");

        NamespaceOutcome outcome = sync(without(ci, "list serviceaccounts", "get serviceaccounts"), Ask.sync(ci));

        assertThat(outcome.status()).isEqualTo(Status.REFUSED);
        assertThat(outcome.message()).contains("get serviceaccounts \"default\"");
        assertThat(outcome.remediation().get(1).text()).contains("serviceaccounts");
        assertThat(hasSecret(ci, "regcred")).isFalse();
    }

    @Test
    void shouldSayThatItCouldNotLookForPods() {
        String ci = lab().namespace("ci");

        SyncReport report = run(without(ci, "list pods"), Ask.sync(ci));

        assertThat(report.namespaces().get(0).status()).isEqualTo(Status.CHANGED);
        assertThat(report.unseen()).hasSize(1);
        assertThat(report.unseen().get(0).missingRight()).contains(right("list pods", ci));
        // The request is not about the pods: their report is additional.
        assertThat(report.result()).isEqualTo(RunResult.OK);
    }

    @Test
    void shouldNeedNoRightToWriteForADryRun() {
        String ci = lab().namespace("ci");
        ClusterGateway user = without(ci, "create secrets", "update secrets", "update serviceaccounts");

        NamespaceOutcome outcome = sync(user, Ask.sync(ci).dryRun());

        assertThat(outcome.status()).isEqualTo(Status.CHANGED);
        assertThat(outcome.changes()).extracting(Change::action).containsExactly(Action.CREATED, Action.BOUND);
        assertThat(outcome.notes()).anyMatch(note -> note.contains("the server was not asked"));
        assertThat(outcome.remediation()).anyMatch(each -> each.text().contains("kind: Role\n"));
        assertThat(hasSecret(ci, "regcred")).isFalse();
    }

    /** The next run of a login that can neither read nor update the Secret is refused. */
    @ParameterizedTest
    @CsvSource({"get secrets", "update secrets", "'get secrets,update secrets'"})
    void shouldCreateNothingThatALaterRunCannotChange(String missing) {
        String ci = lab().namespace("ci");
        ClusterGateway user = without(ci, missing.split(","));
        long before = lab().writes();

        SyncReport report = run(user, Ask.sync(ci));

        NamespaceOutcome outcome = report.namespaces().get(0);
        assertThat(outcome.status()).isEqualTo(Status.REFUSED);
        String verbs = missing.replace(" secrets", "").replace(",", "/");
        assertThat(outcome.message())
                .startsWith("not allowed to " + verbs + " secrets \"regcred\" in namespace " + ci
                        + "; nothing was changed");
        assertThat(outcome.message().contains("--adopt")).isEqualTo(missing.equals("get secrets"));
        assertThat(report.refusal())
                .hasValueSatisfying(reason -> assertThat(reason)
                        .contains(verbs, "To fix it: docs/rbac/rbac.sh --namespace " + ci, "--secret regcred"));
        assertThat(lab().writes()).isEqualTo(before);
        assertThat(hasSecret(ci, "regcred")).isFalse();
    }

    /** A login without any right cannot see whether the namespace exists. */
    @Test
    void shouldAskWhetherANamespaceWithoutAnyRightExists() {
        NamespaceOutcome outcome = sync(lab().user(), Ask.sync("no-such-namespace"));

        assertThat(outcome.status()).isEqualTo(Status.REFUSED);
        assertThat(outcome.message())
                .startsWith("not allowed to create secrets in namespace no-such-namespace, get/update secrets")
                .endsWith("no right in namespace no-such-namespace: does it exist?"
                        + " (kubectl get namespace no-such-namespace)");
    }

    @Test
    void shouldWriteBlindlyOnlyWhenForced() {
        String ci = lab().namespace("ci");
        ClusterGateway user = without(ci, "get secrets");

        NamespaceOutcome outcome = sync(user, Ask.sync(ci).adopt());

        assertThat(outcome.status()).isEqualTo(Status.CHANGED);
        assertThat(outcome.notes()).anyMatch(note -> note.startsWith("blind:"));
        assertThat(registries(ci)).containsExactly("registry.example.com");
        assertThat(pullSecrets(ci, "default")).containsExactly("regcred");
    }

    @Test
    void shouldWriteNothingInABlindDryRun() {
        String ci = lab().namespace("ci");

        NamespaceOutcome outcome =
                sync(without(ci, "get secrets"), Ask.sync(ci).adopt().dryRun());

        assertThat(outcome.changes()).extracting(Change::action).containsExactly(Action.CREATED, Action.BOUND);
        assertThat(hasSecret(ci, "regcred")).isFalse();
        assertThat(pullSecrets(ci, "default")).isEmpty();
    }

    @Test
    void shouldNotOverwriteBlindlyUnlessForced() {
        String ci = lab().namespace("ci");
        unmanagedSecret(ci, "type: kubernetes.io/dockerconfigjson");
        ClusterGateway user = without(ci, "get secrets");

        NamespaceOutcome refused = sync(user, Ask.sync(ci));

        assertThat(refused.status()).isEqualTo(Status.REFUSED);
        assertThat(refused.message()).contains("not allowed to get secrets \"regcred\"", "--adopt");
        assertThat(registries(ci)).containsExactly("quay.io");
        assertThat(pullSecrets(ci, "default")).isEmpty();
        assertThat(sync(user, Ask.sync(ci).adopt()).status()).isEqualTo(Status.CHANGED);
        assertThat(registries(ci)).containsExactly("registry.example.com");
    }

    @Test
    void shouldNotTakeAwayBlindlyUnlessForced() {
        String ci = lab().namespace("ci");
        sync(Ask.sync(ci));
        List<Right> rights = new ArrayList<>(enough(ci));
        rights.remove(right("get secrets", ci));
        rights.add(right("delete secrets", ci));
        ClusterGateway user = lab().user(rights.toArray(Right[]::new));

        assertThat(sync(user, Ask.delete(ci)).status()).isEqualTo(Status.REFUSED);
        assertThat(sync(user, Ask.delete(ci).adopt()).status()).isEqualTo(Status.CHANGED);
        assertThat(hasSecret(ci, "regcred")).isFalse();
    }

    @Test
    void shouldRefuseToDeleteWithoutTheRight() {
        String ci = lab().namespace("ci");
        sync(Ask.sync(ci));

        NamespaceOutcome outcome = sync(without(ci), Ask.delete(ci));

        assertThat(outcome.status()).isEqualTo(Status.REFUSED);
        assertThat(outcome.message()).contains("delete secrets \"regcred\"");
        assertThat(pullSecrets(ci, "default")).containsExactly("regcred");
    }

    @Test
    void shouldRefuseToRecreateWithoutEveryRightItNeeds() {
        String ci = lab().namespace("ci");
        unmanagedSecret(ci, "type: Opaque");
        ClusterGateway user = without(ci);
        long before = lab().writes();

        NamespaceOutcome outcome = sync(user, Ask.sync(ci).adopt().recreate());

        assertThat(outcome.status()).isEqualTo(Status.REFUSED);
        assertThat(outcome.message()).contains("delete secrets \"regcred\"", "delete secrets \"regcred-stand-in\"");
        assertThat(lab().writes()).isEqualTo(before);
    }
}
