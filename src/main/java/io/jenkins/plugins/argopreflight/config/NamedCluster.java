package io.jenkins.plugins.argopreflight.config;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.domains.URIRequirementBuilder;
import hudson.AbortException;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.security.ACL;
import io.jenkins.plugins.argopreflight.credentials.ClusterAddress;
import io.jenkins.plugins.argopreflight.credentials.ClusterCredentials;
import io.jenkins.plugins.argopreflight.engine.cluster.AccessLimits;
import io.jenkins.plugins.argopreflight.engine.cluster.ApiServerUrl;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterConnection;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterEndpoint;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterLogin;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterSource;
import io.jenkins.plugins.argopreflight.engine.cluster.Identity.ServiceAccount;
import io.jenkins.plugins.argopreflight.engine.cluster.IssuedTokens;
import io.jenkins.plugins.argopreflight.engine.cluster.KubeconfigException;
import io.jenkins.plugins.argopreflight.engine.cluster.TokenAccount;
import io.jenkins.plugins.argopreflight.engine.cluster.argo.ArgoServer;
import io.jenkins.plugins.argopreflight.engine.cluster.argo.ArgoServerAddress;
import io.jenkins.plugins.argopreflight.engine.cluster.argo.LimitedArgoServer;
import io.jenkins.plugins.argopreflight.engine.cluster.fabric8.Fabric8ArgoServer;
import io.jenkins.plugins.argopreflight.engine.http.AddressPolicy;
import io.jenkins.plugins.argopreflight.engine.http.AllowedHosts;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;

/**
 * A configured cluster and where it is configured, which says whose credentials it uses: the folder's, or Jenkins' own.
 *
 * @param configuration what was configured
 * @param owner the folder, or Jenkins
 */
public record NamedCluster(ClusterConfiguration configuration, ItemGroup<?> owner) {

    private static final IssuedTokens TOKENS = new IssuedTokens(Clock.systemUTC());

    /** Where Argo's controller runs unless a step or a cluster says otherwise. */
    public static final String DEFAULT_ARGO_NAMESPACE = "argo";

    /** A sentence for each cluster whose token of {@code tokenServiceAccount} could not be renewed in the last day. */
    static List<String> failedRenewals() {
        return TOKENS.failures().stream()
                .map(failure -> Messages.Monitor_failed(failure.user(), failure.reason()))
                .toList();
    }

    /** For messages: {@code cluster "prod" of folder team}. */
    public String origin() {
        String name = configuration.getName();
        return owner instanceof Item folder
                ? Messages.NamedCluster_ofFolder(name, folder.getFullName())
                : Messages.NamedCluster_ofJenkins(name);
    }

    /** What an administrator allows on it. */
    public AccessLimits limits() {
        String argoNamespace = configuration.getArgoNamespace();
        return new AccessLimits(
                origin(),
                configuration.getAllowedNamespaces(),
                argoNamespace.isEmpty() ? DEFAULT_ARGO_NAMESPACE : argoNamespace,
                configuration.isAllowWrites());
    }

    /** Whether a job can use it. */
    public boolean isFor(Item job) {
        return ClusterAccess.covers(configuration.getAllowedFolders(), job.getFullName());
    }

