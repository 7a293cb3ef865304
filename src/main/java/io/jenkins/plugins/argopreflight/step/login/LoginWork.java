package io.jenkins.plugins.argopreflight.step.login;

import hudson.AbortException;
import hudson.FilePath;
import hudson.model.Run;
import hudson.slaves.WorkspaceList;
import io.jenkins.plugins.argopreflight.config.NamedCluster;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterConnection.Timeouts;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Identity.ServiceAccount;
import io.jenkins.plugins.argopreflight.engine.kubernetes.IssuedTokens.Issued;
import io.jenkins.plugins.argopreflight.engine.kubernetes.KubeconfigException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.client.Fabric8Gateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.kubeconfig.BlockLogin;
import io.jenkins.plugins.argopreflight.engine.kubernetes.kubeconfig.LoginKubeconfig;
import io.jenkins.plugins.argopreflight.engine.util.file.FileName;
import io.jenkins.plugins.argopreflight.step.ClusterChoice;
import io.jenkins.plugins.argopreflight.step.ClusterConnector;
import io.jenkins.plugins.argopreflight.step.ClusterUse;
import io.jenkins.plugins.argopreflight.step.Messages;
import io.jenkins.plugins.argopreflight.step.StepCluster;
import io.jenkins.plugins.argopreflight.step.StepLog;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** The tasks of a {@code withArgoCluster} block in the cluster: creating, renewing and revoking its login. */
final class LoginWork {

    private final String cluster;
    private final String namespace;
    private final String block;
    private final StepContext context;
    private final StepLog log;

    LoginWork(String cluster, String namespace, String block, StepContext context)
            throws IOException, InterruptedException {
        this.cluster = cluster;
        this.namespace = namespace;
        this.block = block;
        this.context = context;
        this.log = StepLog.of(context);
    }

    /**
     * Creates the login, unless an earlier attempt did, and writes its files on the agent.
     *
     * @return the lifetime of its token
     * @throws AbortException if it is not allowed, or the cluster issues no token
     */
    Duration open() throws IOException, InterruptedException {
        ClusterConnector connector = connector();
        NamedCluster configured = connector.configured();
        ServiceAccount account = configured.blockAccount();
        Run<?, ?> run = context.get(Run.class);
        StoredLogin stored = new StoredLogin();
        stored.id = block;
        stored.build = run.getExternalizableId();
        stored.cluster = configured.configuration().getName();
        stored.namespace = account.namespace();
        stored.account = account.name();
        stored.created = Clock.systemUTC().instant().getEpochSecond();
        Logins.get().save(block, stored);
        Duration lifetime = write(connector, configured, account, login -> login.open(run.getExternalizableId()));
        log.println(Messages.ClusterBlock_login(configured.origin(), account.namespace() + "/" + account.name()));
        return lifetime;
    }

    /**
     * Writes a new token, with the current configuration.
     *
     * @return the lifetime of the token
     */
    Duration renew() throws IOException, InterruptedException {
        ClusterConnector connector = connector();
        NamedCluster configured = connector.configured();
        return write(connector, configured, configured.blockAccount(), BlockLogin::renew);
    }

    private Duration write(
            ClusterConnector connector,
            NamedCluster configured,
            ServiceAccount account,
            Function<BlockLogin, Issued> request)
            throws IOException, InterruptedException {
        try (Fabric8Gateway gateway = connector.connectWithOwnCredentials(configured, Timeouts.DEFAULT)) {
            Issued issued = request.apply(new BlockLogin(gateway, account, BlockLogin.secret(block)));
            String text = LoginKubeconfig.text(
                    gateway.server(),
                    gateway.trust(),
                    Optional.of(namespace)
                            .filter(name -> !name.isEmpty())
                            .or(() -> Optional.of(configured.configuration().getNamespace()))
                            .filter(name -> !name.isEmpty())
                            .orElse("default"),
                    issued.token());
            folder().act(new LoginFiles(text, issued.token().reveal()));
            return issued.lifetime();
        } catch (ClusterException | KubeconfigException e) {
            if (e instanceof ClusterException failed && failed.kind() == ClusterException.Kind.INTERRUPTED) {
                throw e;
            }
            throw new AbortException(StepCluster.naming(
                    configured.configuration(),
                    configured.configuration().getServerUrl(),
                    String.valueOf(e.getMessage())));
        }
    }

    /** Returns the path of the kubeconfig on the agent. */
    String kubeconfig() throws IOException, InterruptedException {
        return folder().child(LoginFiles.KUBECONFIG).getRemote();
    }

    /** Returns the name of the cluster: that of the step's parameter, or the default cluster. */
    String cluster() throws IOException, InterruptedException {
        return connector().configured().configuration().getName();
    }

    /** Revokes the login. If that fails, it is revoked later. */
    void close() throws IOException, InterruptedException {
        Optional<StoredLogin> stored = Logins.get().load(block);
        if (stored.isEmpty()) {
            return;
        }
        stored.get().ended = true;
        Logins.get().save(block, stored.get());
        deleteFiles();
        try {
            revoke(connector(), stored.get());
        } catch (IOException | RuntimeException e) {
            log.println(Messages.ClusterBlock_notRevoked(String.valueOf(e.getMessage())));
        }
    }

    private void deleteFiles() throws InterruptedException {
        try {
            folder().deleteRecursive();
        } catch (IOException e) {
            log.println(Messages.ClusterBlock_notDeleted(String.valueOf(e.getMessage())));
        }
    }

    /** Deletes the Secret to which the tokens are bound, and the record of the login. */
    static void revoke(ClusterConnector connector, StoredLogin stored) throws IOException {
        NamedCluster configured = connector.configured();
        try (Fabric8Gateway gateway = connector.connectWithOwnCredentials(configured, Timeouts.DEFAULT)) {
            new BlockLogin(gateway, new ServiceAccount(stored.namespace, stored.account), BlockLogin.secret(stored.id))
                    .revoke();
            Logins.get().delete(stored.id);
        } catch (ClusterException | KubeconfigException e) {
            throw new AbortException(StepCluster.naming(
                    configured.configuration(),
                    configured.configuration().getServerUrl(),
                    String.valueOf(e.getMessage())));
        }
    }

    private ClusterConnector connector() throws IOException, InterruptedException {
        return new ClusterConnector(ClusterChoice.of(Map.of("cluster", cluster)), ClusterUse.READ_OR_UNDO, context);
    }

    /** Returns the folder of the files, beside the workspace in the folder for temporary files. */
    private FilePath folder() throws IOException, InterruptedException {
        FilePath workspace = context.get(FilePath.class);
        FilePath temporary = workspace == null ? null : WorkspaceList.tempDir(workspace);
        if (temporary == null) {
            throw new AbortException(Messages.ClusterBlock_offline());
        }
        return temporary.child(FileName.of("argo-preflight-" + block));
    }
}
