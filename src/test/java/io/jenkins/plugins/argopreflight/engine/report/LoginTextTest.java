package io.jenkins.plugins.argopreflight.engine.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.LoginCheck;
import io.jenkins.plugins.argopreflight.engine.pull.Pull;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoginTextTest {

    private static LoginCheck.Result result(Verdict... verdicts) {
        List<Pull> pulls = Stream.of(verdicts).map(verdict -> Reports.pull("", verdict, "")).toList();
        return new LoginCheck.Result(pulls, 4, 3, Duration.ofMillis(1234));
    }

    private static String text(Verdict... verdicts) {
        return new LoginText(Style.PLAIN).render(result(verdicts));
    }

    @Test
    void shouldTellTheVerdictFirst() {
        assertThat(text(Verdict.OK)).isEqualTo("""
                ✔ 1 image can be pulled

                Who pulls what, as whom
                  VERDICT  IMAGE                                 AS (SECRET, KEY)                      PULLED BY
                  ok       registry.example.com/team/image:v1.2  team (regcred, registry.example.com)  kubelet
                      asked as team (regcred, registry.example.com): ok (200); the credential ends 2027-01-01T00:00:00Z
                      asked without credential: missing-or-no-right (401 UNAUTHORIZED authentication required)

                4 requests to registries, 1.2 s
                """);
    }

    @Test
    void shouldShowAnImageThatIsAskedForTwiceOnce() {
        assertThat(text(Verdict.OK, Verdict.OK)).containsOnlyOnce("kubelet").doesNotContain("ServiceAccount");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "OK          | OK          | ✔ 2 images can be pulled",
        "OK          | REJECTED    | ✘ 1 image can be pulled, 1 image cannot be pulled",
        "OK          | UNREACHABLE | ? 1 image can be pulled, 1 image could not be looked at",
        "UNREACHABLE | NO_RIGHT    | ✘ 1 image could not be looked at, 1 image cannot be pulled",
    })
    void shouldNotMixUpFailedAndUnknown(Verdict one, Verdict other, String headline) {
        assertThat(text(one, other)).startsWith(headline + "\n");
    }

    @Test
    void shouldHoldNoSecret() {
        String json = new LoginJson().render(List.of(Reports.IMAGE), List.of(), result(Verdict.OK, Verdict.REJECTED));
        assertThat(text(Verdict.OK, Verdict.REJECTED) + json).contains(Reports.IMAGE).doesNotContain(Reports.CANARY);
    }
}
