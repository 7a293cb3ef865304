package io.jenkins.plugins.argopreflight.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterAccessTest {

    @ParameterizedTest
    @CsvSource({
        "team, team, true",
        "team, team/app, true",
        "team, team/app/main, true",
        "team/app, team/app/main, true",
        "/team/app/, team/app/main, true",
        "team/app, team, false",
        "team/app, team/application, false",
        "team, team2/app, false",
        "team, other/team/app, false",
        "team-*, team-a/app, true",
        "team-*, team/a, false",
        "*, team/app, true",
        "*/deploy, team/deploy, true",
        "*/deploy, team/deploy/main, true",
        "*/deploy, deploy, false",
        "*/deploy, a/b/deploy, false",
        "te?m, team/app, true",
        "Team, team/app, false",
        "/, team/app, false"
    })
    void shouldCoverAJobAndEverythingBelowAFolder(String glob, String job, boolean covered) {
        assertThat(ClusterAccess.covers(List.of(glob), job)).isEqualTo(covered);
    }

    @Test
    void shouldCoverEveryJobWithoutAnEntryAndOneEntryIsEnough() {
        assertThat(ClusterAccess.covers(List.of(), "team/app")).isTrue();
        assertThat(ClusterAccess.covers(List.of("other", "team"), "team/app")).isTrue();
        assertThat(ClusterAccess.covers(List.of("other"), "team/app")).isFalse();
    }
}
