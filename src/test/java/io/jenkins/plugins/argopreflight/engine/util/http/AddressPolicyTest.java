package io.jenkins.plugins.argopreflight.engine.util.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressPolicyTest {

    private static final Optional<Lead> NOBODY = Optional.empty();

    @ParameterizedTest
    @CsvSource({
        "registry.corp.example,       registry.corp.example, 443,  10.1.2.3,  true",
        "Registry.Corp.Example.,      registry.corp.example, 443,  10.1.2.3,  true",
        "registry.corp.example,       other.corp.example,    443,  10.1.2.3,  false",
        "*.corp.example,              a.b.corp.example,      443,  10.1.2.3,  true",
        "*.corp.example,              corp.example,          443,  10.1.2.3,  false",
        "*.corp.example,              evilcorp.example,      443,  10.1.2.3,  false",
        "*.corp.example:5000,         a.corp.example,        5000, 10.1.2.3,  true",
        "*.corp.example:5000,         a.corp.example,        443,  10.1.2.3,  false",
        "registry.corp.example:5000,  registry.corp.example, 5000, 10.1.2.3,  true",
        "registry.corp.example:5000,  registry.corp.example, 443,  10.1.2.3,  false",
        "10.0.0.0/8,                  registry.corp.example, 443,  10.1.2.3,  true",
        "10.0.0.0/8,                  registry.corp.example, 443,  192.168.1.1, false",
        "10.1.2.3,                    registry.corp.example, 443,  10.1.2.3,  true",
        "10.1.2.3:5000,               10.1.2.3,              5000, 10.1.2.3,  true",
        "10.1.2.3:5000,               10.1.2.3,              443,  10.1.2.3,  false",
        "127.0.0.1:5000,              127.0.0.1,             5000, 127.0.0.1, true",
        "127.0.0.0/8,                 localhost,             5000, 127.0.0.1, true",
        "localhost:5000,              localhost,             5000, 127.0.0.1, true",
        "localhost:5000,              127.0.0.1,             5000, 127.0.0.1, false",
        "[fd12::1]:5000,              fd12::1,               5000, fd12::1,   true",
        "[fd12::1],                   fd12::1,               443,  fd12::1,   true",
        "fd12::1,                     fd12::1,               443,  fd12::1,   true",
        "fd00::/8,                    a.corp.example,        443,  fd12::1,   true",
        "fd00::/8,                    a.corp.example,        443,  10.1.2.3,  false",
        "169.254.0.0/16,              a.corp.example,        443,  169.254.169.254, false",
        "0.0.0.0/0,                   a.corp.example,        443,  0.0.0.0,   false",
        "nonsense/8,                  a.corp.example,        443,  10.1.2.3,  false",
    })
    void shouldAllowWhatTheListCovers(String entry, String host, int port, String address, boolean allowed) {
        AddressPolicy policy = AddressPolicy.publicAnd(AllowedHosts.of(List.of(entry)), line -> "add " + line);

        assertThat(allows(policy, host, port, address, NOBODY)).isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource({
        "api.corp.example,      api.corp.example,   6443, 10.1.2.3,           true",
        "*.corp.example:6443,   api.corp.example,   6443, fd12::1,            true",
        "10.1.2.3:6443,         10.1.2.3,           6443, 10.1.2.3,           true",
        "10.0.0.0/8,            api.corp.example,   6443, 10.1.2.3,           false",
        "127.0.0.0/8,           api.corp.example,   6443, 127.0.0.1,          false",
        "api.corp.example,      api.corp.example,   6443, 127.0.0.1,          false",
        "*.corp.example,        api.corp.example,   6443, ::1,                false",
        "localhost:6443,        localhost,          6443, 127.0.0.1,          false",
        "127.0.0.1,             127.0.0.1,          6443, 127.0.0.1,          false",
        "api.corp.example,      api.corp.example,   6443, ::ffff:127.0.0.1,   false",
        "api.corp.example,      api.corp.example,   6443, 64:ff9b::7f00:1,    false",
        "api.corp.example,      api.corp.example,   6443, 169.254.169.254,    false",
    })
    void shouldNotAllowAFolderTheAddressesOfTheController(
            String entry, String host, int port, String address, boolean allowed) {
        AllowedHosts folder = AllowedHosts.ofFolder(List.of(entry));

        assertThat(allows(AddressPolicy.publicAnd(folder, line -> line), host, port, address, NOBODY))
                .isEqualTo(allowed);
        assertThat(allows(
                        AddressPolicy.publicAnd(AllowedHosts.NONE, line -> line).alsoAllowing(folder),
                        host,
                        port,
                        address,
                        NOBODY))
                .isEqualTo(allowed);
    }

    @Test
    void shouldAskAnAddressOfTheControllerThatAnAdministratorAlsoAllows() {
        AllowedHosts both =
                AllowedHosts.ofFolder(List.of("localhost:6443")).and(AllowedHosts.of(List.of("localhost:6443")));

        assertThat(allows(AddressPolicy.publicAnd(both, line -> line), "localhost", 6443, "127.0.0.1", NOBODY))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "registry.example.com",
                "*.example.com",
                "localhost",
                "10.0.0.0/8",
                "fd00::/8",
                "0.0.0.0/0",
                "10.1.2.3",
                "registry.example.com:5000",
                "[fd00::1]:5000",
                "[fd00::1]",
                "fd00::1",
                "*.example.com:5000"
            })
    void shouldTakeEveryFormOfAnEntry(String entry) {
        assertThat(AllowedHosts.problem(entry)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "*.",
                "a.*.example.com",
                "https://registry.example.com",
                "registry.example.com/team",
                "registry.example.com:",
                "registry.example.com:0",
                "registry.example.com:65536",
                "10.0.0.0/33",
                "10.1.2.3/8",
                "10.0.0.0/8:5000",
                "fd00::/129",
                "[fd00::1]:x",
                "*.10.0.0.1",
                "10.0.0.0/8/8",
                "a b"
            })
    void shouldRefuseWhatIsNoEntry(String entry) {
        assertThat(AllowedHosts.problem(entry))
                .hasValueSatisfying(problem -> assertThat(problem)
                        .contains("\"" + entry + "\" is not a host")
                        .endsWith("."));
    }

    @ParameterizedTest
    @CsvSource({
        "registry.corp.example, 443,  10.1.2.3,    10.0.0.0/8",
        "registry.corp.example, 443,  172.20.1.1,  172.16.0.0/12",
        "registry.corp.example, 443,  192.168.7.7, 192.168.0.0/16",
        "registry.corp.example, 443,  100.65.1.1,  100.64.0.0/10",
        "registry.corp.example, 443,  fd12:3456:789a:1::1, fd12:3456:789a:0:0:0:0:0/48",
        "localhost,             5000, 127.0.0.1,   localhost:5000",
        "127.0.0.1,             5000, 127.0.0.1,   127.0.0.1:5000",
    })
    void shouldSayWhichEntryWouldAllowIt(String host, int port, String address, String entry) {
        AddressPolicy policy = AddressPolicy.publicAnd(AllowedHosts.NONE, line -> "add " + line);

        assertThatThrownBy(() -> permitted(policy, host, port, NOBODY, address))
                .isInstanceOf(AddressRefused.class)
                .hasMessageContaining("which no setting allows; add " + entry);
        AddressPolicy then = AddressPolicy.publicAnd(AllowedHosts.of(List.of(entry)), line -> "add " + line);
        assertThat(allows(then, host, port, address, NOBODY)).isTrue();
    }

    @Test
    void shouldKnowTheEntriesForAllHostsThatItRefused() {
        AddressPolicy policy = AddressPolicy.publicAnd(AllowedHosts.of(List.of("10.1.2.3")), line -> "add " + line);
        AddressPolicy used = policy.alsoAllowing(AllowedHosts.NONE);

        allows(used, "registry.corp.example", 443, "192.168.7.7", NOBODY);
        allows(used, "localhost", 5000, "127.0.0.1", NOBODY);
        allows(used, "corp.attacker.example", 5000, "127.0.0.1", NOBODY);
        allows(used, "metadata.corp.example", 80, "169.254.169.254", NOBODY);
        allows(used, "registry.example.com", 443, "10.1.2.3", NOBODY);

        assertThat(policy.refused(AddressKind.PRIVATE)).containsExactly("192.168.0.0/16");
        assertThat(policy.refused(AddressKind.OWN)).containsExactly("corp.attacker.example:5000", "localhost:5000");
    }

    @ParameterizedTest
    @CsvSource({"PUBLIC, 10.1.2.3", "PUBLIC, 127.0.0.1", "PUBLIC, fd12::1", "PRIVATE, 127.0.0.1"})
    void shouldNeverLetAMorePublicHostLeadThere(AddressKind kind, String address) {
        Optional<Lead> lead = Optional.of(new Lead("registry.example.com", kind));
        AllowedHosts all = AllowedHosts.of(List.of("0.0.0.0/0", "::/0", "auth.example.com"));

        for (AddressPolicy policy : List.of(AddressPolicy.UNRESTRICTED, AddressPolicy.publicAnd(all, line -> line))) {
            assertThatThrownBy(() -> permitted(policy, "auth.example.com", 443, lead, address))
                    .isInstanceOf(AddressRefused.class)
                    .hasMessageContaining("an answer of registry.example.com must not lead there");
        }
    }

    @Test
    void shouldLetAPrivateHostLeadToWhatIsAllowed() {
        Optional<Lead> lead = Optional.of(new Lead("registry.corp.example", AddressKind.PRIVATE));
        AddressPolicy policy = AddressPolicy.publicAnd(AllowedHosts.of(List.of("10.1.0.0/16")), line -> line);

        assertThat(allows(policy, "auth.corp.example", 443, "10.1.2.3", lead)).isTrue();
        assertThat(allows(policy, "auth.corp.example", 443, "10.2.2.3", lead)).isFalse();
        assertThat(allows(policy, "cdn.example.com", 443, "203.0.113.7", lead)).isTrue();
    }

    @Test
    void shouldRememberThatAPublicHostWasOnTheWay() {
        Lead lead = new Lead("registry.corp.example", AddressKind.PRIVATE).past(AddressKind.PUBLIC);

        assertThat(lead.canLeadTo(AddressKind.PRIVATE)).isFalse();
        assertThat(lead.past(AddressKind.OWN).canLeadTo(AddressKind.PRIVATE)).isFalse();
    }

    @Test
    void shouldPermitOnlyTheAllowedAddressesOfAName() throws UnknownHostException {
        AddressPolicy policy = AddressPolicy.publicAnd(AllowedHosts.NONE, line -> line);

        assertThat(permitted(policy, "mixed.example.com", 443, NOBODY, "10.1.2.3", "203.0.113.7", "127.0.0.1"))
                .extracting(InetAddress::getHostAddress)
                .containsExactly("203.0.113.7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"169.254.169.254", "fe80::1", "0.0.0.0", "224.0.0.1", "64:ff9b::a9fe:a9fe"})
    void shouldRefuseANameWithOneForbiddenAddress(String address) {
        assertThatThrownBy(() ->
                        permitted(AddressPolicy.UNRESTRICTED, "mixed.example.com", 443, NOBODY, "203.0.113.7", address))
                .isInstanceOf(AddressRefused.class)
                .hasMessageContaining("mixed.example.com is the link-local or metadata address");
    }

    @ParameterizedTest
    @ValueSource(strings = {"metadata.google.internal", "Metadata.Google.Internal.", "instance-data", "metadata"})
    void shouldRefuseTheNamesOfMetadataServices(String name) {
        AllowedHosts named = AllowedHosts.of(List.of(name));
        for (AddressPolicy policy : List.of(AddressPolicy.UNRESTRICTED, AddressPolicy.publicAnd(named, line -> line))) {
            assertThatThrownBy(() -> permitted(policy, name, 80, NOBODY, "203.0.113.7"))
                    .isInstanceOf(AddressRefused.class)
                    .hasMessageContaining("a cloud's metadata service");
        }
    }

    @Test
    void shouldLetACommandLineAskWhatItReaches() {
        for (String address : List.of("127.0.0.1", "10.1.2.3", "fd12::1", "203.0.113.7")) {
            assertThat(allows(AddressPolicy.UNRESTRICTED, "registry.example.com", 443, address, NOBODY))
                    .isTrue();
        }
    }

    /** The controller's interfaces are private or public addresses for everyone else. */
    @Test
    void shouldRefuseTheInterfacesOfTheControllerUntilAnEntryNamesThem() throws SocketException {
        for (String own : interfaces()) {
            for (String lists : List.of("", "0.0.0.0/0", "::/0", host(own) + ":444", "other.corp.example")) {
                AddressPolicy policy = AddressPolicy.publicAnd(AllowedHosts.of(List.of(lists)), line -> "add " + line);

                assertThatThrownBy(() -> permitted(policy, "registry.corp.example", 443, NOBODY, own))
                        .isInstanceOf(AddressRefused.class)
                        .hasMessageContaining("is this machine's own address")
                        .hasMessageEndingWith("which no setting allows; add registry.corp.example:443");
            }
            for (String entry : List.of("registry.corp.example:443", "*.corp.example", host(own), own + full(own))) {
                AddressPolicy then = AddressPolicy.publicAnd(AllowedHosts.of(List.of(entry)), line -> line);

                assertThat(allows(then, "registry.corp.example", 443, own, NOBODY))
                        .isTrue();
            }
        }
    }

    @Test
    void shouldNotLetAFolderNameTheInterfacesOfTheController() throws SocketException {
        for (String own : interfaces()) {
            AllowedHosts folder = AllowedHosts.ofFolder(List.of("api.corp.example:6443", host(own) + ":6443"));
            AddressPolicy policy = AddressPolicy.publicAnd(folder, line -> line);

            assertThat(allows(policy, "api.corp.example", 6443, own, NOBODY)).isFalse();
            assertThat(allows(policy, own, 6443, own, NOBODY)).isFalse();
        }
    }

    @Test
    void shouldLetAPrivateHostLeadToAnInterfaceThatIsAllowed() throws SocketException {
        Optional<Lead> lead = Optional.of(new Lead("registry.corp.example", AddressKind.PRIVATE));
        AddressPolicy policy = AddressPolicy.publicAnd(AllowedHosts.of(List.of("auth.corp.example")), line -> line);
        for (String own : interfaces()) {
            assertThat(allows(policy, "auth.corp.example", 443, own, lead)).isTrue();
            assertThat(allows(AddressPolicy.UNRESTRICTED, "auth.corp.example", 443, own, lead))
                    .isTrue();
        }
    }

    private static List<String> interfaces() throws SocketException {
        List<String> own = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                .map(address -> Host.of(address).name())
                .toList();
        assumeFalse(own.isEmpty(), "this machine has no address but loopback");
        return own;
    }

    private static String host(String address) {
        return Host.parse(address).orElseThrow().inUrl();
    }

    private static String full(String address) {
        return address.contains(":") ? "/128" : "/32";
    }

    private static boolean allows(AddressPolicy policy, String host, int port, String address, Optional<Lead> lead) {
        try {
            return !permitted(policy, host, port, lead, address).isEmpty();
        } catch (AddressRefused e) {
            return false;
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private static List<InetAddress> permitted(
            AddressPolicy policy, String host, int port, Optional<Lead> lead, String... addresses)
            throws UnknownHostException {
        List<InetAddress> found = Stream.of(addresses)
                .map(address -> Host.parse(address).orElseThrow().literal().orElseThrow())
                .toList();
        return policy.permitted(Host.parse(host).orElseThrow(), port, found, lead);
    }
}
