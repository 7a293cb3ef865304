package io.jenkins.plugins.argopreflight.engine.kubernetes;

import static io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway.WriteMode.DRY_RUN;
import static io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway.WriteMode.REAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LimitedGatewayTest {

    private static final Resource UNKNOWN_KIND = Resource.clusterScoped("example.com", "v1", "widgets", "Widget");
    private static final Resource TOKEN_REVIEWS =
            Resource.clusterScoped("authentication.k8s.io", "v1", "tokenreviews", "TokenReview");

    private final RecordingCluster cluster = new RecordingCluster("argo", "ci", "ci-team", "kube-system", "production");

    private static ClusterGateway within(ClusterGateway gateway, boolean writes, String... namespaces) {
        return new AccessLimits("cluster \"prod\"", List.of(namespaces), "argo", writes).around(gateway);
    }

    private static ObjectNode review(Resource kind, String namespace, String attributes, String rules) {
        ObjectNode review = KubeObjects.of(kind, namespace, "");
        ObjectNode spec = review.putObject("spec");
        if (!attributes.isEmpty()) {
            spec.putObject("resourceAttributes").put("namespace", attributes);
        }
        if (!rules.isEmpty()) {
            spec.put("namespace", rules);
        }
        return review;
    }

    /** Returns the ways in which a request names a namespace. */
    static Stream<Arguments> waysToNameANamespace() {
        List<Arguments> ways = new ArrayList<>();
        for (Resource kind : List.of(Resource.SECRETS, Resource.PODS, Resource.WORKFLOWS)) {
            add(ways, "get " + kind.kind(), (at, in) -> at.get(kind, in, "x"));
            add(ways, "list " + kind.kind(), (at, in) -> at.list(kind, in, "", ""));
            add(ways, "list by selector " + kind.kind(), (at, in) -> at.list(kind, in, "a=b", "metadata.name=x"));
            add(ways, "create " + kind.kind(), (at, in) -> at.create(kind, KubeObjects.of(kind, in, "x"), REAL));
            add(ways, "dry run " + kind.kind(), (at, in) -> at.create(kind, KubeObjects.of(kind, in, "x"), DRY_RUN));
            add(ways, "replace " + kind.kind(), (at, in) -> at.replace(kind, KubeObjects.of(kind, in, "x"), REAL));
            add(ways, "delete " + kind.kind(), (at, in) -> at.delete(kind, in, "x", "", "", REAL));
            add(ways, "delete, dry run " + kind.kind(), (at, in) -> at.delete(kind, in, "x", "", "", DRY_RUN));
        }
        add(ways, "log", (at, in) -> at.log(in, "x", "main", 10));
        add(ways, "each", (at, in) -> at.each(Resource.PODS, in, "", "", object -> {}));
        add(ways, "get the Namespace", (at, in) -> at.get(Resource.NAMESPACES, "", in));
        add(
                ways,
                "review our right",
                (at, in) -> at.create(
                        Resource.SELF_SUBJECT_ACCESS_REVIEWS,
                        review(Resource.SELF_SUBJECT_ACCESS_REVIEWS, "", in, ""),
                        REAL));
        add(
                ways,
                "review another user's right",
                (at, in) -> at.create(
                        Resource.SUBJECT_ACCESS_REVIEWS, review(Resource.SUBJECT_ACCESS_REVIEWS, "", in, ""), REAL));
        add(
                ways,
                "review it in the namespace",
                (at, in) -> at.create(
                        Resource.LOCAL_SUBJECT_ACCESS_REVIEWS,
                        review(Resource.LOCAL_SUBJECT_ACCESS_REVIEWS, in, "ci", ""),
                        REAL));
        add(
                ways,
                "review our rules",
                (at, in) -> at.create(
                        Resource.SELF_SUBJECT_RULES_REVIEWS,
                        review(Resource.SELF_SUBJECT_RULES_REVIEWS, "", "", in),
                        REAL));
        add(
                ways,
                "as another user",
                (at, in) ->
                        at.as(new Identity("other", List.of())).orElseThrow().get(Resource.SECRETS, in, "x"));
        return ways.stream();
    }

    private static void add(List<Arguments> ways, String name, BiConsumer<ClusterGateway, String> way) {
        ways.add(arguments(name, way));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("waysToNameANamespace")
    void shouldRefuseANamespaceThatIsNotAllowed(String name, BiConsumer<ClusterGateway, String> way) {
        for (String namespace : List.of("kube-system", "production", "CI", "ci-", "ci-a/../kube-system", "ci-a%2f..")) {
            assertThatThrownBy(() -> way.accept(within(cluster, true, "ci", "ci-*"), namespace))
                    .isInstanceOfSatisfying(
                            ClusterException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_ALLOWED))
                    .hasMessage("namespace " + namespace + " is not in allowedNamespaces of cluster \"prod\"");
        }
        assertThat(cluster.requests)
                .filteredOn(request -> !request.startsWith("as "))
                .isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("waysToNameANamespace")
    void shouldPassAnAllowedNamespaceOn(String name, BiConsumer<ClusterGateway, String> way) {
        way.accept(within(cluster, true, "ci", "ci-*"), "ci");
        way.accept(within(cluster, true, "ci", "ci-*"), "ci-team");
        assertThat(cluster.requests).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void shouldListOverAllNamespacesWhatIsAllowed() {
        ClusterGateway limited = within(cluster, true, "ci", "ci-*");
        assertThat(limited.list(Resource.PODS, "", "", ""))
                .extracting(KubeObjects::namespace)
                .containsExactly("ci", "ci-team");
        assertThat(limited.list(Resource.NAMESPACES, "", "a=b", ""))
                .extracting(KubeObjects::name)
                .containsExactly("ci", "ci-team");
    }

    /**
     * Returns the requests for Argo's namespace: only those for objects of the controller that checks read are allowed.
     */
    static Stream<Arguments> inTheNamespaceOfArgo() {
        return Stream.of(
                arguments(Resource.CONFIG_MAPS, true),
                arguments(Resource.DEPLOYMENTS, true),
                arguments(Resource.SERVICE_ACCOUNTS, true),
                arguments(Resource.ROLES, true),
                arguments(Resource.ROLE_BINDINGS, true),
                arguments(Resource.SECRETS, false),
                arguments(Resource.PODS, false),
                arguments(Resource.WORKFLOWS, false),
                arguments(Resource.PERSISTENT_VOLUME_CLAIMS, false));
    }

    @ParameterizedTest
    @MethodSource("inTheNamespaceOfArgo")
    void shouldReadOfArgoWhatChecksNeedAndWriteNothing(Resource resource, boolean readable) {
        ClusterGateway limited = within(cluster, true, "ci");
        for (Consumer<ClusterGateway> read : List.<Consumer<ClusterGateway>>of(
                at -> at.get(resource, "argo", "x"), at -> at.list(resource, "argo", "", ""))) {
            if (readable) {
                read.accept(limited);
            } else {
                assertRefused(() -> read.accept(limited), "namespace argo is not in allowedNamespaces");
            }
        }
        ObjectNode object = KubeObjects.of(resource, "argo", "x");
        assertRefused(() -> limited.create(resource, object, DRY_RUN), "namespace argo");
        assertRefused(() -> limited.create(resource, object, REAL), "namespace argo");
        assertRefused(() -> limited.replace(resource, object, REAL), "namespace argo");
        assertRefused(() -> limited.delete(resource, "argo", "x", "", "", REAL), "namespace argo");
    }

    @Test
    void shouldReadOfOtherNamespacesOnlyWhetherThereIsAnAutoscaler() {
        ClusterGateway limited = within(cluster, true, "ci");
        limited.get(Resource.CONFIG_MAPS, "kube-system", "cluster-autoscaler-status");

        assertThat(cluster.requests).hasSize(1);
        assertRefused(() -> limited.get(Resource.CONFIG_MAPS, "kube-system", "x"), "namespace kube-system");
        assertRefused(() -> limited.get(Resource.SECRETS, "kube-system", "cluster-autoscaler-status"), "namespace");
        assertRefused(() -> limited.list(Resource.CONFIG_MAPS, "kube-system", "", ""), "namespace kube-system");
    }

    @Test
    void shouldAskForRightsOfTheController() {
        within(cluster, true, "ci")
                .create(
                        Resource.LOCAL_SUBJECT_ACCESS_REVIEWS,
                        review(Resource.LOCAL_SUBJECT_ACCESS_REVIEWS, "argo", "argo", ""),
                        REAL);
        assertThat(cluster.requests).containsExactly("create localsubjectaccessreviews argo");
    }

    @Test
    void shouldReadWithoutANamespaceOnlyWhatChecksNeed() {
        ClusterGateway limited = within(cluster, true, "ci");
        for (Resource resource : List.of(Resource.NODES, Resource.CLUSTER_ROLES, Resource.STORAGE_CLASSES)) {
            limited.get(resource, "", "x");
            limited.list(resource, "", "", "");
        }
        assertRefused(
                () -> limited.list(UNKNOWN_KIND, "", "", ""),
                "widgets.example.com belong to no namespace and are not in allowedNamespaces of cluster \"prod\"");
        assertRefused(() -> limited.get(UNKNOWN_KIND, "", "x"), "widgets.example.com");
        assertRefused(
                () -> limited.create(Resource.CLUSTER_ROLES, KubeObjects.of(Resource.CLUSTER_ROLES, "", "x"), REAL),
                "clusterroles.rbac.authorization.k8s.io belong to no namespace");
        assertRefused(
                () -> limited.create(TOKEN_REVIEWS, KubeObjects.of(TOKEN_REVIEWS, "", ""), REAL),
                "tokenreviews.authentication.k8s.io");
        assertThat(cluster.requests).hasSize(6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ci", ""})
    void shouldWriteNothingWithoutAllowWrites(String allowed) {
        ClusterGateway limited = within(cluster, false, allowed.isEmpty() ? new String[0] : new String[] {allowed});
        ObjectNode secret = KubeObjects.of(Resource.SECRETS, "ci", "x");
        String why = "cluster \"prod\" allows no writes (allowWrites)";
        assertRefused(() -> limited.create(Resource.SECRETS, secret, REAL), why);
        assertRefused(() -> limited.replace(Resource.SECRETS, secret, REAL), why);
        assertRefused(() -> limited.delete(Resource.SECRETS, "ci", "x", "", "", REAL), why);
        assertRefused(
                () -> limited.as(new Identity("other", List.of())).orElseThrow().create(Resource.SECRETS, secret, REAL),
                why);
        cluster.requests.clear();
        limited.create(Resource.SECRETS, secret, DRY_RUN);
        limited.create(
                Resource.SELF_SUBJECT_ACCESS_REVIEWS, review(Resource.SELF_SUBJECT_ACCESS_REVIEWS, "", "ci", ""), REAL);
        limited.get(Resource.SECRETS, "ci", "x");
        assertThat(cluster.requests).hasSize(3);
    }

    @Test
    void shouldBeTheGatewayItselfWithoutLimits() {
        assertThat(within(cluster, true)).isSameAs(cluster);
        assertThat(within(cluster, false).limits()).isPresent();
    }

    private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable request, String reason) {
        assertThatThrownBy(request)
                .isInstanceOfSatisfying(
                        ClusterException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_ALLOWED))
                .hasMessageContaining(reason);
    }
}
