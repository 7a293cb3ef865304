package io.jenkins.plugins.argopreflight.engine.hold;

import java.util.Locale;

/**
 * One Secret in one cluster, as one owner sees it: two owners never share a hold.
 *
 * @param owner the id of the owner, which begins with the controller's
 * @param server the address of the API server
 * @param namespace where it is
 * @param name its name
 */
public record SecretKey(String owner, String server, String namespace, String name) {

    public SecretKey {
        server = normalize(server);
    }

    /** The same for all owners: writes to one place are serialised. */
    String place() {
        return server + " " + namespace + "/" + name;
    }

    /** One spelling for each address. */
    public static String normalize(String server) {
        String address = server.toLowerCase(Locale.ROOT).replaceFirst("(?<!/)/++$", "");
        return address.startsWith("https://") ? address.replaceFirst(":443$", "") : address;
    }
}
