package io.jenkins.plugins.argopreflight.engine.lint;

import io.jenkins.plugins.argopreflight.engine.check.CheckFixture;
import io.jenkins.plugins.argopreflight.testing.ProjectRoot;
import io.jenkins.plugins.argopreflight.testing.server.ArgoModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The files for which our answers are compared with those of argo lint. */
final class LintFiles {

    static final Path ROOT = ProjectRoot.path();

    private LintFiles() {}

    static List<Path> all() throws IOException {
        List<Path> files = files();
        files.addAll(examples());
        return files;
    }

    /** Returns the workflow files of this project. */
    private static List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        CheckFixture.all().stream()
                .map(fixture -> fixture.folder().resolve("workflow.yaml"))
                .filter(LintFiles::isArgo)
                .forEach(files::add);
        for (String folder : List.of("src/test/resources/lint", "docs/examples")) {
            try (Stream<Path> all = Files.walk(ROOT.resolve(folder))) {
                all.filter(file -> file.toString().endsWith(".yaml")
                                && !file.toString().contains("/cluster/"))
                        .filter(LintFiles::isArgo)
                        .sorted()
                        .forEach(files::add);
            }
        }
        return files;
    }

    /** Argo's own examples, where Go keeps the module that the oracle is built from. */
    static List<Path> examples() throws IOException {
        try (Stream<Path> all = Files.walk(ArgoModule.of("4.0").folder().resolve("examples"))) {
            return all.filter(file -> file.toString().endsWith(".yaml"))
                    .filter(LintFiles::isArgo)
                    .sorted()
                    .toList();
        }
    }

    private static boolean isArgo(Path file) {
        try {
            return Files.readString(file).contains("argoproj.io/");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
