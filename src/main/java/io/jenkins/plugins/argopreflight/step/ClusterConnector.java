package io.jenkins.plugins.argopreflight.step;

import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.AbortException;
import hudson.FilePath;
import hudson.model.Item;
import hudson.model.Run;
import io.jenkins.plugins.argopreflight.config.ClusterConfiguration;
import io.jenkins.plugins.argopreflight.config.JobSettings;
import io.jenkins.plugins.argopreflight.config.NamedCluster;
import io.jenkins.plugins.argopreflight.config.NamedCluster.ArgoServerLogin;
import io.jenkins.plugins.argopreflight.config.ServerUrl;
import io.jenkins.plugins.argopreflight.credentials.ClusterAddress;
import io.jenkins.plugins.argopreflight.credentials.ClusterCredentials;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterConnection;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterConnection.Timeouts;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterEndpoint;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterLogin;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterSource;
import io.jenkins.plugins.argopreflight.engine.kubernetes.KubeconfigException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.client.Fabric8Gateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.kubeconfig.UntrustedKubeconfig;
import io.jenkins.plugins.argopreflight.engine.preflight.Report;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Optional;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * The look-up of a step's cluster: the cluster of its parameters or of a {@code withArgoCluster} block, else that of a
 * KUBECONFIG that the Pipeline sets, else the default of its folder or of Jenkins, else that of the controller's pod.
 */
public final class ClusterConnector {

    private final ClusterChoice choice;
    private final ClusterUse use;
    private final Optional<StepContext> context;
    private final Optional<Item> item;
    private final BuildCredentials credentials;
    private final StepLog log;

    public ClusterConnector(ClusterChoice choice, ClusterUse use, StepContext context)
            throws IOException, InterruptedException {
        Run<?, ?> found = context.get(Run.class);
        this.choice = choice;
        this.use = use;
        this.context = Optional.of(context);
        this.item = Optional.of(found.getParent());
        this.credentials = new BuildCredentials(Optional.of(found), item);
        this.log = StepLog.of(context);
    }

    private ClusterConnector(
            ClusterChoice choice, ClusterUse use, Optional<Run<?, ?>> run, Optional<Item> item, PrintStream log) {
        this.choice = choice;
        this.use = use;
        this.context = Optional.empty();
        this.item = item;
        this.credentials = new BuildCredentials(run, item);
        this.log = new StepLog(log);
    }

    /**
     * Creates a connector for the clean-up after a build. It uses the credentials of the job; a KUBECONFIG of the build
     * is not available.
     *
     * @param run the build, if it was not deleted
     * @param item its job, or the folder that contained the job; empty for the top level
     */
    public static ClusterConnector afterBuild(
            ClusterChoice choice, ClusterUse use, Optional<Run<?, ?>> run, Optional<Item> item, PrintStream log) {
        return new ClusterConnector(choice, use, run, item, log);
    }

    /**
     * Returns the current settings for the build's job. They can change, since a step can run for days and connect
     * again.
     */
    public JobSettings settings() {
        JobSettings settings = JobSettings.of(item.orElse(null));
        return use == ClusterUse.JUDGE ? settings.withDecidingClusters() : settings;
    }

    private UsableClusters usable() {
        return new UsableClusters(settings(), item);
    }

    /** Returns the parameters that select the cluster. */
    public ClusterChoice choice() {
        return choice;
    }

    /** Returns whether a cluster is configured that the job can use, the controller's own pod included. */
    public boolean hasUsableCluster() {
        return usable().all().findAny().isPresent() || hasOwnPod();
    }

    private boolean hasOwnPod() {
        return settings().isOwnCluster() && System.getenv("KUBERNETES_SERVICE_HOST") != null;
    }

    /**
     * Connects without a request to the cluster. The log shows once which cluster it is and why, without the address of
     * a configured cluster.
     *
     * @throws AbortException if there is no cluster, or the settings are invalid
     * @throws io.jenkins.plugins.argopreflight.engine.kubernetes.KubeconfigException if a kubeconfig has no cluster
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
     * Returns the reason why the current configuration no longer allows a build to receive data of a namespace; empty
     * if it is allowed.
     *
     * @param cluster the cluster of the build
     */
    public Optional<String> refusal(StepCluster cluster, String namespace) {
        if (cluster.configuration().isEmpty()) {
            return Optional.empty();
        }
        String name = cluster.configuration().get().getName();
        Optional<NamedCluster> configured = usable().find(name);
        return configured.isEmpty()
                ? Optional.of(Messages.ClusterConnector_gone(name))
                : configured.get().limits().refusal(namespace);
    }

