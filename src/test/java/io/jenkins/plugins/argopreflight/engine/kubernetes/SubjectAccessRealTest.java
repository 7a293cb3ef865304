package io.jenkins.plugins.argopreflight.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.kubernetes.client.Fabric8Gateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.rbac.SubjectAccess;
import io.jenkins.plugins.argopreflight.engine.kubernetes.rbac.SubjectAccess.Answer;
import io.jenkins.plugins.argopreflight.engine.kubernetes.rbac.SubjectAccess.Asked;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import io.jenkins.plugins.argopreflight.testing.InRun;
import io.jenkins.plugins.argopreflight.testing.server.AuditedRequest;
import io.jenkins.plugins.argopreflight.testing.server.NeedsServers;
import io.jenkins.plugins.argopreflight.testing.server.RealCluster;
import io.jenkins.plugins.argopreflight.testing.server.RealCluster.User;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The ways to ask for the rights of a ServiceAccount, on a real kube-apiserver. The rights of the caller decide which
 * way is used.
 */
@NeedsServers
@ExtendWith(InRun.class)
class SubjectAccessRealTest {

    private static final String REVIEWS = "authorization.k8s.io";
    private static final String RBAC = "rbac.authorization.k8s.io";
    private static final String READ = "Roles and bindings that were read";

    private final RealCluster cluster = RealCluster.get();
    private final String namespace = cluster.namespace("subject");
    private final Identity bot = Identity.ofServiceAccount(namespace, "bot");
    private final Asked yes = new Asked(bot, Right.of("create", "argoproj.io", "workflowtaskresults", namespace));
    private final Asked byGroup = new Asked(bot, Right.of("patch", "argoproj.io", "workflowtaskresults", namespace));
    private final Asked no = new Asked(bot, Right.of("delete", "argoproj.io", "workflowtaskresults", namespace));
    private final Asked everywhere = new Asked(bot, Right.of("get", "argoproj.io", "clusterworkflowtemplates", ""));
    private final List<Asked> questions = List.of(yes, byGroup, no, everywhere);

    SubjectAccessRealTest() {
        grantTo(yes.right().verb(), Map.of("kind", "ServiceAccount", "name", "bot", "namespace", namespace));
        grantTo(
                byGroup.right().verb(),
                Map.of("apiGroup", RBAC, "kind", "Group", "name", "system:serviceaccounts:" + namespace));
    }

    private void grantTo(String verb, Map<String, String> subject) {
        String path = "/apis/" + RBAC + "/v1/namespaces/" + namespace + "/role";
        Map<String, String> name = Map.of("name", verb);
        Map<String, Object> rule = Map.of(
                "verbs", List.of(verb),
                "apiGroups", List.of("argoproj.io"),
                "resources", List.of("workflowtaskresults"));
        cluster.api().create(path + "s", Map.of("metadata", name, "rules", List.of(rule)));
        cluster.api()
                .create(
                        path + "bindings",
                        Map.of(
                                "metadata", name,
                                "roleRef", Map.of("apiGroup", RBAC, "kind", "Role", "name", verb),
                                "subjects", List.of(subject)));
    }

    @Test
    void shouldAskWithOneReviewARight() {
        User asker = cluster.userWith(Right.of("create", REVIEWS, "subjectaccessreviews", ""));

        assertAnswers(asker, "SubjectAccessReview", "SubjectAccessReview");
        assertThat(asked(asker)).hasSize(4);
    }

    @Test
    void shouldAskInTheNamespaceWhenNotInTheCluster() {
        User asker = cluster.userWith(Right.of("create", REVIEWS, "localsubjectaccessreviews", namespace));

        assertAnswers(asker, "LocalSubjectAccessReview", "");
        assertThat(asked(asker).filter(resource -> resource.equals("subjectaccessreviews")))
                .as("learned once that it may not")
                .hasSize(1);
    }

    @Test
    void shouldImpersonateTheUserWhenAllowed() {
        User asker = cluster.userWith(
                Right.of("impersonate", "", "serviceaccounts", namespace).named("bot"));
        String source = "SelfSubjectAccessReview as " + bot.user();

        assertAnswers(asker, source, source);
    }

    @Test
    void shouldReadRolesWhenNoReviewIsPossible() {
        User asker = cluster.userWith(
                Right.of("list", RBAC, "roles", namespace),
                Right.of("list", RBAC, "rolebindings", namespace),
                Right.of("list", RBAC, "clusterroles", ""),
                Right.of("list", RBAC, "clusterrolebindings", ""));

        assertAnswers(asker, READ, READ);
        assertThat(asked(asker).filter(resource -> resource.endsWith("rolebindings")))
                .hasSize(2);
    }

    @Test
    void shouldTakeOnlyAYesFromRolesThatWereReadInPart() {
        User asker = cluster.userWith(
                Right.of("list", RBAC, "roles", namespace), Right.of("list", RBAC, "rolebindings", namespace));

        Map<Asked, Answer> answers = ask(asker);

        assertThat(answers.get(yes)).isEqualTo(new Answer(Fact.known(true), READ));
        assertThat(answers.get(byGroup)).isEqualTo(new Answer(Fact.known(true), READ));
        assertThat(answers.get(no)).isEqualTo(unknown("localsubjectaccessreviews", namespace));
        assertThat(answers.get(everywhere)).isEqualTo(unknown("subjectaccessreviews", ""));
    }

    @Test
    void shouldNameTheSmallestRightWhenNoWayIsOpen() {
        assertThat(ask(cluster.userWith()))
                .allSatisfy((asked, answer) -> assertThat(answer)
                        .isEqualTo(
                                asked.equals(everywhere)
                                        ? unknown("subjectaccessreviews", "")
                                        : unknown("localsubjectaccessreviews", namespace)));
    }

    /** @param everywhereSource "" when what holds in the whole cluster cannot be asked */
    private void assertAnswers(User asker, String source, String everywhereSource) {
        Map<Asked, Answer> answers = ask(asker);

        assertThat(answers).containsOnlyKeys(questions);
        assertThat(answers.get(yes)).isEqualTo(new Answer(Fact.known(true), source));
        assertThat(answers.get(byGroup)).isEqualTo(new Answer(Fact.known(true), source));
        assertThat(answers.get(no)).isEqualTo(new Answer(Fact.known(false), source));
        assertThat(answers.get(everywhere))
                .isEqualTo(
                        everywhereSource.isEmpty()
                                ? unknown("subjectaccessreviews", "")
                                : new Answer(Fact.known(false), everywhereSource));
    }

    private static Answer unknown(String resource, String in) {
        return new Answer(Fact.missing(Right.of("create", REVIEWS, resource, in)), "");
    }

    private Map<Asked, Answer> ask(User asker) {
        try (ClusterGateway gateway =
                Fabric8Gateway.connect(ClusterConnection.DEFAULT.withKubeconfigs(cluster.kubeconfig(asker)))) {
            SubjectAccess access = new SubjectAccess(gateway, 1);
            Map<Asked, Answer> first = access.ask(questions);
            int requests = cluster.requests(asker).size();
            assertThat(access.ask(questions)).isEqualTo(first);
            assertThat(cluster.requests(asker)).as("each question once").hasSize(requests);
            return first;
        }
    }

    private Stream<String> asked(User asker) {
        return cluster.requests(asker).stream().map(AuditedRequest::resource);
    }
}
