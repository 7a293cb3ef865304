package io.jenkins.plugins.argopreflight.step;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import com.cloudbees.plugins.credentials.domains.URIRequirementBuilder;
import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.Item;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.model.queue.Tasks;
import hudson.security.ACL;
import io.jenkins.plugins.argopreflight.action.Redacted;
import io.jenkins.plugins.argopreflight.config.JobSettings;
import io.jenkins.plugins.argopreflight.config.NamedCluster;
import io.jenkins.plugins.argopreflight.config.ServerUrl;
import io.jenkins.plugins.argopreflight.credentials.ClusterAddress;
import io.jenkins.plugins.argopreflight.credentials.ClusterCredentials;
import io.jenkins.plugins.argopreflight.credentials.CredentialDomain;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterConnection;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterConnection.Timeouts;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterEndpoint;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterLogin;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterSource;
import io.jenkins.plugins.argopreflight.engine.cluster.KubeconfigException;
import io.jenkins.plugins.argopreflight.engine.cluster.fabric8.Fabric8Gateway;
import io.jenkins.plugins.argopreflight.engine.cluster.kubeconfig.UntrustedKubeconfig;
import io.jenkins.plugins.argopreflight.engine.http.AllowedHosts;
import io.jenkins.plugins.argopreflight.engine.report.Report;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.springframework.security.core.Authentication;

/**
 * Finds the cluster of a step: what it says itself, else the surrounding {@code withKubeConfig}'s KUBECONFIG, else the
 * default of its folder or of Jenkins, else the pod that the controller runs in.
 */
public final class ClusterConnector {

    private final ClusterChoice choice;
    private final Optional<StepContext> context;
    private final Optional<Run<?, ?>> run;
    private final Optional<Item> item;
    private final StepLog log;
    private AllowedHosts domainHosts = AllowedHosts.NONE;

    public ClusterConnector(ClusterChoice choice, StepContext context) throws IOException, InterruptedException {
        Run<?, ?> found = context.get(Run.class);
        this.choice = choice;
        this.context = Optional.of(context);
        this.run = Optional.of(found);
        this.item = Optional.of(found.getParent());
        this.log = StepLog.of(context);
    }

    private ClusterConnector(ClusterChoice choice, Optional<Run<?, ?>> run, Optional<Item> item, PrintStream log) {
        this.choice = choice;
        this.context = Optional.empty();
        this.run = run;
        this.item = item;
        this.log = new StepLog(log);
    }

    /**
     * For what is left to do after a build, with what its job can use; a KUBECONFIG of the build is not available.
     *
     * @param run the build, if it was not deleted
     * @param item its job, else the folder that contained it; empty for the top level
     */
    public static ClusterConnector afterBuild(
            ClusterChoice choice, Optional<Run<?, ?>> run, Optional<Item> item, PrintStream log) {
        return new ClusterConnector(choice, run, item, log);
    }

    /** What holds for the build's job now: a step can run for days, and connect again. */
    public JobSettings settings() {
        return JobSettings.of(item.orElse(null));
    }

    /**
     * Connects; asks the cluster nothing yet. The log shows once which it is, and why; not the address of a configured one.
     *
     * @throws AbortException when there is none, or it cannot be reached like that
     * @throws io.jenkins.plugins.argopreflight.engine.cluster.KubeconfigException when a kubeconfig leads to none
     */
    public StepCluster connect(Timeouts timeouts) throws IOException, InterruptedException {
        choice.check();
        StepCluster found = find(timeouts);
        String server = found.gateway().server();
        log.printOnce(
                found.configuration().isPresent()
                        ? Messages.ClusterConnector_configured(found.why())
                        : Messages.ClusterConnector_at(server, found.why()));
        found.gateway().proxy().ifPresent(proxy -> log.printOnce(Report.Versions.way(proxy)));
        return found;
    }

    /**
     * Why a build is not allowed to receive anything of a namespace any more, by the configuration as it is then; empty
     * while it is.
     *
     * @param cluster the one that was found
     */
    public Optional<String> refusal(StepCluster cluster, String namespace) {
        if (cluster.configuration().isEmpty()) {
            return Optional.empty();
        }
        String name = cluster.configuration().get().getName();
        NamedCluster now = settings().clusters().get(name);
        if (now == null || !isUsable(now)) {
            return Optional.of(Messages.ClusterConnector_gone(name));
        }
        return now.limits().refusal(namespace);
    }

