package io.jenkins.plugins.argopreflight.engine.util.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostTest {

    @ParameterizedTest
    @CsvSource({
        "Evil.test, evil.test",
        "evil.test., evil.test",
        "EVIL.TEST., evil.test",
        "localhost, localhost",
        "my_host-1.example, my_host-1.example",
    })
    void shouldHaveOneSpellingOfAName(String written, String name) {
        Host host = Host.parse(written).orElseThrow();

        assertThat(host.name()).isEqualTo(name);
        assertThat(host.literal()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "169.254.169.254, 169.254.169.254",
        "169.254.169.254., 169.254.169.254",
        "2852039166, 169.254.169.254",
        "0251.0376.0251.0376, 169.254.169.254",
        "0xA9FEA9FE, 169.254.169.254",
        "0xa9.0xfe.0xa9.0xfe, 169.254.169.254",
        "0XA9.254.43518, 169.254.169.254",
        "025177524776, 169.254.169.254",
        "127.1, 127.0.0.1",
        "127.0.1, 127.0.0.1",
        "0177.0.0.1, 127.0.0.1",
        "0, 0.0.0.0",
        "0x, 0.0.0.0",
        "::ffff:169.254.169.254, 169.254.169.254",
        "[::ffff:a9fe:a9fe], 169.254.169.254",
        "[FE80::1%eth0], fe80:0:0:0:0:0:0:1",
        "[fe80::1%25eth0], fe80:0:0:0:0:0:0:1",
        "::1, 0:0:0:0:0:0:0:1",
    })
    void shouldHaveOneSpellingOfAnAddress(String written, String name) {
        Host host = Host.parse(written).orElseThrow();

        assertThat(host.name()).isEqualTo(name);
        assertThat(host.literal()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "evil..test",
                "evil.test..",
                "256.1.1.1",
                "1.2.3.4.5",
                "4294967296",
                "127.0.0.08",
                "１２７.0.0.1",
                "127。0。0。1",
                "a b",
                "a/b",
                "a@b",
                "[::1",
                "[fe80::1%eth0]x",
                "::g",
                "-a.test",
                "evil.test\u0000",
                "evil.test\n"
            })
    void shouldRefuseWhatIsNoHost(String written) {
        assertThat(Host.parse(written)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "https://0xA9FEA9FE/latest, 169.254.169.254",
        "https://2852039166:8080/latest, 169.254.169.254",
        "https://127.1/, 127.0.0.1",
        "http://0177.0.0.1/, 127.0.0.1",
        "https://[::ffff:127.0.0.1]:5000/, 127.0.0.1",
        "https://Evil.Test./, evil.test",
    })
    void shouldFindTheHostOfAUrl(URI url, String name) {
        assertThat(Host.of(url)).map(Host::name).contains(name);
    }

    @ParameterizedTest
    @CsvSource({
        "https://127.1:5000/x, 5000",
        "https://127.1/x, 443",
        "http://Evil.Test.:8080/, 8080",
        "http://evil.test, 80",
        "https://[::1]/, 443",
        "https://[::1]:5000/, 5000",
    })
    void shouldFindThePortOfAUrl(URI url, int port) {
        assertThat(Target.of(url)).map(Target::port).contains(port);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://127.1:99999/", "https://evil.test:0/", "https://evil.test:65536/", "ftp://a.test/"})
    void shouldRefuseWhatIsNoTarget(URI url) {
        assertThat(Target.of(url)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://user@127.1/", "https:///x", "mailto:a@b.example"})
    void shouldFindNoHostWhereThereIsNone(URI url) {
        assertThat(Host.of(url)).isEmpty();
    }
}
