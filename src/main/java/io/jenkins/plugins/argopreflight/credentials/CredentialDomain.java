package io.jenkins.plugins.argopreflight.credentials;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsStore;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.cloudbees.plugins.credentials.domains.HostnameSpecification;
import hudson.Util;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.argopreflight.engine.util.http.AllowedHosts;
import java.util.List;
import java.util.stream.Stream;

/**
 * The host names in the domain of credentials: the user who stored the credentials there chose these hosts for them.
 * Users other than administrators can store credentials in a folder, so the hosts of credentials in a folder count in
 * private networks only.
 */
public final class CredentialDomain {

    private CredentialDomain() {}

    /**
     * Returns the hosts of a credential in a store of Jenkins or of a folder. A user's own store does not count.
     *
     * @param job the job for which the credential was found
     */
    public static AllowedHosts hosts(Item job, StandardCredentials used) {
        AllowedHosts hosts = AllowedHosts.NONE;
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            for (CredentialsStore store : CredentialsProvider.lookupStores(job)) {
                if (store.getContext() instanceof ItemGroup<?>) {
                    for (Domain domain : store.getDomains()) {
                        if (holds(store.getCredentials(domain), used)) {
                            hosts = hosts.and(
                                    store.getContext() instanceof Item
                                            ? AllowedHosts.ofFolder(names(domain))
                                            : AllowedHosts.of(names(domain)));
                        }
                    }
                }
            }
        }
        return hosts;
    }

    /** Returns whether the list has this very object. Another store can have an equal credential of the same id. */
    private static boolean holds(List<Credentials> stored, StandardCredentials used) {
        return stored.stream().anyMatch(one -> one == used);
    }

    private static List<String> names(Domain domain) {
        return domain.getSpecifications().stream()
                .filter(HostnameSpecification.class::isInstance)
                .map(hosts -> Util.fixNull(((HostnameSpecification) hosts).getIncludes()))
                .flatMap(included -> Stream.of(included.split("[,\\n ]")))
                .filter(host -> !host.isBlank() && !host.contains("/"))
                .toList();
    }
}
