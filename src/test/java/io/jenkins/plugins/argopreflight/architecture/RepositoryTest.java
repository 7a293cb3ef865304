package io.jenkins.plugins.argopreflight.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.testing.ProjectRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The parts of the repository that a maintainer expects: updates of each build file, names for JCasC. */
class RepositoryTest {

    private static final Path ROOT = ProjectRoot.path();
    private static final Pattern DESCRIPTOR = Pattern.compile(
            "@Extension[^;{]*?\\bclass (DescriptorImpl|\\w+\\s+extends\\s+(\\w*Descriptor|GlobalConfiguration))\\b");

    static List<Path> files(String folder, String end) throws IOException {
        try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
            return files.filter(file ->
                            file.toString().endsWith(end) && !file.toString().contains("/target/"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void shouldUpdateTheDependenciesOfEachBuildFile() throws IOException {
        String updates = Files.readString(ROOT.resolve(".github/dependabot.yml"));
        Set<String> folders = new TreeSet<>(Set.of("/", "/central"));
        for (Path module : files("tools", "go.mod")) {
            folders.add("/" + ROOT.relativize(module.getParent()).toString().replace('\\', '/'));
        }
        assertThat(folders).hasSizeGreaterThan(7);
        assertThat(folders)
                .allSatisfy(folder -> assertThat(updates)
                        .containsPattern("(?m)(- |directory: |[\\[ ]\")" + Pattern.quote(folder) + "(\"[,\\]]|$)"));
        assertThat(updates).contains("maven", "gomod", "docker", "github-actions");
    }

    /** A Pipeline step has the name of its function. */
    @Test
    void shouldNameEachDescribableForPipelineAndConfigurationAsCode() throws IOException {
        Set<String> without = new TreeSet<>();
        int found = 0;
        for (Path file : files("src/main/java", ".java")) {
            String source = Files.readString(file);
            found += (int) DESCRIPTOR.matcher(source).results().count();
            if (!isNamed(source)) {
                without.add(file.getFileName().toString());
            }
        }
        assertThat(found).isGreaterThan(11);
        assertThat(without).isEmpty();
    }

    @Test
    void shouldFindADescribableWithoutAName() {
        assertThat(isNamed("@Extension\npublic static class DescriptorImpl extends ClusterForm {"))
                .isFalse();
        assertThat(isNamed("@Extension(optional = true)\npublic class All extends GlobalConfiguration {"))
                .isFalse();
        assertThat(isNamed("@Extension @Symbol(\"a\")\npublic static class DescriptorImpl extends Descriptor<A> {"))
                .isTrue();
    }

    private static boolean isNamed(String source) {
        return source.contains(" getFunctionName() {")
                || DESCRIPTOR
                        .matcher(source)
                        .results()
                        .allMatch(found -> found.group().contains("@Symbol("));
    }
}
