package io.jenkins.plugins.argopreflight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.testing.ProjectRoot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ./preflight in a tree of its own, with a java and a mvn that only say how they were called. */
class LauncherTest {

    private static final List<String> TOOLS = List.of(
            "bash",
            "dirname",
            "readlink",
            "sed",
            "head",
            "find",
            "mktemp",
            "mkdir",
            "cat",
            "rm",
            "mv",
            "touch",
            "flock");

    @TempDir
    Path folder;

    private String home = "";
    private Path root;
    private Path bin;

    @BeforeEach
    void plant() throws IOException {
        root = Files.createDirectories(folder.resolve("project with a space"));
        bin = Files.createDirectories(folder.resolve("bin"));
        Files.copy(ProjectRoot.path().resolve("preflight"), root.resolve("preflight"));
        for (String source : List.of(
                "src/main/A.java",
                "src/offline/C.java",
                "central/cli/src/main/B.java",
                "central/pom.xml",
                "central/cli/pom.xml",
                "central/engine/pom.xml",
                "central/offline/pom.xml")) {
            Files.createDirectories(root.resolve(source).getParent());
            Files.writeString(root.resolve(source), "");
        }
        for (String tool : TOOLS) {
            script(tool, "exec " + which(tool) + " \"$@\"\n");
        }
    }

    private static Path which(String tool) {
        return List.of("/usr/bin", "/bin").stream()
                .map(folder -> Path.of(folder, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError(tool + " is not installed"));
    }

    private void script(String name, String body) throws IOException {
        Path script = Files.writeString(bin.resolve(name), "#!" + which("bash") + "\n" + body);
        assertThat(script.toFile().setExecutable(true)).isTrue();
    }

    private void java(int version) throws IOException {
        script(
                "java",
                "if [ \"$1\" = -version ]; then echo 'openjdk version \"" + version + ".0.1\"' >&2; exit; fi\n"
                        + "case \"$*\" in *ArchiveClassesAtExit*) exit 1;; esac\n"
                        + "while [ \"$1\" != -jar ]; do shift; done; echo \"ran: ${*:3}\"; exit 7\n");
        script("javac", "");
    }

    private void maven() throws IOException {
        script(
                "mvn",
                "mkdir -p '" + jar().getParent() + "'; touch '" + jar() + "'; echo built >>'" + folder.resolve("builds")
                        + "'\n");
    }

    private Path jar() {
        return root.resolve("central/cli/target/argo-preflight.jar");
    }

    private int builds() throws IOException {
        Path builds = folder.resolve("builds");
        return Files.exists(builds) ? Files.readAllLines(builds).size() : 0;
    }

    private Ran launch(Path launcher, String... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", bin.toString());
        if (!home.isEmpty()) {
            builder.environment().put("JAVA_HOME", home);
        }
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ran(process.waitFor(), out, err);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldStartSeveralTimesAtOnce(boolean withLock) throws Exception {
        java(17);
        Path dumps = folder.resolve("dumps");
        String archiver = """
            for a; do case $a in -XX:DumpLoadedClassList=*) : >"${a#*=}";; -XX:SharedArchiveFile=*) archive=${a#*=};; esac; done
            case "$*" in *-Xshare:dump*) : >"$archive"; echo dumped >>'%s'; %s 1; exit;; esac
            """.formatted(dumps, which("sleep"));
        Path java = bin.resolve("java");
        Files.writeString(java, Files.readString(java).replace("case \"$*\"", archiver + "case \"$*\""));
        maven();
        if (!withLock) {
            Files.delete(bin.resolve("flock"));
        }
        List<CompletableFuture<Ran>> runs = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            runs.add(CompletableFuture.supplyAsync(() -> {
                try {
                    return launch(root.resolve("preflight"), "demo");
                } catch (IOException | InterruptedException e) {
                    throw new CompletionException(e);
                }
            }));
        }
        for (CompletableFuture<Ran> run : runs) {
            Ran ran = run.get(1, TimeUnit.MINUTES);
            assertThat(ran.exit()).as(ran.err()).isEqualTo(7);
            assertThat(ran.err()).doesNotContain("mv:");
        }
        if (withLock) {
            assertThat(builds()).isEqualTo(1);
            assertThat(Files.readAllLines(dumps)).hasSize(1);
        }
    }

    @Test
    void shouldBuildOnceAndThenOnlyWhenASourceIsNewer() throws IOException, InterruptedException {
        java(17);
        maven();
        Ran first = launch(root.resolve("preflight"), "sync", "--name", "a b");
        assertThat(first.exit()).as(first.err()).isEqualTo(7);
        assertThat(first.out()).isEqualTo("ran: sync --name a b\n");
        assertThat(first.err())
                .isEqualTo("preflight: building the command line with Maven; later runs start at once\n"
                        + "preflight: preparing a faster start, once after each build\n");
        assertThat(launch(root.resolve("preflight"), "demo").err()).isEmpty();
        assertThat(builds()).isEqualTo(1);
        int builds = 1;
        for (String source : List.of("src/main/A.java", "src/offline/C.java")) {
            FileTime before = Files.getLastModifiedTime(root.resolve(source));
            Files.setLastModifiedTime(
                    root.resolve(source), FileTime.from(Instant.now().plusSeconds(60)));
            assertThat(launch(root.resolve("preflight"), "demo").out()).isEqualTo("ran: demo\n");
            Files.setLastModifiedTime(root.resolve(source), before);
            builds++;
            assertThat(builds()).as(source).isEqualTo(builds);
        }
    }

    @Test
    void shouldWorkThroughSymbolicLinksFromAnywhere() throws IOException, InterruptedException {
        java(21);
        maven();
        Path absolute = Files.createSymbolicLink(folder.resolve("absolute"), root.resolve("preflight"));
        Path relative = Files.createSymbolicLink(bin.resolve("relative"), Path.of("../absolute"));
        assertThat(launch(relative, "demo").out()).isEqualTo("ran: demo\n");
        assertThat(launch(absolute, "demo").out()).isEqualTo("ran: demo\n");
    }

    @ParameterizedTest
    @CsvSource({
        "0,  no java found: install a JDK 17 or later and put it on PATH",
        "11, java is version 11",
        "17, no mvn found: install Maven 3.8 or later",
    })
    void shouldSayInOneLineWhatIsMissing(int java, String said) throws IOException, InterruptedException {
        if (java > 0) {
            java(java);
        }
        Ran ran = launch(root.resolve("preflight"), "demo");
        assertThat(ran.exit()).isEqualTo(3);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err().lines())
                .singleElement()
                .asString()
                .startsWith("preflight: ")
                .contains(said);
    }

