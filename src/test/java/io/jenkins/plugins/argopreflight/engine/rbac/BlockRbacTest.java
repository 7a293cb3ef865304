package io.jenkins.plugins.argopreflight.engine.rbac;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterConnection;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterEndpoint;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterEndpoint.Trust;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterLogin;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Identity;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Identity.ServiceAccount;
import io.jenkins.plugins.argopreflight.engine.kubernetes.client.Fabric8Gateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.kubeconfig.BlockLogin;
import io.jenkins.plugins.argopreflight.engine.kubernetes.rbac.WhoAmI;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.story.Stage;
import io.jenkins.plugins.argopreflight.engine.util.secret.Password;
import io.jenkins.plugins.argopreflight.testing.InRun;
import io.jenkins.plugins.argopreflight.testing.server.NeedsServers;
import io.jenkins.plugins.argopreflight.testing.server.RealCluster;
import io.jenkins.plugins.argopreflight.testing.server.RealRegistry;
import io.jenkins.plugins.argopreflight.testing.server.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The login of a block with {@code docs/rbac/block.yaml}: it works until it is revoked, and each line is needed. */
@NeedsServers({Server.CLUSTER, Server.REGISTRY})
@ExtendWith(InRun.class)
class BlockRbacTest {

    private static final ServiceAccount ACCOUNT = new ServiceAccount("jenkins-blocks", "argo-block");
    private static final String NAME = "system:serviceaccount:jenkins-blocks:argo-block";

    private RealRegistry registry;
    private RbacScene scene;

    @BeforeEach
    void setUp() {
        registry = RealRegistry.withPasswords(Map.of("team", Stage.PASSWORD));
        scene = new RbacScene(registry);
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void shouldIssueTokensThatAreOfNoUseAfterTheBlock() throws Exception {
        ClusterGateway jenkins = scene.jenkins("block.yaml");
        BlockLogin login = login(jenkins);

        Password first = login.open("job#1").token();
        Password second = login.renew().token();

        assertThat(second).isNotEqualTo(first);
        assertThat(whoIs(first)).isEqualTo(NAME);
        assertThat(whoIs(second)).isEqualTo(NAME);
        // After a restart it is opened again.
        assertThat(whoIs(login.open("job#1").token())).isEqualTo(NAME);

        login.revoke();
        login.revoke();

        awaitRefusal(first);
        awaitRefusal(second);
    }

    /** A token has no right but those of its ServiceAccount. */
    @Test
    void shouldGiveNoRightOfJenkins() throws Exception {
        BlockLogin login = login(scene.jenkins("block.yaml"));
        try (ClusterGateway block = connect(login.open("job#1").token())) {
            assertThat(refusal(() -> block.list(Resource.SECRETS, "jenkins-blocks", "", "")))
                    .contains("list secrets");
        } finally {
            login.revoke();
        }
    }

    @Test
    void shouldNeedEachLine() {
        scene.apply(Identity.ofServiceAccount("jenkins", "argo-preflight"), "block.yaml");
        scene.eachLineIsNeeded("block.yaml", user -> {
            BlockLogin login = login(user);
            return refusal(() -> login.open("job#1")) + refusal(login::revoke);
        });
    }

    private static BlockLogin login(ClusterGateway jenkins) {
        return new BlockLogin(
                jenkins, ACCOUNT, BlockLogin.secret(UUID.randomUUID().toString()));
    }

    private static String refusal(Runnable request) {
        try {
            request.run();
            return "";
        } catch (ClusterException e) {
            return e.getMessage().replaceAll("cannot (\\w+) resource \"([^\"]+)\" in API group \"\"", "$1 $2") + "\n";
        }
    }

    private static ClusterGateway connect(Password token) throws IOException {
        Trust trust = new Trust(Files.readString(RealCluster.get().certificateAuthority()), false, "");
        return Fabric8Gateway.connect(ClusterConnection.DEFAULT.to(
                ClusterEndpoint.of("block", RealCluster.get().url(), trust, ClusterLogin.token(token))));
    }

    private static String whoIs(Password token) throws IOException {
        try (ClusterGateway gateway = connect(token)) {
            return WhoAmI.ask(gateway).ifKnown().map(Identity::user).orElse("nobody");
        }
    }

    /** The server has a cache of ten seconds. */
    private static void awaitRefusal(Password token) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!whoIs(token).equals("nobody") && System.nanoTime() < end) {
            Thread.sleep(500);
        }
        assertThat(whoIs(token)).isEqualTo("nobody");
    }
}