    private StepCluster find(Timeouts timeouts) throws IOException, InterruptedException {
        if (!choice.serverUrl.isEmpty()) {
            checkNotConfigured("serverUrl");
            return inline(timeouts);
        }
        if (!choice.kubeconfigCredentialsId.isEmpty()) {
            checkNotConfigured("kubeconfigCredentialsId");
            String id = choice.kubeconfigCredentialsId;
            FileCredentials file = credentials(id, FileCredentials.class, "", Messages.ClusterConnector_kubeconfig());
            return connect(
                    ClusterCredentials.kubeconfig(file, choice.context),
                    Messages.ClusterConnector_byParameter("kubeconfigCredentialsId"),
                    timeouts);
        }
        if (!choice.cluster.isEmpty()) {
            return named(choice.cluster, Messages.ClusterConnector_byParameter("cluster"), timeouts);
        }
        String kubeconfig =
                context.isPresent() ? context.get().get(EnvVars.class).get("KUBECONFIG", "") : "";
        FilePath workspace = context.isPresent() ? context.get().get(FilePath.class) : null;
        if (!kubeconfig.isEmpty() && workspace != null) {
            checkNotConfigured(Messages.ClusterConnector_itsKubeconfig());
            return connect(
                    UntrustedKubeconfig.endpoint(AgentKubeconfig.read(workspace, kubeconfig), choice.context),
                    Messages.ClusterConnector_byKubeconfig(),
                    timeouts);
        }
        if (!settings().defaultCluster().isEmpty()) {
            return named(settings().defaultCluster(), Messages.ClusterConnector_byDefault(), timeouts);
        }
        if (settings().isOwnCluster() && System.getenv("KUBERNETES_SERVICE_HOST") != null) {
            ClusterConnection connection =
                    ClusterConnection.DEFAULT.from(new ClusterSource.InPod()).withTimeouts(timeouts);
            return StepCluster.of(connection, Messages.ClusterConnector_ownPod());
        }
        throw new AbortException(
                settings().isOnlyConfiguredClusters()
                        ? Messages.ClusterConnector_noneConfigured()
                        : Messages.ClusterConnector_none());
    }

    private void checkNotConfigured(String what) throws AbortException {
        if (settings().isOnlyConfiguredClusters()) {
            throw new AbortException(Messages.ClusterConnector_onlyConfigured(what));
        }
    }

    private StepCluster inline(Timeouts timeouts) throws IOException {
        Optional<String> problem = ServerUrl.problem(choice.serverUrl, choice.skipTlsVerify);
        if (problem.isPresent()) {
            throw new AbortException(Messages.ClusterConnector_serverUrl(problem.get()));
        }
        ClusterAddress address = new ClusterAddress(
                Messages.ClusterConnector_byParameter("serverUrl"),
                choice.serverUrl,
                choice.caCertificate,
                choice.skipTlsVerify);
        ClusterEndpoint endpoint = choice.credentialsId.isEmpty()
                ? address.endpoint(ClusterLogin.anonymous())
                : ClusterCredentials.at(address, login(choice.serverUrl, "serverUrl"), false);
        return connect(endpoint, Messages.ClusterConnector_byParameter("serverUrl"), timeouts);
    }

    /**
     * The configured cluster of that name, else the default one, whatever a step can do with it.
     *
     * @throws AbortException when there is none that the job can use
     */
    public NamedCluster configured() throws AbortException {
        return choice.cluster.isEmpty()
                ? usable(settings().defaultCluster(), Messages.ClusterConnector_byDefault())
                : usable(choice.cluster, Messages.ClusterConnector_byParameter("cluster"));
    }

    /** A connection with the cluster's own credential, which no limit for steps holds: for the tokens of blocks. */
    public Fabric8Gateway own(NamedCluster cluster, Timeouts timeouts) throws IOException {
        Optional<StandardCredentials> credentials = cluster.credentials();
        credentials.ifPresent(this::track);
        return Fabric8Gateway.connect(cluster.ownConnection(credentials).withTimeouts(timeouts));
    }

