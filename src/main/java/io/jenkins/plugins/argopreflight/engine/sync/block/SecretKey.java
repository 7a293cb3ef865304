package io.jenkins.plugins.argopreflight.engine.sync.block;

import io.jenkins.plugins.argopreflight.engine.kubernetes.ApiServerUrl;
import java.util.Locale;

/**
 * A Secret in one cluster as one owner sees it: two owners never share its entry in {@link Holds}.
 *
 * @param owner the id of the owner, which begins with that of the Jenkins controller
 * @param server the address of the API server
 * @param namespace the namespace of the Secret
 * @param name the name of the Secret
 */
public record SecretKey(String owner, String server, String namespace, String name) {

    public SecretKey {
        server = normalize(server);
    }

    /**
     * Returns a text that identifies the Secret for all owners. Writers lock it, so that only one writes the Secret.
     */
    String place() {
        return server + " " + namespace + "/" + name;
    }

    /**
     * Returns the normal form of an address: in lower case, without trailing slash and without the default port of
     * https.
     */
    public static String normalize(String server) {
        String address = ApiServerUrl.withoutTrailingSlash(server.toLowerCase(Locale.ROOT));
        return address.startsWith("https://") ? address.replaceFirst(":443$", "") : address;
    }
}
