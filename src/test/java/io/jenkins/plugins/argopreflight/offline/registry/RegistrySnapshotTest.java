package io.jenkins.plugins.argopreflight.offline.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.registry.Answer;
import io.jenkins.plugins.argopreflight.engine.registry.ImageConfig;
import io.jenkins.plugins.argopreflight.engine.registry.Login;
import io.jenkins.plugins.argopreflight.engine.registry.RegistrySettings;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import io.jenkins.plugins.argopreflight.engine.util.secret.Password;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestException;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import io.jenkins.plugins.argopreflight.testing.InRun;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(InRun.class)
class RegistrySnapshotTest {

    private static final String PINNED = "sha256:" + "ab".repeat(32);
    private static final String FILE = """
        comment: keys that nobody knows are left alone
        registries:
          - registry: basic.example.com
            authentication: basic
            validCredentials:
              - {username: team, password: s3cret-word}
              - {username: ci, marker: marker-7}
              - {username: old, password: s3cret-word, expired: true}
              - {username: ended, password: s3cret-word, expires: "2020-01-01T00:00:00Z"}
            repositories:
              - repository: team/image
                tags:
                  - tag: v1
                    digest: %s
                    platforms: [linux/amd64, linux/arm64]
                    config: {User: "1000", Entrypoint: [/bin/app], Cmd: [--help]}
                  - {tag: v2}
              - {repository: public/tool, anonymousPull: true, tags: [{tag: "1", platforms: [linux/amd64]}]}
              - {repository: team/closed, pull: [ci], tags: [{tag: "1"}]}
          - registry: tokens.example.com:5000
            authentication: bearer
            wrongCredential: 403
            validCredentials: [{username: team, password: s3cret-word}]
            repositories:
              - {repository: team/image, tags: [{tag: v1}]}
              - {repository: public/tool, anonymousPull: true, tags: [{tag: "1"}]}
              - {repository: team/closed, pull: [], tags: [{tag: "1"}]}
          - registry: docker.io
            authentication: bearer
            validCredentials: [{username: team, password: s3cret-word}]
            repositories: [{repository: library/nginx, anonymousPull: true, tags: [{tag: latest}]}]
          - {registry: own-ca.example.com, certificate: Team CA, repositories: [{repository: a, tags: [{tag: "1"}]}]}
          - {registry: "10.0.0.5:5000", scheme: http, repositories: [{repository: a, tags: [{tag: "1"}]}]}
          - {registry: "localhost:5000", scheme: http, repositories: [{repository: a, tags: [{tag: "1"}]}]}
          - {registry: "localhost:5443", scheme: https, repositories: [{repository: a, tags: [{tag: "1"}]}]}
          - {registry: part.example.com, complete: false, repositories: [{repository: a, tags: [{tag: "1"}]}]}
        unreachable: ["down.example.com:5000", name.invalid]
        """.formatted(PINNED);

