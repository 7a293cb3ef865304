package io.jenkins.plugins.argopreflight.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import io.jenkins.plugins.argopreflight.testing.Architecture;
import io.jenkins.plugins.argopreflight.testing.ProjectRoot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CodeRulesTest {

    private static final String PACKAGE = "package-info.java";
    private static final Path ROOT = ProjectRoot.path();
    private static final Pattern SERVER = Pattern.compile("import [a-z.]+\\.testing\\.server\\.Real");
    private static final Pattern OPEN = Pattern.compile("\\bBudget\\s*(\\.|::)\\s*open\\b");
    private static final Pattern BIND = Pattern.compile("\\.bind\\(\\)|\\bBudget::bind\\b");
    private static final Pattern CLASS = Pattern.compile("`([A-Z]\\w+)`");
    private static final Pattern SUPER = Pattern.compile("super\\(\"([^\"]*)\"\\)");

    /** Reading them takes longer than any rule. */
    private final JavaClasses code = Architecture.classesIn("io.jenkins.plugins.argopreflight");

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Stream.of("src", "central")
                .flatMap(folder -> walk(ROOT.resolve(folder)))
                .filter(file -> file.toString().endsWith(".java"))
                .filter(file -> !file.toString().contains("/target/"))) {
            return files.toList();
        }
    }

    private static Stream<Path> walk(Path folder) {
        try {
            return Files.walk(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isTest(Path file) {
        return ROOT.relativize(file).toString().matches(".*src/(jenkins-)?test/.*");
    }

    /**
     * A name stands for one class, so that it has one meaning. Each package with texts of Jenkins has its own
     * {@code Messages}.
     */
    @Test
    void shouldNameNoTwoClassesAlike() throws IOException {
        assertThat(sources())
                .hasSizeGreaterThan(20)
                .extracting(file -> String.valueOf(file.getFileName()))
                .filteredOn(
                        name -> !Set.of("Messages.java", "package-info.java").contains(name))
                .doesNotHaveDuplicates();
    }

    /** Else they fail where the servers are not built, and run with the fast ones. */
    @Test
    void shouldMarkEachTestThatNeedsServers() throws IOException {
        List<Path> tests = new ArrayList<>();
        for (Path file : sources()) {
            if (file.toString().endsWith("Test.java")
                    && SERVER.matcher(Files.readString(file)).find()) {
                tests.add(file);
            }
        }
        assertThat(tests)
                .hasSizeGreaterThan(20)
                .allSatisfy(file -> assertThat(file).content().contains("@NeedsServers"));
    }

    /** NullAway checks no others. The comment of a package says what the package is for. */
    @Test
    void shouldMarkEachPackageForTheCheckOfNull() throws IOException {
        Set<Path> packages = sources().stream()
                .filter(file ->
                        file.startsWith(ROOT.resolve("src/main")) || file.startsWith(ROOT.resolve("src/offline")))
                .map(Path::getParent)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(packages)
                .hasSizeGreaterThan(20)
                .allSatisfy(folder -> assertThat(folder.resolve(PACKAGE))
                        .content()
                        .matches("(?s)/\\*\\*.*\\*/\n@NullMarked\npackage .*"));
    }

    /** Cycles inside the boxes of the drawing count, too. */
    @Test
    void shouldHaveNoCyclesOfPackages() {
        SlicesRuleDefinition.slices()
                .matching("io.jenkins.plugins.argopreflight.(**)")
                .should()
                .beFreeOfCycles()
                .check(code);
    }

    /** SpotBugs refuses it in the build against genuine Jenkins: both are null for a root. */
    @Test
    void shouldDereferenceNoParentOrFileNameOfAPath() throws IOException {
        assertThat(sources().stream().filter(file -> !isTest(file)))
                .allSatisfy(file -> assertThat(Files.readString(file))
                        .as(ROOT.relativize(file).toString())
                        .doesNotContainPattern("getFileName\\(\\)\\s*\\.|Files\\.\\w+\\([^()]*getParent\\(\\)"));
    }

    /** Jackson reads null as the text "null" if no default is given: {@code namespace:} is a namespace of this name. */
    @Test
    void shouldReadNoFieldThatIsNullAsText() throws IOException {
        assertThat(sources().stream().filter(file -> !isTest(file)))
                .allSatisfy(file -> assertThat(Files.readString(file))
                        .as(ROOT.relativize(file).toString())
                        .doesNotContainPattern("\\.(path|at)\\([^()]*\\)\\s*\\.asText\\(\\)"));
    }

    /** Jenkins names a log file after each, and Windows refuses a colon in it. */
    @Test
    void shouldNamePeriodicWorkAsAFileCanBeNamed() throws IOException {
        List<String> names = new ArrayList<>();
        for (Path file : sources()) {
            String source = Files.readString(file);
            if (source.contains("extends AsyncPeriodicWork") || source.contains("extends EndedWork<")) {
                SUPER.matcher(source).results().forEach(result -> names.add(result.group(1)));
            }
        }
        assertThat(names).hasSizeGreaterThan(3).allMatch(name -> name.matches("[A-Za-z0-9 .-]+"));
    }

    /** Else a part of a run has limits of its own, and a thread that works for no run works without an error. */
    @Test
    void shouldOpenAndBindABudgetOnlyWhereTheDecisionSays() throws IOException {
        Set<String> used = new TreeSet<>();
        for (Path file : sources()) {
            String name = String.valueOf(file.getFileName()).replace(".java", "");
            String source = isTest(file) || name.equals("Budget") ? "" : Files.readString(file);
            OPEN.matcher(source).results().forEach(call -> used.add("open: " + name));
            BIND.matcher(source).results().forEach(call -> used.add("bind: " + name));
        }
        Set<String> decided = new TreeSet<>();
        for (String line : Files.readAllLines(ROOT.resolve("docs/adr/0012-one-budget-for-a-run.md"))) {
            if (line.startsWith("| open: ") || line.startsWith("| bind: ")) {
                CLASS.matcher(line).results().forEach(name -> decided.add(line.substring(2, 8) + name.group(1)));
            }
        }
        assertThat(used).hasSizeGreaterThan(10).isEqualTo(decided);
    }

    @Test
    void shouldReachTheKubernetesClientThroughOnePackageOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..engine.kubernetes.client..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.fabric8..")
                .check(code);
    }

    /** A kubeconfig can name files and programs of the controller, and in Jenkins any user can provide one. */
    @Test
    void shouldReadNoKubeconfigFilesInJenkins() {
        noClasses()
                .that()
                .resideOutsideOfPackages("..engine..", "..cli..", "..testing..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterSource$Files")
                .orShould()
                .callMethod(
                        "io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterConnection",
                        "withKubeconfigs",
                        "[Ljava.nio.file.Path;")
                .check(code);
    }
}