    private NamedCluster usable(String name, String why) throws AbortException {
        NamedCluster cluster = settings().clusters().get(name);
        if (cluster == null) {
            List<String> usable = settings().clusters().entrySet().stream()
                    .filter(each -> isUsable(each.getValue()))
                    .map(Map.Entry::getKey)
                    .toList();
            String there = usable.isEmpty() ? Messages.ClusterConnector_noOthers() : String.join(", ", usable);
            throw new AbortException(
                    name.isEmpty()
                            ? Messages.ClusterConnector_noDefault(there)
                            : Messages.ClusterConnector_unknown(name, why, there));
        }
        if (!isUsable(cluster)) {
            throw new AbortException(Messages.ClusterConnector_notForJob(
                    item.map(Item::getFullName).orElseGet(Messages::ClusterConnector_topLevel), cluster.origin(), why));
        }
        return cluster;
    }

    private StepCluster named(String name, String why, Timeouts timeouts) throws IOException {
        NamedCluster cluster = usable(name, why);
        boolean own = choice.credentialsId.isEmpty();
        Optional<StandardCredentials> credentials = own
                ? cluster.credentials()
                : Optional.of(login(cluster.configuration().getServerUrl(), cluster.origin()));
        credentials.ifPresent(this::track);
        try {
            ClusterConnection connection = own ? cluster.ownConnection(credentials) : cluster.connection(credentials);
            StepCluster.OwnLogin ours = url -> own || login(url, cluster.origin()) == null;
            return StepCluster.of(connection.withTimeouts(timeouts), cluster, why + ": " + cluster.origin(), ours);
        } catch (KubeconfigException e) {
            throw new AbortException(Redacted.text(cluster.configuration().getServerUrl(), e.getMessage()));
        }
    }

    private StepCluster connect(ClusterEndpoint endpoint, String why, Timeouts timeouts) {
        ClusterConnection connection = ClusterConnection.DEFAULT
                .to(endpoint)
                .within(settings().addressPolicy(Optional.empty()).alsoAllowing(domainHosts))
                .withTimeouts(timeouts);
        return StepCluster.of(connection, why);
    }

    /**
     * A login for the cluster of {@code cluster} or {@code serverUrl}. A kubeconfig is none: it leads to a cluster of its
     * own, also where the configured one has no address but that in its own kubeconfig.
     */
    private StandardCredentials login(String serverUrl, String where) throws AbortException {
        StandardCredentials found = credentials(
                choice.credentialsId, StandardCredentials.class, serverUrl, Messages.ClusterConnector_forServer(where));
        if (found instanceof FileCredentials) {
            throw new AbortException(Messages.ClusterConnector_twoAddresses(choice.credentialsId, where));
        }
        return found;
    }

    private <C extends StandardCredentials> C credentials(String id, Class<C> type, String uri, String what)
            throws AbortException {
        List<DomainRequirement> domain = URIRequirementBuilder.fromUri(uri).build();
        C found = run.isPresent()
                ? CredentialsProvider.findCredentialById(id, type, run.get(), domain)
                : item.map(where -> CredentialsProvider.findCredentialByIdInItem(
                                id, type, where, authentication(where), domain))
                        .orElse(null);
        if (found == null) {
            throw new AbortException(Messages.ClusterConnector_noCredentials(id, what));
        }
        track(found);
        if (item.isPresent()) {
            domainHosts = domainHosts.and(CredentialDomain.hosts(item.get(), found));
        }
        return found;
    }

    /** As for a build of the job. */
    private static Authentication authentication(Item item) {
        return item instanceof Queue.Task task ? Tasks.getAuthenticationOf2(task) : ACL.SYSTEM2;
    }

    private void track(StandardCredentials credentials) {
        run.ifPresent(build -> CredentialsProvider.track(build, credentials));
    }

    private boolean isUsable(NamedCluster cluster) {
        return item.isPresent()
                ? cluster.isFor(item.get())
                : cluster.configuration().getAllowedFolders().isEmpty();
    }
}