    @ParameterizedTest
    @CsvSource(textBlock = """
        # image                                   user    password     verdict              status code
        basic.example.com/team/image:v1,          '',     '',          MISSING_OR_NO_RIGHT, 401, UNAUTHORIZED
        basic.example.com/team/image:v1,          team,   s3cret-word, OK,                  200, ''
        basic.example.com:443/team/image:v1,      team,   s3cret-word, OK,                  200, ''
        basic.example.com/team/image:v1,          ci,     marker-7,    OK,                  200, ''
        basic.example.com/team/image:v1,          team,   marker-7,    REJECTED,            401, UNAUTHORIZED
        basic.example.com/team/image:v1,          old,    s3cret-word, REJECTED,            401, UNAUTHORIZED
        basic.example.com/team/image:v1,          ended,  s3cret-word, REJECTED,            401, UNAUTHORIZED
        basic.example.com/team/image@PINNED,      team,   s3cret-word, OK,                  200, ''
        basic.example.com/team/image:v9@PINNED,   team,   s3cret-word, OK,                  200, ''
        basic.example.com/team/image:v9,          team,   s3cret-word, NOT_FOUND,           404, MANIFEST_UNKNOWN
        basic.example.com/team/absent:v1,         team,   s3cret-word, NOT_FOUND,           404, NAME_UNKNOWN
        basic.example.com/team/absent:v1,         '',     '',          MISSING_OR_NO_RIGHT, 401, UNAUTHORIZED
        basic.example.com/public/tool:1,          '',     '',          OK,                  200, ''
        basic.example.com/public/tool:1,          team,   wrong-word,  OK,                  200, ''
        basic.example.com/public/tool:9,          '',     '',          NOT_FOUND,           404, MANIFEST_UNKNOWN
        basic.example.com/team/closed:1,          team,   s3cret-word, NO_RIGHT,            403, DENIED
        basic.example.com/team/closed:1,          ci,     marker-7,    OK,                  200, ''
        tokens.example.com:5000/team/image:v1,    '',     '',          MISSING_OR_NO_RIGHT, 401, UNAUTHORIZED
        tokens.example.com:5000/team/image:v1,    team,   s3cret-word, OK,                  200, ''
        tokens.example.com:5000/team/image:v1,    team,   wrong-word,  REJECTED,            403, DENIED
        tokens.example.com:5000/public/tool:1,    '',     '',          OK,                  200, ''
        tokens.example.com:5000/public/tool:1,    team,   wrong-word,  REJECTED,            403, DENIED
        tokens.example.com:5000/team/closed:1,    team,   s3cret-word, NO_RIGHT,            401, UNAUTHORIZED
        tokens.example.com:5000/team/absent:1,    team,   s3cret-word, NOT_FOUND,           404, NAME_UNKNOWN
        nginx,                                    '',     '',          OK,                  200, ''
        nginx,                                    team,   wrong-word,  REJECTED,            401, UNAUTHORIZED
        own-ca.example.com/a:1,                   '',     '',          TLS,                 0,   ''
        10.0.0.5:5000/a:1,                        '',     '',          TLS,                 0,   ''
        localhost:5000/a:1,                       any,    any-word,    OK,                  200, ''
        localhost:5443/a:1,                       '',     '',          OK,                  200, ''
        part.example.com/a:1,                     '',     '',          OK,                  200, ''
        part.example.com/b:1,                     '',     '',          UNKNOWN,             0,   ''
        down.example.com:5000/a:1,                '',     '',          UNREACHABLE,         0,   ''
        name.invalid/a:1,                         '',     '',          UNREACHABLE,         0,   ''
        nobody.example.com/a:1,                   '',     '',          UNKNOWN,             0,   ''
        """)
    void shouldAnswerAsThatRegistryWould(
            String image, String user, String password, Verdict verdict, int status, String code) {
        Answer answer =
                snapshot(FILE).askAsync(image(image), login(user, password)).join();

        assertThat(answer.verdict()).as(answer.explanation()).isEqualTo(verdict);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.explanation()).doesNotContain("s3cret-word", "wrong-word", "marker-7");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        own-ca.example.com/a:1    | its certificate is signed by the authority "Team CA"
        10.0.0.5:5000/a:1         | it uses plain HTTP instead of HTTPS
        name.invalid/a:1          | could not be reached (no such host)
        down.example.com:5000/a:1 | it did not answer when the snapshot was made
        nobody.example.com/a:1    | registry.yaml says nothing of registry nobody.example.com
        """)
    void shouldSayWhyThereIsNoAnswer(String image, String why) {
        assertThat(snapshot(FILE)
                        .askAsync(image(image), Optional.empty())
                        .join()
                        .explanation())
                .contains(why);
    }

    @Test
    void shouldSayThatACredentialHasExpired() {
        Answer answer = snapshot(FILE)
                .askAsync(image("basic.example.com/team/image:v1"), login("old", "s3cret-word"))
                .join();
        Answer ended = snapshot(FILE)
                .askAsync(image("basic.example.com/team/image:v1"), login("ended", "s3cret-word"))
                .join();

        assertThat(answer.explanation()).contains("it says: authentication token has expired");
        assertThat(ended.explanation()).contains("the token expired at 2020-01-01T00:00:00Z");
        assertThat(ended.credentialExpires()).isPresent();
    }

    @Test
    void shouldTrustWhatIsInsecureByName() {
        RegistrySettings insecure = RegistrySettings.builder()
                .insecure("10.0.0.5:5000")
                .insecure("own-ca.example.com")
                .build();
        RegistrySnapshot snapshot = new RegistrySnapshot(
                new ManifestReader().read("registry.yaml", FILE).get(0), insecure);

        assertThat(snapshot.askAsync(image("10.0.0.5:5000/a:1"), Optional.empty())
                        .join()
                        .verdict())
                .isEqualTo(Verdict.OK);
        assertThat(snapshot.askAsync(image("own-ca.example.com/a:1"), Optional.empty())
                        .join()
                        .verdict())
                .isEqualTo(Verdict.OK);
    }

    @Test
    void shouldReportConfigurationsToWhoCanPull() {
        ImageReference image = image("basic.example.com/team/image:v1");
        RegistrySnapshot snapshot = snapshot(FILE);

        assertThat(snapshot.configAsync(image, login("team", "s3cret-word")).join())
                .isEqualTo(Fact.known(new ImageConfig(
                        List.of("linux/amd64", "linux/arm64"), true, "1000", List.of("/bin/app"), List.of("--help"))));
        assertThat(unknown(snapshot.configAsync(image, Optional.empty()).join()))
                .contains("does not serve team/image without credentials");
        assertThat(unknown(snapshot.configAsync(image("basic.example.com/team/image:v2"), login("ci", "marker-7"))
                        .join()))
                .contains("does not say what");
        assertThat(snapshot.requests()).isZero();
    }

    @Test
    void shouldListTagsToWhoCanPull() {
        ImageReference image = image("basic.example.com/team/image:v9");

        assertThat(snapshot(FILE).tagsAsync(image, login("team", "s3cret-word")).join())
                .isEqualTo(Fact.known(List.of("v1", "v2")));
        assertThat(unknown(snapshot(FILE).tagsAsync(image, Optional.empty()).join()))
                .contains("without credentials");
        assertThat(unknown(snapshot(FILE)
                        .tagsAsync(image("basic.example.com/team/absent:v9"), login("team", "s3cret-word"))
                        .join()))
                .contains("has no repository team/absent");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"auths": {}}                                              | 1:1: this is a docker config.json
        {"kind": "Pod"}                                            | 1:1: expected what registries would answer
        {"registries": {}}                                         | 1:2: registries: must be a list
        {"registries": ["a"]}                                      | 1:17: registries[0]: must be an object
        {"registries": [{}]}                                       | registries[0]: "registry" is missing
        {"registries": [{"registry": "https://a"}]}                | registries[0].registry: must be HOST[:PORT]
        {"registries": [{"registry": "a", "scheme": "ftp"}]}       | scheme: must be one of http, https
        {"registries": [{"registry": "a"}, {"registry": "A"}]}     | registries[1].registry: registry a is listed twice
        {"registries": [{"registry": "a", "complete": 1}]}         | complete: must be true or false
        {"registries": [{"registry": "a", "wrongCredential": 404}]} | wrongCredential: must be 401 or 403
        {"registries": [{"registry": "a", "wrongCredential": "403"}]} | wrongCredential: must be 401 or 403
        {"registries": [{"registry": "a", "repositories": [{"repository": "b", "tags": [{}]}]}]} | needs a tag or a digest
        {"registries": [{"registry": "a", "repositories": [{"repository": "b", "tags": [{"tag": 1.10}]}]}]} | tags[0].tag: must be a string; put it in quotes
        {"registries": [{"registry": "a", "repositories": [{"repository": "b", "tags": [{"tag": "1", "config": []}]}]}]} | config: must be an object
        {"registries": [{"registry": "a", "validCredentials": [{"username": "u"}]}]} | validCredentials[0]: a valid credential needs a password
        {"registries": [{"registry": "a", "validCredentials": [{"username": "u", "password": 1234567}]}]} | password: must be a string; put it in quotes
        {"registries": [{"registry": "a", "validCredentials": [{"username": "u", "password": "p", "expires": "soon"}]}]} | must be a time
        {"unreachable": [1]}                                       | unreachable: must be a string
        """)
    void shouldRefuseAWrongShapeWithItsPlace(String file, String why) {
        assertThatThrownBy(() -> snapshot(file))
                .isInstanceOf(ManifestException.class)
                .hasMessageStartingWith("registry.yaml:1:")
                .hasMessageContaining(why)
                .message()
                .doesNotContain("1234567");
    }

    private static RegistrySnapshot snapshot(String file) {
        return new RegistrySnapshot(
                new ManifestReader().read("registry.yaml", file).get(0), RegistrySettings.defaults());
    }

    private static String unknown(Fact<?> fact) {
        return ((Fact.Unknown<?>) fact).reason();
    }

    private static ImageReference image(String name) {
        return ImageReference.parse(name.replace("PINNED", PINNED));
    }

    private static Optional<Login> login(String user, String password) {
        return user.isEmpty() ? Optional.empty() : Optional.of(new Login(user, Password.of(password)));
    }
}
