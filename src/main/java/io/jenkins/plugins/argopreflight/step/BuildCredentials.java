package io.jenkins.plugins.argopreflight.step;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import com.cloudbees.plugins.credentials.domains.URIRequirementBuilder;
import hudson.AbortException;
import hudson.model.Item;
import hudson.model.Run;
import io.jenkins.plugins.argopreflight.credentials.CredentialDomain;
import io.jenkins.plugins.argopreflight.credentials.CredentialSearch;
import io.jenkins.plugins.argopreflight.engine.http.AllowedHosts;
import java.util.List;
import java.util.Optional;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;

/** The credentials that a build, or what is left to do after it, can use for its cluster. */
final class BuildCredentials {

    private final Optional<Run<?, ?>> run;
    private final Optional<Item> item;
    private AllowedHosts domainHosts = AllowedHosts.NONE;

    /**
     * @param run the build, if it was not deleted
     * @param item its job, else the folder that contained it; empty for the top level
     */
    BuildCredentials(Optional<Run<?, ?>> run, Optional<Item> item) {
        this.run = run;
        this.item = item;
    }

    /** The hosts that the domains of the credentials name which were found so far. */
    AllowedHosts domainHosts() {
        return domainHosts;
    }

    /**
     * A login for the cluster of {@code cluster} or {@code serverUrl}. A kubeconfig is none: it leads to a cluster of its
     * own, also where the configured one has no address but that in its own kubeconfig.
     */
    StandardCredentials login(String id, String serverUrl, String where) throws AbortException {
        StandardCredentials found =
                find(id, StandardCredentials.class, serverUrl, Messages.ClusterConnector_forServer(where));
        if (found instanceof FileCredentials) {
            throw new AbortException(Messages.ClusterConnector_twoAddresses(id, where));
        }
        return found;
    }

    /**
     * Finds credentials, and tracks their use.
     *
     * @param uri that their domain must cover; "" for none
     * @param what they are for, for messages
     * @throws AbortException when the build can use none of this id
     */
    <C extends StandardCredentials> C find(String id, Class<C> type, String uri, String what) throws AbortException {
        List<DomainRequirement> domain = URIRequirementBuilder.fromUri(uri).build();
        C found = run.isPresent()
                ? CredentialsProvider.findCredentialById(id, type, run.get(), domain)
                : item.map(where -> CredentialsProvider.findCredentialByIdInItem(
                                id, type, where, CredentialSearch.authentication(where), domain))
                        .orElse(null);
        if (found == null) {
            throw new AbortException(Messages.ClusterConnector_noCredentials(
                    id, what, item.map(job -> CredentialSearch.failure(id, job)).orElse("")));
        }
        track(found);
        if (item.isPresent()) {
            domainHosts = domainHosts.and(CredentialDomain.hosts(item.get(), found));
        }
        return found;
    }

    void track(StandardCredentials credentials) {
        run.ifPresent(build -> CredentialsProvider.track(build, credentials));
    }
}
