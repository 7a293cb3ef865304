package io.jenkins.plugins.argopreflight.engine.util.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardedDnsTest {

    private static final AddressPolicy PUBLIC = AddressPolicy.publicAnd(AllowedHosts.NONE, line -> "add " + line);

    private String answer = "93.184.216.34";

    @Test
    void shouldCheckEachAnswer() throws UnknownHostException {
        GuardedDns dns = GuardedDns.check(PUBLIC, URI.create("https://Evil.test.:6443"), this::resolve);

        assertThat(dns.lookup("evil.test"))
                .extracting(InetAddress::getHostAddress)
                .containsExactly(answer);
        answer = "169.254.169.254";
        for (String name : List.of("evil.test", "Evil.test", "evil.test.")) {
            assertThatThrownBy(() -> dns.lookup(name)).isInstanceOf(AddressRefused.class);
        }
        answer = "10.1.2.3";
        assertThatThrownBy(() -> dns.lookup("evil.test"))
                .isInstanceOf(AddressRefused.class)
                .hasMessageContaining(
                        "evil.test is the private address 10.1.2.3, which no setting allows; add 10.0.0.0/8");
    }

    @Test
    void shouldLetSettingsChooseAProxyOfAPrivateNetwork() throws UnknownHostException {
        answer = "10.1.2.3";
        GuardedDns dns = GuardedDns.check(PUBLIC, URI.create("https://api.test:6443"), this::resolve);

        assertThat(dns.lookup("proxy.test")).hasSize(1);
        answer = "169.254.169.254";
        assertThatThrownBy(() -> dns.lookup("proxy.test")).isInstanceOf(AddressRefused.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://169.254.169.254",
                "https://[fd00:ec2::254]:6443",
                "https://100.100.100.200/x",
                "https://127.0.0.1:6443",
                "https://10.1.2.3:6443",
                "https://[::1]:6443",
                "https://[::ffff:10.1.2.3]",
                "https://metadata.google.internal.",
                "https://0.0.0.0:6443",
                "file:///etc/passwd",
                "https:///x"
            })
    void shouldRefuseWhatIsNotAllowedBeforeAnythingIsAsked(String server) {
        assertThatThrownBy(() -> GuardedDns.check(PUBLIC, URI.create(server), this::resolve))
                .isInstanceOf(AddressRefused.class);
    }

    /** OkHttp and Java read a leading zero as decimal, other programs as octal. */
    @ParameterizedTest
    @ValueSource(strings = {"https://010.0.0.1", "https://134744072", "https://0x8080808", "https://8.8.2056"})
    void shouldRefuseAnAddressInAnotherSpelling(String server) {
        assertThatThrownBy(() -> GuardedDns.check(AddressPolicy.UNRESTRICTED, URI.create(server), this::resolve))
                .isInstanceOf(AddressRefused.class)
                .hasMessageContaining("write 8.");
    }

    private InetAddress[] resolve(String host) throws UnknownHostException {
        return new InetAddress[] {InetAddress.getByName(answer)};
    }
}
