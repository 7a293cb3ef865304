package io.jenkins.plugins.argopreflight.engine.util.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressKindTest {

    private static final Predicate<InetAddress> OWN = Set.of(
            address("10.4.4.4"), address("203.0.113.9"), address("2001:db8::4"), address("169.254.7.7"))::contains;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254",
                "169.254.0.23",
                "2852039166",
                "0251.0376.0251.0376",
                "0xA9FEA9FE",
                "::ffff:169.254.169.254",
                "::169.254.169.254",
                "64:ff9b::169.254.169.254",
                "64:ff9b::100.100.100.200",
                "64:ff9b::",
                "64:ff9b:1::a9fe:a9fe",
                "64:ff9b:1:a9fe:a9:fe00::",
                "64:ff9b:1:a9:fe:a9fe::",
                "64:ff9b:1:ffff:a9:fea9:fe00::",
                "2002:a9fe:a9fe::1",
                "2002:a83f:8110::",
                "2001:0:a9fe:a9fe::",
                "2001:0:cb00:7107:0:0:5601:5601",
                "fe80::1",
                "fe80::a9fe:a9fe",
                "fe80::1%eth0",
                "febf::1",
                "fd00:ec2::254",
                "fd20:ce::254",
                "fd00:c1::a9fe:a9fe",
                "fd00:ec2::23",
                "fd00:42::42",
                "::ffff:0:169.254.169.254",
                "::ffff:0:a9fe:2a2a",
                "100.100.100.200",
                "192.0.0.192",
                "168.63.129.16",
                "0.0.0.0",
                "0.1.2.3",
                "::",
                "::ffff:0.0.0.0",
                "224.0.0.1",
                "239.255.255.250",
                "ff02::1",
                "255.255.255.255"
            })
    void shouldForbid(String literal) {
        assertThat(kind(literal)).isEqualTo(AddressKind.FORBIDDEN);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1, PRIVATE",
        "172.16.0.1, PRIVATE",
        "172.31.255.255, PRIVATE",
        "172.32.0.1, PUBLIC",
        "192.168.1.1, PRIVATE",
        "100.64.0.1, PRIVATE",
        "100.127.255.255, PRIVATE",
        "100.128.0.1, PUBLIC",
        "198.18.0.1, PRIVATE",
        "240.0.0.1, PRIVATE",
        "fc00::1, PRIVATE",
        "fdff::1, PRIVATE",
        "fec0::1, PRIVATE",
        "::ffff:10.0.0.1, PRIVATE",
        "64:ff9b::10.0.0.1, PRIVATE",
        "::ffff:0:10.0.0.1, PRIVATE",
        "::ffff:0:127.0.0.1, OWN",
        "64:ff9b:1::203.0.113.7, PRIVATE",
        "2002:0a00:0001::, PRIVATE",
        "127.0.0.1, OWN",
        "127.8.8.8, OWN",
        "::1, OWN",
        "::ffff:127.0.0.1, OWN",
        "64:ff9b::127.0.0.1, OWN",
        "64:ff9b:1::127.0.0.1, OWN",
        "2002:7f00:0001::, OWN",
        "203.0.113.7, PUBLIC",
        "168.63.129.17, PUBLIC",
        "11.0.0.1, PUBLIC",
        "2001:db8::a9fe:a9fe, PUBLIC",
        "64:ff9b::203.0.113.7, PUBLIC",
        "2002:cb00:7107::, PUBLIC",
        "2001:0:cb00:7107:0:0:34ff:8ef8, PUBLIC",
    })
    void shouldKnowTheKind(String literal, AddressKind kind) {
        assertThat(kind(literal)).isEqualTo(kind);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.4.4.4",
                "203.0.113.9",
                "2001:db8::4",
                "2001:db8::4%eth0",
                "0xa040404",
                "::ffff:10.4.4.4",
                "::10.4.4.4",
                "::ffff:0:10.4.4.4",
                "64:ff9b::10.4.4.4",
                "64:ff9b:1::10.4.4.4",
                "64:ff9b:1:a04:4:400::",
                "2002:a04:404::1",
                "2001:0:cb00:7109:0:0:34ff:8ef8",
                "2001:0:cb00:7107:0:0:f5fb:fbfb",
                "127.0.0.1"
            })
    void shouldCountTheAddressesOfInterfacesAsOwn(String literal) {
        assertThat(AddressKind.of(address(literal), OWN)).isEqualTo(AddressKind.OWN);
    }

    @ParameterizedTest
    @CsvSource({
        "10.4.4.5, PRIVATE",
        "203.0.113.8, PUBLIC",
        "2001:db8::5, PUBLIC",
        "64:ff9b::10.4.4.5, PRIVATE",
        "169.254.7.7, FORBIDDEN",
        "fe80::4%eth0, FORBIDDEN",
        "64:ff9b::169.254.7.7, FORBIDDEN"
    })
    void shouldCountNeighboursAndForbiddenAddressesAsBefore(String literal, AddressKind kind) {
        assertThat(AddressKind.of(address(literal), OWN)).isEqualTo(kind);
    }

    @Test
    void shouldCountEachAddressOfThisMachineAsOwn() throws SocketException {
        assertThat(NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses))
                .filteredOn(address -> AddressKind.ofNetwork(address) != AddressKind.FORBIDDEN)
                .isNotEmpty()
                .allMatch(address -> AddressKind.of(address) == AddressKind.OWN);
    }

    private static AddressKind kind(String literal) {
        return AddressKind.of(address(literal));
    }

    private static InetAddress address(String literal) {
        return Host.parse(literal).orElseThrow().literal().orElseThrow();
    }
}
