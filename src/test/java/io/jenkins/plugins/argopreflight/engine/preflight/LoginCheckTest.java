package io.jenkins.plugins.argopreflight.engine.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.argopreflight.engine.facts.pull.PullRow;
import io.jenkins.plugins.argopreflight.engine.registry.RegistrySettings;
import io.jenkins.plugins.argopreflight.engine.registry.TokenRegistry;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.DockerConfigException;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.RegistryCredential;
import io.jenkins.plugins.argopreflight.engine.util.secret.Password;
import io.jenkins.plugins.argopreflight.testing.InRun;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InRun.class)
class LoginCheckTest {

    @Test
    void shouldAskEachImageWithTheCredentialOfItsRegistry() {
        try (TokenRegistry one = new TokenRegistry("one.example.com", Map.of("team", "s3cret-one"), 0);
                TokenRegistry two = new TokenRegistry("two.example.com", Map.of("team", "s3cret-two"), 0)) {
            LoginCheck check = new LoginCheck(RegistrySettings.builder()
                    .address("one.example.com", one.server().url())
                    .address("two.example.com", two.server().url())
                    .build());
            LoginCheck.Result result = check.check(
                    List.of("one.example.com/team/a:v1", "two.example.com/team/b:v1", "two.example.com/public/c:v1"),
                    List.of(credential("one.example.com", "s3cret-one"), credential("two.example.com", "wr0ng-two")));

            assertThat(result.pulls())
                    .extracting(PullRow::verdict)
                    .containsExactly(Verdict.OK, Verdict.REJECTED, Verdict.REJECTED);
            assertThat(result.pulls().get(2).message())
                    .contains("two.example.com/public/c:v1 can be pulled without credentials")
                    .contains("the credentials given for two.example.com (user \"team\") are refused")
                    .contains("leave them out.")
                    .doesNotContain("Secret \"");
            assertThat(result.pulls().get(2).pullSecrets()).isEmpty();
            assertThat(result.registryCalls())
                    .isEqualTo(one.server().seen().size() + two.server().seen().size());
            assertThat(result.roundTrips()).isBetween(3, 4);
            assertThat(result.wall()).isPositive();
            assertThat(result.toString()).doesNotContain("s3cret-one").doesNotContain("wr0ng-two");
        }
    }

    @Test
    void shouldSayWhichCredentialFitsIntoNoSecret() {
        assertThatThrownBy(() -> new LoginCheck(RegistrySettings.defaults())
                        .check(List.of("a.example.com/b:c"), List.of(credential("https://a.example.com/v1", "p"))))
                .isInstanceOf(DockerConfigException.class)
                .hasMessageContaining("a.example.com");
    }

    private static RegistryCredential credential(String registry, String password) {
        return new RegistryCredential(registry, "team", Password.of(password), "", "id-" + registry);
    }
}
