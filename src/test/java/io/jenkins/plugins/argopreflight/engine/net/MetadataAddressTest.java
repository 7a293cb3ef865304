package io.jenkins.plugins.argopreflight.engine.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataAddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254",
                "169.254.0.23",
                "2852039166",
                "::ffff:169.254.169.254",
                "::169.254.169.254",
                "64:ff9b::169.254.169.254",
                "64:ff9b::100.100.100.200",
                "2002:a9fe:a9fe::1",
                "2002:a83f:8110::",
                "fe80::1",
                "fe80::a9fe:a9fe",
                "fd00:ec2::254",
                "fd20:ce::254",
                "fd00:c1::a9fe:a9fe",
                "100.100.100.200",
                "192.0.0.192",
                "168.63.129.16"
            })
    void shouldKnowThem(String literal) throws UnknownHostException {
        assertThat(MetadataAddress.is(InetAddress.getByName(literal))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.1",
                "127.0.0.1",
                "203.0.113.7",
                "168.63.129.17",
                "::1",
                "::",
                "2001:db8::a9fe:a9fe",
                "64:ff9b::203.0.113.7",
                "2002:cb00:7107::",
                "fd00:ec2::253"
            })
    void shouldLetOthersBe(String literal) throws UnknownHostException {
        assertThat(MetadataAddress.is(InetAddress.getByName(literal))).isFalse();
    }
}
