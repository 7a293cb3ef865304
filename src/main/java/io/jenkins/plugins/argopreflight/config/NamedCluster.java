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
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterConnection;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterLogin;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterSource;
import io.jenkins.plugins.argopreflight.engine.cluster.Identity.ServiceAccount;
import io.jenkins.plugins.argopreflight.engine.cluster.IssuedTokens;
import io.jenkins.plugins.argopreflight.engine.cluster.KubeconfigException;
import io.jenkins.plugins.argopreflight.engine.cluster.TokenAccount;
import io.jenkins.plugins.argopreflight.engine.http.AddressPolicy;
import java.io.IOException;
import java.time.Clock;
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

    /** For messages: {@code cluster "prod" of folder team}. */
    public String origin() {
        String name = "cluster \"" + configuration.getName() + "\"";
        return owner instanceof Item folder ? name + " of folder " + folder.getFullName() : name;
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

    /** Its credentials as whoever configured it chose them; empty when it has none. */
    public Optional<StandardCredentials> credentials() throws AbortException {
        String id = configuration.getCredentialsId();
        if (id.isEmpty()) {
            return Optional.empty();
        }
        StandardCredentials found = CredentialsProvider.findCredentialByIdInItemGroup(
                id,
                StandardCredentials.class,
                owner,
                ACL.SYSTEM2,
                URIRequirementBuilder.fromUri(configuration.getServerUrl()).build());
        if (found == null) {
            throw new AbortException("The credentials of " + origin() + " do not exist where it is configured, or their"
                    + " domain does not cover " + configuration.getServerUrl() + ": choose others in its"
                    + " configuration");
        }
        return Optional.of(found);
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
                .orElseThrow(() -> new AbortException("tokenServiceAccount \"" + written + "\" of " + origin()
                        + " is no ServiceAccount; write namespace/name"));
        return connection.withTokensOf(TokenAccount.of(account, TOKENS));
    }

    /**
     * How to reach it, as whoever these credentials are for.
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

    /** An administrator's own kubeconfig may lead to any address, as a server URL of his may. */
    private AddressPolicy addresses(Optional<StandardCredentials> credentials) {
        boolean own = credentials
                .filter(FileCredentials.class::isInstance)
                .filter(file -> file.getId().equals(configuration.getCredentialsId()))
                .isPresent();
        return own && !(owner instanceof Item)
                ? AddressPolicy.UNRESTRICTED
                : Settings.of(owner instanceof Item folder ? folder : null).addressPolicy(Optional.of(configuration));
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
                ? Optional.of("is missing; only a kubeconfig in a Secret file needs none")
                : ServerUrl.problem(server, configuration.isSkipTlsVerify());
        if (problem.isPresent()) {
            throw new AbortException("The server URL of " + origin() + " " + problem.get());
        }
        ClusterAddress address =
                new ClusterAddress(origin(), server, configuration.getCaCertificate(), configuration.isSkipTlsVerify());
        return new ClusterSource.Endpoint(
                credentials.isPresent()
                        ? ClusterCredentials.at(address, credentials.get())
                        : address.endpoint(ClusterLogin.anonymous()));
    }
}
