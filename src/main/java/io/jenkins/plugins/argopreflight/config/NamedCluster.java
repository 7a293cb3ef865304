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
import io.jenkins.plugins.argopreflight.engine.kubernetes.AccessLimits;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ApiServerUrl;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterConnection;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterEndpoint;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterLogin;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterSource;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Identity.ServiceAccount;
import io.jenkins.plugins.argopreflight.engine.kubernetes.IssuedTokens;
import io.jenkins.plugins.argopreflight.engine.kubernetes.KubeconfigException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.TokenAccount;
import io.jenkins.plugins.argopreflight.engine.kubernetes.argoserver.ArgoServer;
import io.jenkins.plugins.argopreflight.engine.kubernetes.argoserver.ArgoServerAddress;
import io.jenkins.plugins.argopreflight.engine.kubernetes.argoserver.LimitedArgoServer;
import io.jenkins.plugins.argopreflight.engine.kubernetes.client.Fabric8ArgoServer;
import io.jenkins.plugins.argopreflight.engine.util.http.AddressPolicy;
import io.jenkins.plugins.argopreflight.engine.util.http.AllowedHosts;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;

/**
 * A configured cluster with the level where it is configured, whose credentials it uses.
 *
 * @param configuration the settings of the cluster
 * @param owner the folder, or Jenkins
 */
public record NamedCluster(ClusterConfiguration configuration, ItemGroup<?> owner) {

    private static final IssuedTokens TOKENS = new IssuedTokens(Clock.systemUTC());

    /** The credentials for a cluster's Argo Server. */
    public enum ArgoServerLogin {
        /** The credentials that are configured for Argo Server, for a connection with the cluster's own credentials. */
        CONFIGURED,
        /** The credentials of the connection, which a build provides for both servers. */
        OF_CONNECTION
    }

    /** The namespace of Argo's controller if neither the step nor the cluster sets one. */
    public static final String DEFAULT_ARGO_NAMESPACE = "argo";

    /**
     * Returns a sentence for each cluster whose token of {@code tokenServiceAccount} could not be renewed in the last
     * day.
     */
    static List<String> failedRenewals() {
        return TOKENS.failures().stream()
                .map(failure -> Messages.Monitor_failed(failure.user(), failure.reason()))
                .toList();
    }

    /** Returns the cluster's name and level for messages: {@code cluster "prod" of folder team}. */
    public String origin() {
        String name = configuration.getName();
        return owner instanceof Item folder
                ? Messages.NamedCluster_ofFolder(name, folder.getFullName())
                : Messages.NamedCluster_ofJenkins(name);
    }

    /** Returns the limits of an administrator for the cluster. */
    public AccessLimits limits() {
        String argoNamespace = configuration.getArgoNamespace();
        return new AccessLimits(
                origin(),
                configuration.getAllowedNamespaces(),
                argoNamespace.isEmpty() ? DEFAULT_ARGO_NAMESPACE : argoNamespace,
                configuration.isAllowWrites());
    }

    /** Returns whether a job can use the cluster. */
    public boolean isFor(Item job) {
        return ClusterAccess.covers(configuration.getAllowedFolders(), job.getFullName());
    }