    /** Finds the cluster in the order that the comment of the class lists. */
    private StepCluster find(Timeouts timeouts) throws IOException, InterruptedException {
        if (!choice.serverUrl.isEmpty()) {
            checkUnconfiguredAllowed("serverUrl");
            return inlineCluster(timeouts);
        }
        if (!choice.kubeconfigCredentialsId.isEmpty()) {
            checkUnconfiguredAllowed("kubeconfigCredentialsId");
            String id = choice.kubeconfigCredentialsId;
            FileCredentials file =
                    credentials.find(id, FileCredentials.class, "", Messages.ClusterConnector_kubeconfig());
            return connect(
                    ClusterCredentials.kubeconfig(file, choice.context),
                    Messages.ClusterConnector_byParameter("kubeconfigCredentialsId"),
                    timeouts);
        }
        if (!choice.cluster.isEmpty()) {
            return namedCluster(choice.cluster, choice.why(), timeouts);
        }
        String kubeconfig = context.isPresent() ? PipelineKubeconfig.of(context.get()) : "";
        if (!kubeconfig.isEmpty()) {
            checkUnconfiguredAllowed(Messages.ClusterConnector_itsKubeconfig());
            return agentCluster(kubeconfig, timeouts);
        }
        settings()
                .overriddenDefault()
                .ifPresent(name -> log.printOnce(Messages.ClusterConnector_defaultLocked(
                        name, settings().lockedBy().orElse(""))));
        if (!settings().defaultCluster().isEmpty()) {
            return namedCluster(settings().defaultCluster(), Messages.ClusterConnector_byDefault(), timeouts);
        }
        if (hasOwnPod()) {
            ClusterConnection connection =
                    ClusterConnection.DEFAULT.from(new ClusterSource.InPod()).withTimeouts(timeouts);
            return StepCluster.of(connection, Messages.ClusterConnector_ownPod());
        }
        throw noCluster();
    }

    private AbortException noCluster() throws IOException, InterruptedException {
        usable().checkUnlocked(Messages.ClusterConnector_noParameter());
        if (context.isPresent() && PipelineKubeconfig.isInEnvironment(context.get())) {
            return new AbortException(Messages.ClusterConnector_notOfPipeline());
        }
        return new AbortException(
                settings().isOnlyConfiguredClusters()
                        ? Messages.ClusterConnector_noneConfigured()
                        : Messages.ClusterConnector_none());
    }

    /**
     * Checks that clusters without configuration can be used.
     *
     * @param parameter the parameter that selects such a cluster
     */
    private void checkUnconfiguredAllowed(String parameter) throws AbortException {
        if (settings().isOnlyConfiguredClusters()) {
            throw new AbortException(Messages.ClusterConnector_onlyConfigured(parameter));
        }
        usable().checkUnlocked(parameter);
    }

    /**
     * Returns the cluster of a kubeconfig on the agent, whose files can be manipulated. If its server is that of a
     * configured cluster that the job can use, only the login is taken from the files.
     */
    private StepCluster agentCluster(String kubeconfig, Timeouts timeouts) throws IOException, InterruptedException {
        FilePath workspace = context.orElseThrow().get(FilePath.class);
        if (workspace == null) {
            throw new AbortException(Messages.ClusterConnector_noWorkspace());
        }
        ClusterEndpoint endpoint =
                UntrustedKubeconfig.endpoint(AgentKubeconfig.read(workspace, kubeconfig), choice.context);
        String reason = Messages.ClusterConnector_byKubeconfig();
        for (NamedCluster cluster : usable().all().toList()) {
            Optional<ClusterConnection> connection = cluster.connection(endpoint);
            if (connection.isPresent()) {
                StepCluster found = open(
                        cluster,
                        reason,
                        () -> connection.get().withTimeouts(timeouts),
                        url -> ArgoServerLogin.OF_CONNECTION);
                noteNamespace(endpoint.namespace(), found.namespace());
                return found;
            }
        }
        if (use == ClusterUse.SEND_PASSWORDS && !settings().isAllowAgentServers()) {
            throw new AbortException(Messages.ClusterConnector_agentServer(endpoint.server()));
        }
        return connect(endpoint, reason, timeouts);
    }

