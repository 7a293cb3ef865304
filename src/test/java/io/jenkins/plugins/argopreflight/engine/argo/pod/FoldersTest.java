package io.jenkins.plugins.argopreflight.engine.argo.pod;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FoldersTest {

    private final Random random = new Random(5);

    /** Compares with a look at each folder. */
    @Test
    void shouldFindTheInnermostFolderOfAnyPath() {
        for (int round = 0; round < 2_000; round++) {
            List<String> paths = new ArrayList<>();
            Folders<String> folders = new Folders<>();
            for (int i = random.nextInt(12); i >= 0; i--) {
                String path = path();
                paths.add(path);
                folders.put(path, path);
            }
            String wanted = path();
            Optional<String> innermost = paths.stream()
                    .filter(path -> isIn(wanted, path))
                    .max(Comparator.comparing(
                            path -> Folders.withoutSlashes(path).length()));
            assertThat(folders.findInnermost(wanted))
                    .as(wanted + " in " + paths)
                    .isEqualTo(innermost);
            assertThat(folders.hasAnyWithin(wanted))
                    .as(wanted + " around " + paths)
                    .isEqualTo(paths.stream()
                            .anyMatch(path -> (Folders.withoutSlashes(path) + "/").startsWith(wanted + "/")));
        }
    }

    private static boolean isIn(String path, String folder) {
        String without = Folders.withoutSlashes(folder);
        return path.equals(without) || path.startsWith(without + "/");
    }

    private String path() {
        StringBuilder path = new StringBuilder();
        for (int i = random.nextInt(9); i > 0; i--) {
            path.append("/-a.".charAt(random.nextInt(4)));
        }
        return path.toString();
    }

    @Test
    void shouldTakeTheFirstOfTheSameFolder() {
        Folders<Integer> folders = new Folders<>();
        folders.put("/a/", 1);
        folders.put("/a", 2);
        assertThat(folders.findInnermost("/a/b")).contains(1);
    }
}