    /** Returns the configured credentials; empty if there are none. */
    public Optional<StandardCredentials> credentials() throws AbortException {
        String id = configuration.getCredentialsId();
        if (id.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(find(id, configuration.getServerUrl(), origin()));
    }

    private StandardCredentials find(String id, String url, String usage) throws AbortException {
        StandardCredentials found = CredentialsProvider.findCredentialByIdInItemGroup(
                id,
                StandardCredentials.class,
                owner,
                ACL.SYSTEM2,
                URIRequirementBuilder.fromUri(url).build());
        if (found == null) {
            throw new AbortException(Messages.NamedCluster_noCredentials(usage));
        }
        return found;
    }

    /**
     * Returns the connection with the cluster's own credentials. If {@code tokenServiceAccount} is set, these only
     * request tokens, with which everything else is done.
     *
     * @throws IOException if the settings are invalid; the message is a sentence
     * @throws KubeconfigException if the cluster's kubeconfig has no cluster, or refers to a file or a program
     */
    public ClusterConnection ownConnection(Optional<StandardCredentials> credentials) throws IOException {
        ClusterConnection connection = connection(credentials);
        String accountName = configuration.getTokenServiceAccount();
        if (accountName.isEmpty()) {
            return connection;
        }
        ServiceAccount account = TokenAccount.parse(accountName)
                .orElseThrow(() -> new AbortException(Messages.NamedCluster_tokenAccount(accountName, origin())));
        return connection.withTokensOf(TokenAccount.of(account, TOKENS, origin()));
    }

    /**
     * Returns the ServiceAccount whose tokens builds can get.
     *
     * @throws AbortException if it is not set or invalid
     */
    public ServiceAccount blockAccount() throws AbortException {
        String accountName = configuration.getBlockServiceAccount();
        if (accountName.isEmpty()) {
            throw new AbortException(Messages.NamedCluster_noBlocks(origin()));
        }
        Optional<String> problem = BlockAccount.problem(accountName, configuration.getTokenServiceAccount());
        if (problem.isPresent()) {
            throw new AbortException(Messages.NamedCluster_blockAccount(accountName, origin(), problem.get()));
        }
        return TokenAccount.parse(accountName).orElseThrow();
    }

    /**
     * Returns the connection with the identity of these credentials.
     *
     * @param credentials the cluster's own credentials, or those of a build
     * @throws IOException if the settings are invalid; the message is a sentence
     * @throws KubeconfigException if the kubeconfig in the credentials has no cluster, or refers to a file or a program
     */
    public ClusterConnection connection(Optional<StandardCredentials> credentials) throws IOException {
        ClusterConnection connection =
                ClusterConnection.DEFAULT.from(source(credentials)).within(addresses(credentials));
        return configuration.isJenkinsProxy()
                ? JenkinsProxy.forClusters().map(connection::through).orElse(connection)
                : connection;
    }

    /**
     * Returns the connection with the login of a build's kubeconfig. Address, certificates, proxy and namespace are
     * those of the configuration.
     *
     * @param brought the cluster of the build's kubeconfig
     * @return empty if the kubeconfig refers to another server, or if the configured server cannot be compared
     */
    public Optional<ClusterConnection> connection(ClusterEndpoint brought) {
        try {
            ClusterConnection configured = connection(kubeconfig());
            return configured.source() instanceof ClusterSource.Endpoint source
                            && ApiServerUrl.isSame(source.endpoint().server(), brought.server())
                    ? Optional.of(configured.to(source.endpoint().withLogin(brought.login())))
                    : Optional.empty();
        } catch (IOException | KubeconfigException e) {
            return Optional.empty();
        }
    }

    /** Returns the credentials of the cluster if they are a kubeconfig; empty also if Jenkins no longer has them. */
    private Optional<StandardCredentials> kubeconfig() {
        try {
            return credentials().filter(FileCredentials.class::isInstance);
        } catch (AbortException e) {
            return Optional.empty();
        }
    }

    /**
     * Returns the addresses that a connection can use. The kubeconfig of an administrator can refer to any address,
     * like the server URL of an administrator.
     */
    private AddressPolicy addresses(Optional<StandardCredentials> credentials) {
        boolean isOwnKubeconfig = credentials
                .filter(FileCredentials.class::isInstance)
                .filter(file -> file.getId().equals(configuration.getCredentialsId()))
                .isPresent();
        if (owner instanceof Item folder) {
            return JobSettings.of(folder).addressPolicy(Optional.of(configuration));
        }
        // The server is allowed even before the form is saved: only an administrator can test a cluster of Jenkins
        // itself.
        List<String> server =
                AddressSettings.host(configuration.getServerUrl()).stream().toList();
        return isOwnKubeconfig
                ? AddressPolicy.UNRESTRICTED
                : JobSettings.ofJenkins()
                        .addressPolicy(Optional.of(configuration))
                        .alsoAllowing(AllowedHosts.of(server));
    }

    /**
     * Returns the address of the cluster's Argo Server; empty if none is configured.
     *
     * @throws AbortException if the credentials for Argo Server do not exist, or cannot be used for it
     */
    private Optional<ArgoServerAddress> argoServer(ArgoServerLogin login) throws AbortException {
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
                id.isEmpty() || login == ArgoServerLogin.OF_CONNECTION
                        ? Optional.empty()
                        : Optional.of(ClusterCredentials.ofArgoServer(
                                find(id, url, Messages.NamedCluster_forArgoServer(origin()))))));
    }

    /**
     * Connects to the cluster's Argo Server. Its address counts as configured by an administrator only for a cluster of
     * Jenkins itself.
     *
     * @param connection the connection to the cluster
     * @throws KubeconfigException if the address is not allowed, or if the cluster's login cannot be used there
     */
    public Optional<ArgoServer> connectArgoServer(ClusterConnection connection, ArgoServerLogin login)
            throws IOException {
        Optional<ArgoServerAddress> address = argoServer(login);
        if (address.isEmpty()) {
            return Optional.empty();
        }
        String id = configuration.getCredentialsId();
        if (login == ArgoServerLogin.CONFIGURED && address.get().login().isEmpty() && !id.isEmpty()) {
            // The domain of the cluster's credentials must cover Argo Server, too.
            find(id, address.get().url(), origin());
        }
        AddressPolicy policy =
                JobSettings.of(owner instanceof Item folder ? folder : null).addressPolicy(Optional.of(configuration));
        return Optional.of(
                new LimitedArgoServer(Fabric8ArgoServer.connect(connection.within(policy), address.get()), limits()));
    }

    private ClusterCredentials.AddressFrom addressFrom() {
        return owner instanceof Item
                ? ClusterCredentials.AddressFrom.OTHER_USER
                : ClusterCredentials.AddressFrom.ADMINISTRATOR;
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
                        ? ClusterCredentials.endpoint(address, credentials.get(), addressFrom())
                        : address.endpoint(ClusterLogin.anonymous()));
    }
}