    @Test
    void shouldNotRunOnAnOldJavaWhatANewerOneBuilt() throws IOException, InterruptedException {
        java(17);
        maven();
        launch(root.resolve("preflight"), "demo");
        Files.writeString(folder.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"11.0.2\"\n");
        Ran ran = launch(root.resolve("preflight"), "demo");
        assertThat(ran.exit()).isEqualTo(3);
        assertThat(ran.err()).startsWith("preflight: java is version 11 (").hasLineCount(1);
    }

    @Test
    void shouldSayWhereJavaHomeLeads() throws IOException, InterruptedException {
        java(17);
        maven();
        home = "/no/such";
        Ran ran = launch(root.resolve("preflight"), "demo");
        assertThat(ran.exit()).isEqualTo(3);
        assertThat(ran.err())
                .startsWith("preflight: JAVA_HOME is /no/such, where there is no bin/java")
                .hasLineCount(1);
    }

    @Test
    void shouldWantACompiler() throws IOException, InterruptedException {
        java(17);
        maven();
        Files.delete(bin.resolve("javac"));
        assertThat(launch(root.resolve("preflight")).err()).contains("has no compiler beside it");
    }

    @Test
    void shouldShowWhyTheBuildFailed() throws IOException, InterruptedException {
        java(17);
        script("mvn", "echo '[ERROR] no such artifact'; exit 1\n");
        Ran ran = launch(root.resolve("preflight"), "demo");
        assertThat(ran.exit()).isEqualTo(3);
        assertThat(ran.err()).contains("[ERROR] no such artifact").endsWith("preflight: the build failed, see above\n");
    }
}
