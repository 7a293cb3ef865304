package io.jenkins.plugins.argopreflight.credentials;

import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Queue;
import hudson.model.queue.Tasks;
import hudson.security.ACL;
import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import io.jenkins.plugins.argopreflight.engine.util.limits.RunLimits;
import io.jenkins.plugins.argopreflight.engine.util.text.SimilarNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.security.core.Authentication;

/** The search for credentials that a build can use: the permissions that count, and the stores that are searched. */
public final class CredentialSearch {

    private CredentialSearch() {}

    /** Returns the authentication of a build of the job. */
    public static Authentication authentication(Item item) {
        return item instanceof Queue.Task task ? Tasks.getAuthenticationOf2(task) : ACL.SYSTEM2;
    }

    /**
     * Returns why no credentials were found: the stores of the folders around the job and of Jenkins have none of this
     * id, or only some whose domain or kind does not fit. The most similar id is one that the build itself could use.
     */
    public static String failure(String id, Item job) {
        Set<String> usable = ids(job);
        if (usable.contains(id)) {
            return Messages.CredentialSearch_unfit();
        }
        return similar(id, usable)
                .map(near -> Messages.CredentialSearch_near(stores(job), near))
                .orElseGet(() -> Messages.CredentialSearch_none(stores(job)));
    }

    /** Returns the most similar id. Opens a budget, since a search after the end of a build has none. */
    private static Optional<String> similar(String id, Set<String> usable) {
        try (Budget.Scope own = Budget.open(RunLimits.DEFAULT)) {
            return SimilarNames.to(id, usable);
        }
    }

    private static String stores(Item job) {
        List<String> stores = new ArrayList<>();
        ItemGroup<?> group = job instanceof ItemGroup<?> own ? own : job.getParent();
        for (; group instanceof Item folder; group = folder.getParent()) {
            stores.add(Messages.CredentialSearch_folder(folder.getFullName()));
        }
        stores.add(Messages.CredentialSearch_jenkins());
        return String.join(", ", stores);
    }

    /** Returns the ids that a build of the job can use, of any domain and kind. */
    private static Set<String> ids(Item job) {
        Authentication build = authentication(job);
        Set<String> ids = new TreeSet<>();
        add(ids, job, build);
        if (!build.equals(ACL.SYSTEM2) && job.hasPermission2(build, CredentialsProvider.USE_ITEM)) {
            add(ids, job, ACL.SYSTEM2);
        }
        return ids;
    }

    private static void add(Set<String> ids, Item job, Authentication authentication) {
        CredentialsProvider.listCredentialsInItem(
                        StandardCredentials.class,
                        job,
                        authentication,
                        List.<DomainRequirement>of(),
                        CredentialsMatchers.instanceOf(StandardCredentials.class))
                .forEach(option -> ids.add(option.value));
    }
}
