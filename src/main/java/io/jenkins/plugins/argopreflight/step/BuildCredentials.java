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
import io.jenkins.plugins.argopreflight.engine.util.http.AllowedHosts;
import java.util.List;
import java.util.Optional;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;

/** The credentials that a build, or the clean-up after it, can use for its cluster. */
final class BuildCredentials {

    private final Optional<Run<?, ?>> run;
    private final Optional<Item> item;
    private AllowedHosts domainHosts = AllowedHosts.NONE;

    /**
     * Creates the credentials of a build.
     *
     * @param run the build, if it was not deleted
     * @param item its job, or the folder that contained the job; empty for the top level
     */
    BuildCredentials(Optional<Run<?, ?>> run, Optional<Item> item) {
        this.run = run;
        this.item = item;
    }

    /** Returns the hosts in the domains of the credentials that were found so far. */
    AllowedHosts domainHosts() {
        return domainHosts;
    }

    /**
     * Returns the login for the cluster of {@code cluster} or {@code serverUrl}. A kubeconfig is refused, since it
     * contains the address of its own cluster.
     */
    StandardCredentials login(String id, String serverUrl, String source) throws AbortException {
        StandardCredentials found =
                find(id, StandardCredentials.class, serverUrl, Messages.ClusterConnector_forServer(source));
        if (found instanceof FileCredentials) {
            throw new AbortException(Messages.ClusterConnector_twoAddresses(id, source));
        }
        return found;
    }

    /**
     * Finds credentials, and tracks their use.
     *
     * @param uri the URI that their domain must cover; "" for none
     * @param purpose the purpose of the credentials, for messages
     * @throws AbortException if the build cannot use credentials with this id
     */
    <C extends StandardCredentials> C find(String id, Class<C> type, String uri, String purpose) throws AbortException {
        List<DomainRequirement> domain = URIRequirementBuilder.fromUri(uri).build();
        C found = run.isPresent()
                ? CredentialsProvider.findCredentialById(id, type, run.get(), domain)
                : item.map(job -> CredentialsProvider.findCredentialByIdInItem(
                                id, type, job, CredentialSearch.authentication(job), domain))
                        .orElse(null);
        if (found == null) {
            throw new AbortException(Messages.ClusterConnector_noCredentials(
                    id,
                    purpose,
                    item.map(job -> CredentialSearch.failure(id, job)).orElse("")));
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
