package io.jenkins.plugins.argopreflight.action;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportedBuildsTest {

    @TempDir
    private Path folder;

    private final ReportedBuilds reported = new ReportedBuilds();

    /** A folder of builds that counts how often it is listed, and lets something happen after that. */
    private static final class Builds extends File {

        private static final long serialVersionUID = 1;

        private int lists;
        private transient Runnable after = () -> {};

        Builds(Path folder) {
            super(folder.toString());
        }

        @Override
        public String[] list() {
            lists++;
            String[] names = super.list();
            after.run();
            return names;
        }
    }

    private void build(int number) throws Exception {
        Files.createDirectories(folder.resolve(String.valueOf(number)));
    }

    private Path report(int number) throws Exception {
        return Files.createDirectories(folder.resolve(number + "/argo-preflight"));
    }

    @Test
    void shouldListTheBuildsOfAJobWithoutReportsOnce() throws Exception {
        build(1);
        Files.createDirectories(folder.resolve(".2/argo-preflight"));
        Files.createDirectories(folder.resolve("lastSuccessfulBuild/argo-preflight"));
        Builds builds = new Builds(folder);

        assertThat(reported.haveReport(builds)).isFalse();
        assertThat(reported.haveReport(builds)).isFalse();
        assertThat(builds.lists).isEqualTo(1);
    }

    @Test
    void shouldListTheBuildsOfAJobWithReportsOnce() throws Exception {
        report(1);
        for (int number = 2; number < 100; number++) {
            build(number);
        }
        Builds builds = new Builds(folder);

        assertThat(reported.haveReport(builds)).isTrue();
        assertThat(reported.haveReport(builds)).isTrue();
        assertThat(builds.lists).isEqualTo(1);
    }

    @Test
    void shouldBeTrueWhileAnyBuildHasAReport() throws Exception {
        Path first = report(3);
        Path second = report(12);
        Builds builds = new Builds(folder);
        assertThat(reported.haveReport(builds)).isTrue();
        assertThat(ReportedBuilds.candidates(builds)).containsExactly(12, 3);

        Files.delete(second);
        assertThat(reported.haveReport(builds)).isTrue();
        Files.delete(first);
        assertThat(reported.haveReport(builds)).isFalse();
        report(13);
        reported.add(13);
        assertThat(reported.haveReport(builds)).isTrue();
    }

    @Test
    void shouldListTheNewestBuildsAndOlderOnesWithAReport() throws Exception {
        report(2);
        for (int number = 3; number <= 40; number++) {
            build(number);
        }

        assertThat(ReportedBuilds.candidates(new Builds(folder)))
                .hasSize(31)
                .startsWith(40, 39)
                .endsWith(11, 2);
    }

    @Test
    void shouldLookAgainWhereTheFolderCouldNotBeListed() throws Exception {
        assertThat(reported.haveReport(new Builds(folder.resolve("builds")))).isFalse();
        Files.createDirectories(folder.resolve("builds/1/argo-preflight"));
        assertThat(reported.haveReport(new Builds(folder.resolve("builds")))).isTrue();
    }

    @Test
    void shouldNotForgetAReportThatIsWrittenDuringTheLook() throws Exception {
        build(1);
        Builds builds = new Builds(folder);
        Thread recording = new Thread(() -> reported.add(2));
        builds.after = () -> {
            recording.start();
            while (recording.getState() != Thread.State.BLOCKED && recording.isAlive()) {
                Thread.onSpinWait();
            }
        };

        assertThat(reported.haveReport(builds)).isFalse();
        report(2);
        recording.join();
        assertThat(reported.haveReport(builds)).isTrue();
    }
}
