package io.jenkins.plugins.argopreflight.step.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.argopreflight.engine.sync.SecretOwner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderIdTest {

    @TempDir
    Path jobs;

    @Test
    void shouldKeepTheIdWhenTheFolderIsMoved() throws IOException {
        Path team = folder("team");
        String id = FolderId.of(team);
        assertThat(FolderId.of(team)).isEqualTo(id);

        Path moved = Files.move(team, jobs.resolve("renamed"));
        assertThat(FolderId.of(moved)).isEqualTo(id);
        assertThat(moved.toFile().list()).as("no temporary file stays").containsExactly("argo-preflight-owner.txt");
    }

    @Test
    void shouldGiveEachFolderItsOwnId() throws IOException {
        assertThat(FolderId.of(folder("one"))).isNotEqualTo(FolderId.of(folder("two")));
    }

    @Test
    void shouldFitIntoALabelTogetherWithTheController() throws IOException {
        String controller = ControllerIdentity.hash(new byte[] {1});
        assertThat(new SecretOwner(controller + "." + FolderId.of(folder("team")), "team").id())
                .hasSize(57);
    }

    @Test
    void shouldGiveAllBuildsTheSameId() throws Exception {
        Path team = folder("team");
        ExecutorService builds = Executors.newFixedThreadPool(8);
        try {
            List<Callable<String>> all = IntStream.range(0, 50)
                    .<Callable<String>>mapToObj(i -> () -> FolderId.of(team))
                    .toList();
            assertThat(builds.invokeAll(all).stream().map(FolderIdTest::get).distinct())
                    .hasSize(1);
        } finally {
            builds.shutdownNow();
        }
    }

    @Test
    void shouldRefuseAnIdThatWasChanged() throws IOException {
        Path team = folder("team");
        Files.writeString(team.resolve("argo-preflight-owner.txt"), "root");
        assertThatThrownBy(() -> FolderId.of(team))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("does not hold the id of a folder");
    }

    @Test
    void shouldGiveEachControllerItsOwnHash() {
        assertThat(ControllerIdentity.hash(new byte[] {1})).isNotEqualTo(ControllerIdentity.hash(new byte[] {2}));
    }

    private Path folder(String name) throws IOException {
        return Files.createDirectory(jobs.resolve(name));
    }

    private static <T> T get(java.util.concurrent.Future<T> future) {
        try {
            return future.get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
