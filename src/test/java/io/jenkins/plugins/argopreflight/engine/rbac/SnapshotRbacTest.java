package io.jenkins.plugins.argopreflight.engine.rbac;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import io.jenkins.plugins.argopreflight.engine.story.Stage;
import io.jenkins.plugins.argopreflight.offline.Snapshot;
import io.jenkins.plugins.argopreflight.testing.InRun;
import io.jenkins.plugins.argopreflight.testing.server.NeedsServers;
import io.jenkins.plugins.argopreflight.testing.server.RealRegistry;
import io.jenkins.plugins.argopreflight.testing.server.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The manifest of {@code docs/rbac} for a snapshot: a person reads all, each line is needed, and Jenkins gets no right by it. */
@NeedsServers({Server.CLUSTER, Server.REGISTRY})
@ExtendWith(InRun.class)
class SnapshotRbacTest {

    @TempDir
    private Path temporary;

    @Test
    void shouldReadEverythingAndNeedEachLine() {
        try (RealRegistry registry = RealRegistry.withPasswords(Map.of("team", Stage.PASSWORD))) {
            RbacScene scene = new RbacScene(registry);
            scene.stage.references();

            assertThat(capture(scene.person("jane@example.com", "snapshot.yaml"))
                            .unseen())
                    .isEmpty();
            assertThat(capture(scene.account("argo-preflight")).missingRights())
                    .contains(Right.of("list", "", "secrets", "ci"));

            scene.eachLineIsNeeded(
                    "snapshot.yaml",
                    user -> capture(user).missingRights().stream()
                            .map(Right::toString)
                            .collect(Collectors.joining("\n")));
        }
    }

    private Snapshot.Written capture(ClusterGateway as) {
        try (as) {
            return new Snapshot(as, 8)
                    .write(List.of("ci"), "argo", List.of(), Files.createTempDirectory(temporary, "snapshot"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
