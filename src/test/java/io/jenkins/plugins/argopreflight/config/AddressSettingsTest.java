package io.jenkins.plugins.argopreflight.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.argopreflight.engine.util.http.AddressPolicy;
import io.jenkins.plugins.argopreflight.engine.util.http.AddressRefused;
import io.jenkins.plugins.argopreflight.engine.util.http.Host;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressSettingsTest {

    private static final AddressPolicy POLICY = AddressSettings.policy(
            List.of("10.0.0.0/16", "127.0.0.1:5000"),
            List.of(
                    "https://api.corp.example:6443",
                    "https://api2.corp.example",
                    "",
                    "no url",
                    "http://192.168.7.7:8080",
                    "https://localhost:7443"),
            List.of("https://folder.corp.example:6443", "https://127.0.0.1:2375", "https://10.9.9.9:6443"),
            List.of("registry.lab:5000", "*.registries.example"));

    @ParameterizedTest
    @CsvSource({
        "registry.corp.example, 443, 10.0.2.3, true",
        "registry.example.com, 443, 203.0.113.7, true",
        "registry.corp.example, 443, 172.16.1.1, false",
        "api.corp.example, 6443, 172.16.1.1, true",
        "api.corp.example, 22, 172.16.1.1, false",
        "api2.corp.example, 443, 172.16.1.1, true",
        "192.168.7.7, 8080, 192.168.7.7, true",
        "192.168.7.7, 22, 192.168.7.7, false",
        "registry.lab, 5000, 192.168.1.1, true",
        "registry.lab, 443, 192.168.1.1, false",
        "a.registries.example, 443, 192.168.1.1, true",
        "127.0.0.1, 5000, 127.0.0.1, true",
        "127.0.0.1, 5001, 127.0.0.1, false",
        "localhost, 8080, 127.0.0.1, false",
        "localhost, 8080, ::1, false",
        "localhost, 7443, 127.0.0.1, true",
        "folder.corp.example, 6443, 172.16.1.1, true",
        "folder.corp.example, 443, 172.16.1.1, false",
        "folder.corp.example, 6443, 127.0.0.1, false",
        "folder.corp.example, 6443, ::1, false",
        "folder.corp.example, 6443, ::ffff:127.0.0.1, false",
        "folder.corp.example, 6443, 64:ff9b::7f00:1, false",
        "folder.corp.example, 6443, 169.254.169.254, false",
        "folder.corp.example, 6443, 0.0.0.0, false",
        "127.0.0.1, 2375, 127.0.0.1, false",
        "10.9.9.9, 6443, 10.9.9.9, true",
        "10.9.9.9, 22, 10.9.9.9, false",
    })
    void shouldAllowWhatAnAdministratorNamed(String host, int port, String address, boolean allowed)
            throws UnknownHostException {
        assertThat(allows(POLICY, host, port, address)).isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource({"registry.corp.example, 443, 172.16.1.1, 172.16.0.0/12", "127.0.0.1, 5001, 127.0.0.1, 127.0.0.1:5001"})
    void shouldGiveTheLineToPaste(String host, int port, String address, String entry) {
        assertThatThrownBy(() -> permitted(POLICY, host, port, address))
                .isInstanceOf(AddressRefused.class)
                .hasMessageEndingWith("unclassified: {argoPreflight: {allowedHosts: [\"" + entry + "\"]}}");
    }

    /** A manifest with the image localhost:8080/x asks for a port of the controller, beside the company's registry. */
    @Test
    void shouldNotOfferAddressesOfTheControllerToPaste() throws UnknownHostException {
        AddressPolicy policy = AddressSettings.policy(List.of(), List.of(), List.of(), List.of());
        assertThat(AddressSettings.refused(policy)).isEmpty();
        allows(policy, "localhost", 8080, "127.0.0.1");
        assertThat(AddressSettings.refused(policy))
                .singleElement()
                .asString()
                .contains("at an address of this controller: localhost:8080. ")
                .doesNotContain("unclassified");
        allows(policy, "registry.corp.example", 443, "10.1.2.3");

        assertThat(AddressSettings.refused(policy))
                .satisfiesExactly(
                        all -> assertThat(all)
                                .endsWith("unclassified: {argoPreflight: {allowedHosts: [\"10.0.0.0/8\"]}}")
                                .doesNotContain("localhost"),
                        own -> assertThat(own).contains(": localhost:8080. ").doesNotContain("unclassified"));
    }

    private static boolean allows(AddressPolicy policy, String host, int port, String address)
            throws UnknownHostException {
        try {
            permitted(policy, host, port, address);
            return true;
        } catch (AddressRefused e) {
            return false;
        }
    }

    private static void permitted(AddressPolicy policy, String host, int port, String address)
            throws UnknownHostException {
        policy.permitted(
                Host.parse(host).orElseThrow(),
                port,
                List.of(Host.parse(address).orElseThrow().literal().orElseThrow()),
                Optional.empty());
    }
}