    /** Its credentials as the one who configured it chose them; empty when it has none. */
    public Optional<StandardCredentials> credentials() throws AbortException {
        String id = configuration.getCredentialsId();
        if (id.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(find(id, configuration.getServerUrl(), origin()));
    }

    private StandardCredentials find(String id, String url, String what) throws AbortException {
        StandardCredentials found = CredentialsProvider.findCredentialByIdInItemGroup(
                id,
                StandardCredentials.class,
                owner,
                ACL.SYSTEM2,
                URIRequirementBuilder.fromUri(url).build());
        if (found == null) {
            throw new AbortException(Messages.NamedCluster_noCredentials(what));
        }
        return found;
    }

    /**
     * How to reach it with its own credentials, which only request tokens where {@code tokenServiceAccount} is set.
     *
     * @throws IOException when it cannot be reached like that, in a sentence
     * @throws KubeconfigException when its kubeconfig leads to no cluster, or names a file or a program
     */
    public ClusterConnection ownConnection(Optional<StandardCredentials> credentials) throws IOException {
        ClusterConnection connection = connection(credentials);
        String written = configuration.getTokenServiceAccount();
        if (written.isEmpty()) {
            return connection;
        }
        ServiceAccount account = TokenAccount.parse(written)
                .orElseThrow(() -> new AbortException(Messages.NamedCluster_tokenAccount(written, origin())));
        return connection.withTokensOf(TokenAccount.of(account, TOKENS, origin()));
    }

    /**
     * The ServiceAccount whose tokens builds can have.
     *
     * @throws AbortException when no one set it, or not like that
     */
    public ServiceAccount blockAccount() throws AbortException {
        String written = configuration.getBlockServiceAccount();
        if (written.isEmpty()) {
            throw new AbortException(Messages.NamedCluster_noBlocks(origin()));
        }
        Optional<String> problem = BlockAccount.problem(written, configuration.getTokenServiceAccount());
        if (problem.isPresent()) {
            throw new AbortException(Messages.NamedCluster_blockAccount(written, origin(), problem.get()));
        }
        return TokenAccount.parse(written).orElseThrow();
    }

    /**
     * How to reach it, with the identity of these credentials.
     *
     * @param credentials its own, or a build's
     * @throws IOException when it cannot be reached like that, in a sentence
     * @throws KubeconfigException when its kubeconfig leads to no cluster, or names a file or a program
     */
    public ClusterConnection connection(Optional<StandardCredentials> credentials) throws IOException {
        ClusterConnection connection =
                ClusterConnection.DEFAULT.from(source(credentials)).within(addresses(credentials));
        return configuration.isJenkinsProxy()
                ? JenkinsProxy.forClusters().map(connection::through).orElse(connection)
                : connection;
    }

    /**
     * Returns the way to it with the login of a kubeconfig that a build brings. Address, certificates, proxy and namespace
     * are those that were configured.
     *
     * @return empty when the kubeconfig names another server, or none is configured here in a way that can be compared
     */
    public Optional<ClusterConnection> connection(ClusterEndpoint brought) {
        try {
            ClusterConnection own = connection(kubeconfig());
            return own.source() instanceof ClusterSource.Endpoint here
                            && ApiServerUrl.isSame(here.endpoint().server(), brought.server())
                    ? Optional.of(own.to(here.endpoint().withLogin(brought.login())))
                    : Optional.empty();
        } catch (IOException | KubeconfigException e) {
            return Optional.empty();
        }
    }

    /** The credentials of the cluster, if they are a kubeconfig; empty also where Jenkins does not have them any more. */
    private Optional<StandardCredentials> kubeconfig() {
        try {
            return credentials().filter(FileCredentials.class::isInstance);
        } catch (AbortException e) {
            return Optional.empty();
        }
    }

    /** An administrator's own kubeconfig can lead to any address, as a server URL of his can. */
    private AddressPolicy addresses(Optional<StandardCredentials> credentials) {
        boolean own = credentials
                .filter(FileCredentials.class::isInstance)
                .filter(file -> file.getId().equals(configuration.getCredentialsId()))
                .isPresent();
        if (owner instanceof Item folder) {
            return JobSettings.of(folder).addressPolicy(Optional.of(configuration));
        }
        // Also where it is not saved yet: only an administrator can try one that is configured for all of Jenkins.
        List<String> server =
                AddressSettings.host(configuration.getServerUrl()).stream().toList();
        return own
                ? AddressPolicy.UNRESTRICTED
                : JobSettings.of(null).addressPolicy(Optional.of(configuration)).alsoAllowing(AllowedHosts.of(server));
    }

    /**
     * Where its Argo Server is; empty when none is configured.
     *
     * @throws AbortException when its credentials do not exist, or cannot be used there
     */
    private Optional<ArgoServerAddress> argoServer(boolean own) throws AbortException {
        String url = configuration.getArgoServer();
        if (url.isEmpty()) {
            return Optional.empty();
        }
        String id = configuration.getArgoServerCredentialsId();
        return Optional.of(new ArgoServerAddress(
                Messages.NamedCluster_argoServer(origin()),
                url,
                configuration.getArgoServerCaCertificate(),
                configuration.isArgoServerSkipTlsVerify(),
                id.isEmpty() || !own
                        ? Optional.empty()
                        : Optional.of(ClusterCredentials.ofArgoServer(
                                find(id, url, Messages.NamedCluster_forArgoServer(origin()))))));
    }

    /**
     * A connection to its Argo Server with what was configured, which counts as an address of an administrator only
     * where Jenkins itself is configured.
     *
     * @param connection to the cluster
     * @param own whether it has the cluster's own credentials; a build's own are used for both
     * @throws KubeconfigException when it must not be asked, or the cluster's login is of no use there
     */
    public Optional<ArgoServer> connectArgoServer(ClusterConnection connection, boolean own) throws IOException {
        Optional<ArgoServerAddress> address = argoServer(own);
        if (address.isEmpty()) {
            return Optional.empty();
        }
        String id = configuration.getCredentialsId();
        if (own && address.get().login().isEmpty() && !id.isEmpty()) {
            // The domain of the cluster's credentials must cover this server, too.
            find(id, address.get().url(), origin());
        }
        AddressPolicy policy =
                JobSettings.of(owner instanceof Item folder ? folder : null).addressPolicy(Optional.of(configuration));
        return Optional.of(
                new LimitedArgoServer(Fabric8ArgoServer.connect(connection.within(policy), address.get()), limits()));
    }

    private ClusterSource source(Optional<StandardCredentials> credentials) throws IOException {
        if (credentials.isPresent() && credentials.get() instanceof FileCredentials file) {
            return new ClusterSource.Endpoint(ClusterCredentials.kubeconfig(file, configuration.getContext()));
        }
        String server = configuration.getServerUrl();
        if (server.isEmpty() && credentials.isEmpty() && !(owner instanceof Item)) {
            return new ClusterSource.InPod();
        }
        Optional<String> problem = server.isEmpty()
                ? Optional.of(Messages.NamedCluster_noServerUrl())
                : ServerUrl.problem(server, configuration.isSkipTlsVerify());
        if (problem.isPresent()) {
            throw new AbortException(Messages.NamedCluster_serverUrl(origin(), problem.get()));
        }
        ClusterAddress address =
                new ClusterAddress(origin(), server, configuration.getCaCertificate(), configuration.isSkipTlsVerify());
        return new ClusterSource.Endpoint(
                credentials.isPresent()
                        ? ClusterCredentials.at(address, credentials.get(), !(owner instanceof Item))
                        : address.endpoint(ClusterLogin.anonymous()));
    }
}
