package io.jenkins.plugins.argopreflight.engine.render.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.facts.pull.PullRow;
import io.jenkins.plugins.argopreflight.engine.facts.pull.PullRow.AnswerRow;
import io.jenkins.plugins.argopreflight.engine.facts.pull.PullRow.Credential;
import io.jenkins.plugins.argopreflight.engine.preflight.LoginCheck;
import io.jenkins.plugins.argopreflight.engine.preflight.SampleReports;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import io.jenkins.plugins.argopreflight.engine.render.Style;
import io.jenkins.plugins.argopreflight.engine.render.json.LoginJson;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoginTextTest {

    private static LoginCheck.Result result(Verdict... verdicts) {
        List<PullRow> pulls = Stream.of(verdicts)
                .map(verdict -> SampleReports.pull("", verdict, ""))
                .toList();
        return new LoginCheck.Result(pulls, 4, 3, Duration.ofMillis(1234));
    }

    private static String text(Verdict... verdicts) {
        return new LoginText(Style.PLAIN).render(result(verdicts));
    }

    @Test
    void shouldReportTheVerdictFirst() {
        assertThat(text(Verdict.OK)).isEqualTo("""
            ✔ 1 image can be pulled

            Image pulls
              VERDICT  IMAGE                                 CONSUMER  CREDENTIALS USED, AND THE ANSWER
              ok       registry.example.com/team/image:v1.2  kubelet   team of regcred [registry.example.com]: ok (200), ends 2027-01-01T00:00:00Z

            4 requests to registries, 1.2 s
            """);
    }

    @Test
    void shouldShowAnImageThatIsAskedForTwiceOnce() {
        assertThat(text(Verdict.OK, Verdict.OK)).containsOnlyOnce("  ok  ").doesNotContain("ServiceAccount");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "OK          | OK          | ✔ 2 images can be pulled",
                "OK          | REJECTED    | ✘ 1 image cannot be pulled, 1 image can be pulled",
                "OK          | UNREACHABLE | ? 1 image could not be checked, 1 image can be pulled",
                "UNREACHABLE | NO_RIGHT    | ✘ 1 image cannot be pulled, 1 image could not be checked",
            })
    void shouldNotMixUpFailedAndUnknown(Verdict one, Verdict other, String headline) {
        assertThat(text(one, other)).startsWith(headline + "\n");
    }

    @Test
    void shouldReportTheWorstFirstAndAReasonOnce() {
        List<PullRow> pulls = Stream.of("a", "b", "c")
                .map(name ->
                        given("registry.example.com/team/" + name, name.equals("b") ? Verdict.OK : Verdict.REJECTED))
                .toList();
        assertThat(new LoginText(new Style(false, 80))
                        .render(new LoginCheck.Result(pulls, 6, 3, Duration.ofMillis(50))))
                .isEqualTo("""
                    ✘ 2 images cannot be pulled, 1 image can be pulled

                    Image pulls
                      VERDICT              IMAGE                        CONSUMER  CREDENTIALS USED, AND THE ANSWER
                      credentials refused  registry.example.com/team/a  kubelet   robot$ci [registry.example.com]: credentials refused (401 UNAUTHORIZED)
                          then anonymous, for comparison: credentials needed, or the image does not exist (401 UNAUTHORIZED)
                          registry.example.com/team/a cannot be pulled: the password is wrong,
                            expired or revoked
                          answer to robot$ci [registry.example.com]: 401 UNAUTHORIZED wrong
                          answer to anonymous: 401 UNAUTHORIZED authentication required
                      credentials refused  registry.example.com/team/c  kubelet   robot$ci [registry.example.com]: credentials refused (401 UNAUTHORIZED)
                          then anonymous, for comparison: credentials needed, or the image does not exist (401 UNAUTHORIZED)
                          for the same reason as registry.example.com/team/a
                      ok                   registry.example.com/team/b  kubelet   robot$ci [registry.example.com]: ok (200)

                    With the renewed password in password.txt
                      argo-preflight login-check --registry registry.example.com --username 'robot$ci' --password-file password.txt registry.example.com/team/a

                    6 requests to registries, 0.1 s
                    """);
    }

    @Test
    void shouldReportThatAnOpenRegistryTestsNoCredential() {
        PullRow pull = SampleReports.pull(
                "",
                "a",
                List.of(SampleReports.TEAM),
                "",
                Verdict.OK,
                "not tested",
                new AnswerRow(SampleReports.TEAM, false, true, false, Verdict.OK, 200, "", "", "", ""));
        assertThat(new PullTable(Style.PLAIN).lines(List.of(pull))).contains("      not tested");
    }

    private static PullRow given(String image, Verdict verdict) {
        Credential robot = new Credential("", "registry.example.com", "robot$ci");
        AnswerRow answer = verdict == Verdict.OK
                ? new AnswerRow(robot, false, true, true, verdict, 200, "", "", "", "")
                : new AnswerRow(robot, false, true, true, verdict, 401, "UNAUTHORIZED", "wrong", "", "");
        String message = verdict == Verdict.OK
                ? image + " is pulled with it"
                : image + " cannot be pulled: the password is wrong, expired or revoked";
        return SampleReports.pull("", image, List.of(robot), "", verdict, message, answer, SampleReports.UNAUTHORIZED);
    }

    @Test
    void shouldHoldNoSecret() {
        String json =
                new LoginJson().render(List.of(SampleReports.IMAGE), List.of(), result(Verdict.OK, Verdict.REJECTED));
        assertThat(text(Verdict.OK, Verdict.REJECTED) + json)
                .contains(SampleReports.IMAGE)
                .doesNotContain(SampleReports.CANARY);
    }
}
