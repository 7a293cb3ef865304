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
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The host names that the domain of credentials names: whoever stored them there chose these hosts for them. */
public final class CredentialDomain {

    private CredentialDomain() {}

    /**
     * The hosts of a credential in a store of Jenkins or of a folder; a user's own store counts for nothing.
     *
     * @param job for which the credential was found
     */
    public static List<String> hosts(Item job, StandardCredentials used) {
        List<String> hosts = new ArrayList<>();
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            for (CredentialsStore store : CredentialsProvider.lookupStores(job)) {
                if (store.getContext() instanceof ItemGroup<?>) {
                    for (Domain domain : store.getDomains()) {
                        if (holds(store.getCredentials(domain), used)) {
                            hosts.addAll(hosts(domain));
                        }
                    }
                }
            }
        }
        return hosts;
    }

    /** The very credential, as another store may have one of the same id. */
    private static boolean holds(List<Credentials> stored, StandardCredentials used) {
        return stored.stream().anyMatch(one -> one.equals(used));
    }

    private static List<String> hosts(Domain domain) {
        return domain.getSpecifications().stream()
                .filter(HostnameSpecification.class::isInstance)
                .map(hosts -> Util.fixNull(((HostnameSpecification) hosts).getIncludes()))
                .flatMap(included -> Stream.of(included.split("[,\\n ]")))
                .filter(host -> !host.isBlank())
                .toList();
    }
}
