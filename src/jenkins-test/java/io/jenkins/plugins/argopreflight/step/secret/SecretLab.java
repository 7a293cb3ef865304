package io.jenkins.plugins.argopreflight.step.secret;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.util.Secret;
import io.jenkins.plugins.argopreflight.config.ArgoPreflightConfiguration;
import io.jenkins.plugins.argopreflight.config.ClusterConfiguration;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterConnection;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.client.Fabric8Gateway;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.step.HoldStep;
import io.jenkins.plugins.argopreflight.testing.server.FaultProxy;
import io.jenkins.plugins.argopreflight.testing.server.RealCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jvnet.hudson.test.JenkinsRule;

/** A real API server that Jenkins knows as "prod", a namespace in it with a ServiceAccount, and credentials. */
public final class SecretLab {

    public static final String CANARY = "canary-7Q2z";

    private static final RealCluster CLUSTER = RealCluster.get();

    public final String namespace = CLUSTER.namespace("step");
    private final ClusterGateway gateway =
            Fabric8Gateway.connect(ClusterConnection.DEFAULT.withKubeconfigs(CLUSTER.adminKubeconfig()));

    public SecretLab() {
        CLUSTER.serviceAccount(namespace, "default");
    }

    /** Gives this Jenkins the credentials and the cluster. */
    public void configure() throws Exception {
        SystemCredentialsProvider.getInstance().getCredentials().clear();
        add(new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, "reg", "", "team", CANARY));
        add(new StringCredentialsImpl(
                CredentialsScope.SYSTEM,
                "token",
                "",
                Secret.fromString(CLUSTER.admin().token())));
        ArgoPreflightConfiguration.get().setClusters(List.of(cluster("prod", CLUSTER.url())));
        ArgoPreflightConfiguration.get().setDefaultCluster("");
        ArgoPreflightConfiguration.get().setAllowedHosts(List.of("127.0.0.0/8", "::1/128"));
    }

    static ClusterConfiguration cluster(String name, String url) throws IOException {
        ClusterConfiguration cluster = new ClusterConfiguration(name);
        cluster.setServerUrl(url);
        cluster.setCaCertificate(Files.readString(CLUSTER.certificateAuthority()));
        cluster.setCredentialsId("token");
        return cluster;
    }

    static String url() {
        return CLUSTER.url();
    }

    /** Returns the address of the API server. */
    public static String address() {
        return url().replace("https://", "");
    }

    int port() {
        return java.net.URI.create(CLUSTER.url()).getPort();
    }

    /** Something that can fail requests to the API server, and needs no login. */
    static FaultProxy proxy() {
        return FaultProxy.before(CLUSTER).vouchFor(CLUSTER.admin());
    }

    static ClusterConfiguration behind(FaultProxy proxy) {
        ClusterConfiguration cluster = new ClusterConfiguration("prod");
        cluster.setServerUrl(proxy.url());
        cluster.setSkipTlsVerify(true);
        return cluster;
    }

    void await(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 600 && !condition.getAsBoolean(); i++) {
            Thread.sleep(50);
        }
        if (!condition.getAsBoolean()) {
            throw new IllegalStateException("it did not come to that in namespace " + namespace);
        }
    }

    private static void add(com.cloudbees.plugins.credentials.Credentials credentials) throws IOException {
        SystemCredentialsProvider.getInstance().getCredentials().add(credentials);
        SystemCredentialsProvider.getInstance().save();
    }

    /** The step with its usual parameters and these, in Groovy. */
    public String step(String more) {
        return "argoRegistrySecret(name: 'regcred', namespaces: ['" + namespace + "'], serviceAccounts: ['default'],"
                + " registries: [[url: 'registry.example.com', credentialsId: 'reg']]" + more + ")";
    }

    /** The same with a body. */
    public String block(String body) {
        return step(", cluster: 'prod'").replace("argoRegistrySecret", "withArgoRegistrySecret") + " { " + body + " }";
    }

    public static WorkflowJob job(JenkinsRule jenkins, String name, String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    /** Starts a build whose block holds under that name, and returns when it does. */
    WorkflowRun held(JenkinsRule jenkins, String name) throws Exception {
        WorkflowRun run = job(jenkins, name, block("hold '" + name + "'"))
                .scheduleBuild2(0)
                .waitForStart();
        HoldStep.await(name);
        return run;
    }

    boolean exists() {
        return gateway.get(Resource.SECRETS, namespace, "regcred").isPresent();
    }

    /** Returns whether the ServiceAccount refers to the Secret. */
    boolean isBound() {
        return gateway.get(Resource.SERVICE_ACCOUNTS, namespace, "default")
                .orElseThrow()
                .path("imagePullSecrets")
                .toString()
                .contains("regcred");
    }
}
