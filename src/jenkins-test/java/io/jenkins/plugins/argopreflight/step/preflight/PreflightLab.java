package io.jenkins.plugins.argopreflight.step.preflight;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.util.Secret;
import io.jenkins.plugins.argopreflight.config.ArgoPreflightConfiguration;
import io.jenkins.plugins.argopreflight.config.ClusterConfiguration;
import io.jenkins.plugins.argopreflight.testing.server.RealCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jvnet.hudson.test.JenkinsRule;

/** A real API server that Jenkins knows as "prod", a namespace in it, and jobs that judge a workflow. */
public final class PreflightLab {

    /** A workflow that names a ServiceAccount which is not there, and a capability with a prefix. */
    public static final String BROKEN = """
            apiVersion: argoproj.io/v1alpha1
            kind: Workflow
            metadata:
              generateName: build-
            spec:
              entrypoint: main
              serviceAccountName: nobody
              activeDeadlineSeconds: 600
              templates:
              - name: main
                container:
                  image: registry.example.com/team/image:v1.2
                  command: [sh]
                  securityContext:
                    capabilities:
                      add: [CAP_SYS_ADMIN]
            """;

    public final String namespace = RealCluster.get().namespace("preflight");

    /** Gives this Jenkins the cluster and its credential. */
    public void configure() throws Exception {
        RealCluster.get().serviceAccount(namespace, "default");
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(CredentialsScope.SYSTEM, "token", "", Secret.fromString(token())));
        SystemCredentialsProvider.getInstance().save();
        ArgoPreflightConfiguration.get().setClusters(List.of(cluster("prod", url())));
        allowLoopback();
    }

    /** Servers of tests are on this machine, which builds ask only where an administrator allows it. */
    public static void allowLoopback() {
        ArgoPreflightConfiguration.get().setAllowedHosts(List.of("127.0.0.0/8", "::1/128"));
    }

    /** Returns the token, which must not be found anywhere. */
    public static String token() {
        return RealCluster.get().admin().token();
    }

    public static String url() {
        return RealCluster.get().url();
    }

    public static ClusterConfiguration cluster(String name, String url) throws IOException {
        ClusterConfiguration cluster = new ClusterConfiguration(name);
        cluster.setServerUrl(url);
        cluster.setCaCertificate(Files.readString(RealCluster.get().certificateAuthority()));
        cluster.setCredentialsId("token");
        return cluster;
    }

    /** The call for the broken workflow, with more parameters. */
    public String step(String more) {
        return "argoPreflight(workflows: 'workflows/*.yaml', namespace: '" + namespace
                + "', cluster: 'prod', noRegistry: true" + more + ")";
    }

    /** Puts the workflow into the workspace, then runs the script. */
    public static String inWorkspace(String manifest, String script) {
        return "node {\n writeFile file: 'workflows/build.yaml', text: '''" + manifest + "'''\n" + script + "\n}";
    }

    public static WorkflowJob job(JenkinsRule jenkins, String name, String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, name);
        job.setDefinition(definition(script));
        return job;
    }

    static CpsFlowDefinition definition(String script) throws Exception {
        return new CpsFlowDefinition(script, true);
    }
}
