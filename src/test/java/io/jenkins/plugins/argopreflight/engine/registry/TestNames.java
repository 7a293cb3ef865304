package io.jenkins.plugins.argopreflight.engine.registry;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The addresses of host names in tests, without DNS. */
public final class TestNames {

    private TestNames() {}

    /** Returns settings by which a registry's names are resolved here. */
    public static RegistrySettings.Builder settings() {
        return RegistrySettings.builder().resolver(TestNames::resolve);
    }

    static InetAddress[] resolve(String host) throws UnknownHostException {
        return switch (host) {
            case "evil.example.com" -> InetAddress.getAllByName("169.254.169.254");
            case "rebound.example.com" -> InetAddress.getAllByName("127.0.0.1");
            case "auth.example.com" -> InetAddress.getAllByName("192.0.2.1");
            default -> {
                if (host.matches("[0-9.]+|\\[.*]|localhost")) {
                    yield InetAddress.getAllByName(host);
                }
                throw new UnknownHostException(host);
            }
        };
    }
}
