package io.jenkins.plugins.argopreflight.engine.rbac;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterConnection;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Identity;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Identity.ServiceAccount;
import io.jenkins.plugins.argopreflight.engine.kubernetes.IssuedTokens;
import io.jenkins.plugins.argopreflight.engine.kubernetes.TokenAccount;
import io.jenkins.plugins.argopreflight.engine.kubernetes.client.Fabric8Gateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.rbac.WhoAmI;
import io.jenkins.plugins.argopreflight.engine.lab.RealLab;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import io.jenkins.plugins.argopreflight.engine.story.Stage;
import io.jenkins.plugins.argopreflight.testing.InRun;
import io.jenkins.plugins.argopreflight.testing.SetClock;
import io.jenkins.plugins.argopreflight.testing.server.NeedsServers;
import io.jenkins.plugins.argopreflight.testing.server.RealCluster.User;
import io.jenkins.plugins.argopreflight.testing.server.RealRegistry;
import io.jenkins.plugins.argopreflight.testing.server.Server;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The bootstrap credential of {@code docs/rbac}: it gets tokens of one hour, its one line is needed, it does no more. */
@NeedsServers({Server.CLUSTER, Server.REGISTRY})
@ExtendWith(InRun.class)
class BootstrapRbacTest {

    private static final ServiceAccount ACCOUNT = new ServiceAccount("jenkins", "argo-preflight");
    private static final String NAME = "system:serviceaccount:jenkins:argo-preflight";
    private static final Duration HOUR = Duration.ofHours(1);

    private static RealRegistry registry;
    private static RbacScene scene;

    private final SetClock clock = new SetClock();
    private final IssuedTokens tokens = new IssuedTokens(clock);

    @BeforeAll
    static void apply() {
        registry = RealRegistry.withPasswords(Map.of("team", Stage.PASSWORD));
        scene = new RbacScene(registry);
    }

    @AfterAll
    static void close() {
        registry.close();
    }

    private static User bootstrap() {
        scene.apply(Identity.ofServiceAccount("jenkins", "argo-preflight-bootstrap"), "bootstrap.yaml");
        return scene.user("argo-preflight-bootstrap");
    }

    /** Somebody new with the rights of the manifest, without one of them. */
    private static User without(Right removed) {
        User user = scene.stage.cluster().userWith();
        scene.stage.apply(new RbacManifests("bootstrap.yaml").copy(user, removed));
        return user;
    }

    private ClusterGateway connect(User user, ServiceAccount account, Duration lifetime) {
        return Fabric8Gateway.connect(ClusterConnection.DEFAULT
                .withKubeconfigs(scene.stage.cluster().kubeconfig(user))
                .withTokensOf(new TokenAccount(account, lifetime, tokens, "cluster \"prod\"")));
    }

    private static String whoIs(ClusterGateway gateway) {
        return WhoAmI.ask(gateway).ifKnown().map(Identity::user).orElse("nobody");
    }

    /** Returns the number of tokens that were requested from the server in all tests. */
    private static long tokenRequests(User user) {
        return scene.stage.cluster().requests(user).stream()
                .filter(request -> request.resource().equals("serviceaccounts/token"))
                .count();
    }

    @Test
    void shouldWorkAsTheServiceAccountWithOneTokenUntilItIsRenewed() {
        User user = bootstrap();
        long before = tokenRequests(user);
        try (ClusterGateway gateway = connect(user, ACCOUNT, HOUR)) {
            assertThat(whoIs(gateway)).isEqualTo(NAME);
            clock.advance(Duration.ofMinutes(47));
            assertThat(whoIs(gateway)).isEqualTo(NAME);
            assertThat(tokenRequests(user) - before).isEqualTo(1);

            clock.advance(Duration.ofMinutes(2));
            assertThat(whoIs(gateway)).isEqualTo(NAME);
            assertThat(tokenRequests(user) - before).isEqualTo(2);
        }
    }

    /** The API server of this test issues no token for longer than an hour. */
    @Test
    void shouldRenewByTheExpiryThatTheServerShortened() {
        User user = bootstrap();
        long before = tokenRequests(user);
        try (ClusterGateway gateway = connect(user, ACCOUNT, Duration.ofHours(24))) {
            assertThat(whoIs(gateway)).isEqualTo(NAME);
            clock.advance(Duration.ofMinutes(49));
            assertThat(whoIs(gateway)).isEqualTo(NAME);
        }
        assertThat(tokenRequests(user) - before).isEqualTo(2);
    }

    @Test
    void shouldRequestAnotherTokenWhenTheServiceAccountWasCreatedAgain() {
        User user = bootstrap();
        try (ClusterGateway gateway = connect(user, ACCOUNT, HOUR)) {
            assertThat(whoIs(gateway)).isEqualTo(NAME);
            scene.stage.kubectl("delete serviceaccount argo-preflight -n jenkins");
            scene.stage.kubectl("apply -f " + RbacManifests.FOLDER.resolve("identity.yaml"));
            clock.advance(Duration.ofMinutes(1));

            awaitTokenRequest(gateway, user, tokenRequests(user));
            assertThat(whoIs(gateway)).isEqualTo(NAME);
        }
    }

    /** The server accepts a token of a deleted ServiceAccount from its cache for some seconds. */
    private static void awaitTokenRequest(ClusterGateway gateway, User user, long before) {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (tokenRequests(user) == before && System.nanoTime() < end) {
            assertThat(whoIs(gateway)).isEqualTo(NAME);
        }
        assertThat(tokenRequests(user)).isEqualTo(before + 1);
    }

    @Test
    void shouldNeedEachLine() {
        for (Right line : new RbacManifests("bootstrap.yaml").rights()) {
            User user = without(line);
            try (ClusterGateway gateway = connect(user, ACCOUNT, HOUR)) {
                assertThatThrownBy(() -> gateway.get(Resource.SERVICE_ACCOUNTS, "jenkins", "default"))
                        .isInstanceOf(ClusterException.class)
                        .hasMessageContaining(line.toString());
            }
        }
        assertThat(new RbacManifests("bootstrap.yaml").rights())
                .containsExactly(
                        new Right("create", "", "serviceaccounts", "token", ACCOUNT.namespace(), ACCOUNT.name()));
    }

    @Test
    void shouldDoNothingElseWithTheBootstrapCredential() {
        User user = bootstrap();
        scene.stage.kubectl("apply -n jenkins -f - <<'EOF'\napiVersion: v1\nkind: ServiceAccount\n"
                + "metadata: {name: other}\nEOF");
        try (ClusterGateway other = connect(user, new ServiceAccount("jenkins", "other"), HOUR);
                ClusterGateway itself = RealLab.connect(scene.stage.cluster().kubeconfig(user))) {
            assertThatThrownBy(() -> other.get(Resource.SERVICE_ACCOUNTS, "jenkins", "other"))
                    .hasMessageContaining("create serviceaccounts/token \"other\" in namespace jenkins");
            for (String namespace : List.of("jenkins", "ci", "argo")) {
                assertThatThrownBy(() -> itself.list(Resource.SECRETS, namespace, "", ""))
                        .isInstanceOfSatisfying(
                                ClusterException.class,
                                e -> assertThat(e.kind()).isEqualTo(ClusterException.Kind.FORBIDDEN));
            }
        }
    }
}
