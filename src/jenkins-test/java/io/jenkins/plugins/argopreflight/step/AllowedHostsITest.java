package io.jenkins.plugins.argopreflight.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.hudson.plugins.folder.properties.FolderCredentialsProvider.FolderCredentialsProperty;
import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.cloudbees.plugins.credentials.domains.DomainCredentials;
import com.cloudbees.plugins.credentials.domains.HostnameSpecification;
import hudson.ExtensionList;
import hudson.model.Result;
import hudson.util.FormValidation;
import hudson.util.Secret;
import io.jenkins.plugins.argopreflight.config.ArgoPreflightConfiguration;
import io.jenkins.plugins.argopreflight.config.ClusterConfiguration;
import io.jenkins.plugins.argopreflight.config.FolderConfiguration;
import io.jenkins.plugins.argopreflight.step.preflight.PreflightLab;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.util.List;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class AllowedHostsITest {

    private static final String STEP = "def r = argoPreflight(workflows: 'workflows/*.yaml', noCluster: true,"
            + " failOn: 'NEVER', unstableOn: 'NEVER')\necho r.findings.toString()";

    /** Images that name ports of the controller. */
    private static String scan(int port) {
        return """
                apiVersion: argoproj.io/v1alpha1
                kind: Workflow
                metadata:
                  generateName: scan-
                spec:
                  entrypoint: all
                  templates:
                  - name: all
                    steps:
                    - - name: one
                        template: main
                        arguments:
                          parameters: [{name: port, value: "{{item}}"}]
                        withItems: ["%d"]
                  - name: main
                    inputs:
                      parameters: [{name: port}]
                    container:
                      image: 127.0.0.1:{{inputs.parameters.port}}/x
                      command: [sh]
                """.formatted(port);
    }

    @Test
    void shouldNotLetAManifestScanTheController(JenkinsRule jenkins) throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            String script = PreflightLab.inWorkspace(scan(socket.getLocalPort()), STEP);
            WorkflowRun run = jenkins.buildAndAssertStatus(Result.SUCCESS, PreflightLab.job(jenkins, "scan", script));

            assertThat(JenkinsRule.getLog(run))
                    .contains("Address not allowed", "allowedHosts: [\"127.0.0.1:" + socket.getLocalPort() + "\"]");
            socket.setSoTimeout(50);
            assertThatThrownBy(socket::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void shouldReportTheEntriesForAllHostsAtOnce(JenkinsRule jenkins) throws Exception {
        String images =
                scan(1).replace("[\"1\"]", "[\"1\", \"2\"]") + "    sidecars: [{name: x, image: 10.1.2.3:5000/x}]\n";
        WorkflowRun run = jenkins.buildAndAssertStatus(
                Result.SUCCESS, PreflightLab.job(jenkins, "all", PreflightLab.inWorkspace(images, STEP)));

        assertThat(JenkinsRule.getLog(run).lines())
                .filteredOn(line -> line.contains("Some hosts "))
                .satisfiesExactly(
                        all -> assertThat(all)
                                .contains("Allowed hosts (Manage Jenkins, System, Argo Preflight)")
                                .endsWith("allowedHosts: [\"10.0.0.0/8\"]}}"),
                        own -> assertThat(own).contains("an address of this controller: 127.0.0.1:1, 127.0.0.1:2. "));
    }

    @Test
    void shouldNotAskAServerThatAStepNames(JenkinsRule jenkins) throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            String step = "argoPreflight(objects: ['workflowtemplate/build'], namespace: 'ci', noRegistry: true,"
                    + " serverUrl: 'https://127.0.0.1:" + socket.getLocalPort() + "', skipTlsVerify: true)";
            WorkflowRun run = jenkins.buildAndAssertStatus(Result.FAILURE, PreflightLab.job(jenkins, "server", step));

            assertThat(JenkinsRule.getLog(run))
                    .contains("address not allowed")
                    .contains("allowedHosts: [\"127.0.0.1:" + socket.getLocalPort() + "\"]");
            socket.setSoTimeout(50);
            assertThatThrownBy(socket::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    /** A user who configures a folder is not necessarily an administrator. */
    @Test
    void shouldNotAskAnAddressOfTheControllerForAFoldersCluster(JenkinsRule jenkins) throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            List<String> hosts = List.of("127.0.0.1", "localhost", "[::1]");
            for (String host : hosts) {
                ClusterConfiguration cluster = new ClusterConfiguration("own");
                cluster.setServerUrl("https://" + host + ":" + socket.getLocalPort());
                cluster.setSkipTlsVerify(true);
                cluster.setAllowedHosts(List.of("127.0.0.0/8", "::1/128"));
                FolderConfiguration configuration = new FolderConfiguration();
                configuration.setClusters(List.of(cluster));
                Folder folder = jenkins.createProject(Folder.class, "team" + hosts.indexOf(host));
                folder.addProperty(configuration);
                WorkflowJob job = folder.createProject(WorkflowJob.class, "job");
                job.setDefinition(new CpsFlowDefinition(
                        "argoPreflight(objects: ['workflowtemplate/build'], namespace: 'ci', noRegistry: true,"
                                + " cluster: 'own')",
                        true));

                // An address is refused before the step begins; a name when it is resolved, so nothing could be
                // checked.
                Result expected = host.equals("localhost") ? Result.UNSTABLE : Result.FAILURE;
                jenkins.assertLogContains("address not allowed", jenkins.buildAndAssertStatus(expected, job));
                FormValidation tried = ExtensionList.lookupSingleton(ClusterConfiguration.DescriptorImpl.class)
                        .doTestConnection(
                                folder,
                                "own",
                                cluster.getServerUrl(),
                                "",
                                true,
                                "",
                                "",
                                "",
                                "",
                                "",
                                "",
                                "",
                                "",
                                false,
                                "",
                                false,
                                true);
                assertThat(tried.kind).isEqualTo(FormValidation.Kind.ERROR);
                assertThat(tried.getMessage()).contains("address not allowed");
            }
            socket.setSoTimeout(50);
            assertThatThrownBy(socket::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void shouldNotAskAnAddressOfTheControllerForTheDomainOfAFoldersCredential(JenkinsRule jenkins) throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            Domain ours = new Domain("ours", "", List.of(new HostnameSpecification("127.0.0.1,127.0.0.0/8", null)));
            shouldNotBeAllowed(jenkins, socket, folder(jenkins, ours, "token"));
        }
    }

    /** Credentials of the same id are equal, and an administrator's domain is for his own. */
    @Test
    void shouldNotTakeAFoldersCredentialForThatOfJenkinsWithTheSameId(JenkinsRule jenkins) throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            SystemCredentialsProvider.getInstance()
                    .setDomainCredentialsMap(DomainCredentials.asMap(List.of(new DomainCredentials(
                            new Domain("ours", "", List.of(new HostnameSpecification("127.0.0.1", null))),
                            List.of(
                                    token(CredentialsScope.SYSTEM, "token"),
                                    token(CredentialsScope.GLOBAL, "global"))))));
            shouldNotBeAllowed(jenkins, socket, folder(jenkins, Domain.global(), "token"));

            WorkflowJob top = asking(jenkins.createProject(WorkflowJob.class, "top"), 1, "global");
            jenkins.assertLogNotContains(
                    "address not allowed",
                    jenkins.waitForCompletion(top.scheduleBuild2(0).waitForStart()));
        }
    }

    private static void shouldNotBeAllowed(JenkinsRule jenkins, ServerSocket socket, Folder folder) throws Exception {
        WorkflowJob job = asking(folder.createProject(WorkflowJob.class, "job"), socket.getLocalPort(), "token");
        WorkflowRun run = jenkins.buildAndAssertStatus(Result.FAILURE, job);

        jenkins.assertLogContains("address not allowed", run);
        jenkins.assertLogNotContains("canary-7Q2z", run);
        socket.setSoTimeout(50);
        assertThatThrownBy(socket::accept).isInstanceOf(SocketTimeoutException.class);
    }

    private static Folder folder(JenkinsRule jenkins, Domain domain, String id) throws Exception {
        Folder folder = jenkins.createProject(Folder.class, "team");
        folder.addProperty(new FolderCredentialsProperty(new DomainCredentials[] {
            new DomainCredentials(domain, List.of(token(CredentialsScope.GLOBAL, id)))
        }));
        return folder;
    }

    private static Credentials token(CredentialsScope scope, String id) {
        return new StringCredentialsImpl(scope, id, "", Secret.fromString("canary-7Q2z"));
    }

    private static WorkflowJob asking(WorkflowJob job, int port, String id) throws Exception {
        job.setDefinition(new CpsFlowDefinition(
                "argoPreflight(objects: ['workflowtemplate/build'], namespace: 'ci', noRegistry: true,"
                        + " serverUrl: 'https://127.0.0.1:" + port + "', skipTlsVerify: true, credentialsId: '" + id
                        + "')",
                true));
        return job;
    }

    @Test
    void shouldAskWhatAnAdministratorAllows(JenkinsRule jenkins) throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            ArgoPreflightConfiguration.get().setAllowedHosts(List.of("127.0.0.1:" + socket.getLocalPort()));
            jenkins.buildAndAssertStatus(
                    Result.SUCCESS,
                    PreflightLab.job(jenkins, "allowed", PreflightLab.inWorkspace(scan(socket.getLocalPort()), STEP)));

            socket.setSoTimeout(1000);
            assertThat(socket.accept()).isNotNull();
        }
    }
}