    private void noteNamespace(String ofFile, String used) {
        if (!ofFile.isEmpty() && !ofFile.equals(used)) {
            log.printOnce(Messages.ClusterConnector_namespace(ofFile, used));
        }
    }

    /** The creation of the connection to a configured cluster, with its own credentials or another login. */
    @FunctionalInterface
    private interface ConnectionFactory {
        ClusterConnection find() throws IOException;
    }

    /** Connects to a configured cluster. Errors do not contain its address, since others can read the log. */
    private static StepCluster open(
            NamedCluster cluster, String reason, ConnectionFactory factory, StepCluster.LoginChoice login)
            throws IOException {
        try {
            return StepCluster.of(factory.find(), cluster, reason + ": " + cluster.origin(), login);
        } catch (KubeconfigException e) {
            ClusterConfiguration found = cluster.configuration();
            throw new AbortException(StepCluster.naming(found, found.getServerUrl(), String.valueOf(e.getMessage())));
        }
    }

    private StepCluster inlineCluster(Timeouts timeouts) throws IOException {
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
                : ClusterCredentials.endpoint(
                        address,
                        credentials.login(choice.credentialsId, choice.serverUrl, "serverUrl"),
                        ClusterCredentials.AddressFrom.OTHER_USER);
        return connect(endpoint, Messages.ClusterConnector_byParameter("serverUrl"), timeouts);
    }

    /**
     * Returns the configured cluster with the step's name, or the default cluster. Limits of steps are not checked.
     *
     * @throws AbortException if there is no such cluster that the job can use
     */
    public NamedCluster configured() throws AbortException {
        return choice.cluster.isEmpty()
                ? usable().get(settings().defaultCluster(), Messages.ClusterConnector_byDefault())
                : usable().get(choice.cluster, choice.why());
    }

    /**
     * Connects with the cluster's own credentials and without the limits for steps, to request the tokens of
     * {@code withArgoCluster}.
     */
    public Fabric8Gateway connectWithOwnCredentials(NamedCluster cluster, Timeouts timeouts) throws IOException {
        Optional<StandardCredentials> login = cluster.credentials();
        login.ifPresent(credentials::track);
        return Fabric8Gateway.connect(cluster.ownConnection(login).withTimeouts(timeouts));
    }

    private StepCluster namedCluster(String name, String reason, Timeouts timeouts) throws IOException {
        NamedCluster cluster = usable().get(name, reason);
        boolean ownCredentials = choice.credentialsId.isEmpty();
        if (!ownCredentials && !cluster.configuration().getCredentialsId().isEmpty()) {
            // Other credentials could have fewer rights, so that fewer problems are reported.
            usable().checkUnlocked("credentialsId");
        }
        Optional<StandardCredentials> login = ownCredentials
                ? cluster.credentials()
                : Optional.of(login(cluster.configuration().getServerUrl(), cluster));
        login.ifPresent(credentials::track);
        ConnectionFactory factory = () ->
                (ownCredentials ? cluster.ownConnection(login) : cluster.connection(login)).withTimeouts(timeouts);
        return open(cluster, reason, factory, url -> argoServerLogin(url, cluster))
                .withNamespace(choice.namespace());
    }

    private ArgoServerLogin argoServerLogin(String url, NamedCluster cluster) throws AbortException {
        if (choice.credentialsId.isEmpty()) {
            return ArgoServerLogin.CONFIGURED;
        }
        // The domain of the build's credentials must cover Argo Server, too.
        login(url, cluster);
        return ArgoServerLogin.OF_CONNECTION;
    }

    private StandardCredentials login(String url, NamedCluster cluster) throws AbortException {
        return credentials.login(choice.credentialsId, url, cluster.origin());
    }

    private StepCluster connect(ClusterEndpoint endpoint, String reason, Timeouts timeouts) {
        ClusterConnection connection = ClusterConnection.DEFAULT
                .to(endpoint)
                .within(settings().addressPolicy(Optional.empty()).alsoAllowing(credentials.domainHosts()))
                .withTimeouts(timeouts);
        return StepCluster.of(connection, reason);
    }
}
