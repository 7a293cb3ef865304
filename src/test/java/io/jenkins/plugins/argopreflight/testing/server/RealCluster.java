package io.jenkins.plugins.argopreflight.testing.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import io.jenkins.plugins.argopreflight.testing.Pem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A real etcd and kube-apiserver on loopback: RBAC, the ServiceAccount admission and Pod Security are on. The tests of a
 * JVM share one, which has Argo's kinds from its start, so that it answers the same in any order of the tests.
 *
 * <p>There are no controllers: a namespace has no default ServiceAccount until a test makes it, and a namespace that is
 * deleted while something is in it stays Terminating.
 */
public final class RealCluster implements AutoCloseable {

    private static final int USERS = 1000;

    private static RealCluster shared;

    private final Path folder = RealServer.temporaryFolder("argo-preflight-cluster-");
    private final int port = RealServer.freePort();
    private final AtomicInteger namespaces = new AtomicInteger();
    private final AtomicInteger users = new AtomicInteger();
    private final AtomicInteger files = new AtomicInteger();
    private final User admin = new User("admin", UUID.randomUUID().toString());
    private final List<User> pool = Stream.generate(UUID::randomUUID)
            .limit(USERS)
            .map(token -> new User("user-" + users.getAndIncrement(), token.toString()))
            .toList();
    private final String etcd;
    private final RealServer etcdServer;
    private final ApiClient api;
    private final List<AuditedRequest> requests = new ArrayList<>();
    private RealServer server;

    /** Bytes of the audit log that are read. */
    private long audited;

    /** Someone whom the API server knows by a bearer token. */
    public record User(String name, String token) {

        @Override
        public String toString() {
            return name;
        }
    }

    /** Returns the shared cluster; the first call starts it. */
    public static synchronized RealCluster get() {
        if (shared == null) {
            RealCluster cluster = new RealCluster();
            new ArgoKinds(cluster.api, cluster.server).install();
            shared = cluster;
        }
        return shared;
    }

    /** Starts a cluster that is not shared, without Argo's kinds. The caller closes it. */
    public static RealCluster withoutArgo() {
        return new RealCluster();
    }

    private RealCluster() {
        users.set(0);
        int etcdPort = RealServer.freePort();
        etcd = "http://127.0.0.1:" + etcdPort;
        writeFiles();
        etcdServer = new RealServer(
                folder,
                List.of(
                        ServerBinaries.require("etcd"),
                        "--data-dir=etcd",
                        "--unsafe-no-fsync",
                        "--log-level=warn",
                        "--listen-client-urls=" + etcd,
                        "--advertise-client-urls=" + etcd,
                        "--listen-peer-urls=http://127.0.0.1:0"));
        server = startServer();
        Path certificates = folder.resolve("pki/apiserver.crt");
        server.await(() -> Files.exists(certificates) || !etcdServer.isAlive());
        if (!etcdServer.isAlive()) {
            throw new IllegalStateException("etcd ended; its log ends with\n" + etcdServer.tail());
        }
        api = new ApiClient(url(), certificates, admin.token());
        server.await(api::ready);
    }

    private RealServer startServer() {
        return new RealServer(
                folder,
                List.of(
                        ServerBinaries.require("kube-apiserver"),
                        "--etcd-servers=" + etcd,
                        "--bind-address=127.0.0.1",
                        "--advertise-address=127.0.0.1",
                        "--secure-port=" + port,
                        "--cert-dir=pki",
                        "--endpoint-reconciler-type=none",
                        "--service-cluster-ip-range=10.0.0.0/24",
                        "--authorization-mode=RBAC",
                        "--allow-privileged=true",
                        "--token-auth-file=tokens.csv",
                        "--service-account-issuer=https://kubernetes.default.svc",
                        "--service-account-signing-key-file=sa.key",
                        "--service-account-key-file=sa.pub",
                        "--service-account-max-token-expiration=1h",
                        "--audit-policy-file=audit-policy.yaml",
                        "--audit-log-path=audit.log",
                        "--audit-log-mode=blocking"));
    }

    /** Stops the API server, so that all connections break; its objects stay. */
    public void stopServer() {
        server.close();
        while (server.isAlive()) {
            RealServer.sleep(20);
        }
    }

    /** Starts the API server that was stopped, at the same address; returns when it is ready. */
    public void restartServer() {
        server = startServer();
        server.await(api::ready);
    }

    private void writeFiles() {
        write(
                "tokens.csv",
                Stream.concat(
                                Stream.of(admin.token() + ",admin,admin,system:masters"),
                                pool.stream().map(user -> user.token() + "," + user.name() + "," + user.name()))
                        .toList());
        write(
                "audit-policy.yaml",
                List.of(
                        "apiVersion: audit.k8s.io/v1",
                        "kind: Policy",
                        "omitStages: [RequestReceived]",
                        "rules:",
                        "- {level: None, users: ['system:apiserver']}",
                        "- level: Metadata"));
        KeyPair key = key();
        write("sa.key", List.of(Pem.text("PRIVATE KEY", key.getPrivate().getEncoded())));
        write("sa.pub", List.of(Pem.text("PUBLIC KEY", key.getPublic().getEncoded())));
    }

    /** Returns a key pair of the curve P-256: an RSA key takes seconds to create. */
    static KeyPair key() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private Path write(String name, List<String> lines) {
        try {
            return Files.write(folder.resolve(name), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String url() {
        return "https://127.0.0.1:" + port;
    }

    /** The certificates to trust, PEM. */
    public Path certificateAuthority() {
        return folder.resolve("pki/apiserver.crt");
    }

    /** The API server as the administrator sees it, in plain JSON. */
    public ApiClient api() {
        return api;
    }

    /** Member of system:masters: may do everything. */
    public User admin() {
        return admin;
    }

    /** A new user who may do exactly this, and what every authenticated user may. */
    public User userWith(Right... rights) {
        int index = users.getAndIncrement();
        if (index >= USERS) {
            throw new IllegalStateException("more than " + USERS + " users in one run: raise RealCluster.USERS");
        }
        User user = pool.get(index);
        grant(user, rights);
        return user;
    }

    /** Lets a user do more, by a Role in the right's namespace or a ClusterRole; returns when the server knows it. */
    public void grant(User user, Right... rights) {
        for (Right right : rights) {
            api.grant(user.name(), right);
        }
    }

    /** A new namespace with a name that no other test uses: prefix-N. */
    public String namespace(String prefix) {
        String name = prefix + "-" + namespaces.incrementAndGet();
        api.create("/api/v1/namespaces", Map.of("metadata", Map.of("name", name)));
        return name;
    }

    /** A new ServiceAccount without pull Secrets. */
    public JsonNode serviceAccount(String namespace, String name) {
        return api.create(
                "/api/v1/namespaces/" + namespace + "/serviceaccounts", Map.of("metadata", Map.of("name", name)));
    }

    /** A new WorkflowTemplate of one container, in namespaces of the shared cluster. */
    public JsonNode workflowTemplate(String namespace, String name) {
        Map<String, Object> container =
                Map.of("image", "registry.example.com/team/image:v1.2", "command", List.of("sh"));
        return api.create(
                "/apis/argoproj.io/v1alpha1/namespaces/" + namespace + "/workflowtemplates",
                Map.of(
                        "apiVersion",
                        "argoproj.io/v1alpha1",
                        "kind",
                        "WorkflowTemplate",
                        "metadata",
                        Map.of("name", name),
                        "spec",
                        Map.of(
                                "entrypoint",
                                "main",
                                "templates",
                                List.of(Map.of("name", "main", "container", container)))));
    }

    /** Makes container {@code main} of a pod one that ended with this code: there is no kubelet that would run it. */
    public void endContainer(String namespace, String pod, int exitCode) {
        Map<String, Object> main = Map.of(
                "name",
                "main",
                "image",
                "i",
                "imageID",
                "i",
                "ready",
                false,
                "restartCount",
                0,
                "state",
                Map.of("terminated", Map.of("exitCode", exitCode, "reason", "Error")));
        api.mergePatch(
                "/api/v1/namespaces/" + namespace + "/pods/" + pod + "/status",
                Map.of("status", Map.of("phase", "Failed", "containerStatuses", List.of(main))));
    }

    /** A node that takes pods, once for all: there is no kubelet that would say what it has. */
    public void node(String name, Map<String, String> labels) {
        if (api.status("/api/v1/nodes/" + name) == 404) {
            api.create("/api/v1/nodes", Map.of("metadata", Map.of("name", name, "labels", labels)));
            api.mergePatch("/api/v1/nodes/" + name, Map.of("spec", Map.of("taints", List.of())));
        }
    }

    public Path adminKubeconfig() {
        return kubeconfig(admin);
    }

    public Path kubeconfig(User user) {
        return kubeconfig(user, url());
    }

    /** A kubeconfig file for a user that asks another address than the API server's: a {@link FaultProxy}. */
    Path kubeconfig(User user, String server) {
        return write(
                "kubeconfig-" + files.incrementAndGet() + ".yaml",
                List.of(
                        "apiVersion: v1",
                        "kind: Config",
                        "current-context: test",
                        "clusters:",
                        "- name: test",
                        "  cluster:",
                        "    server: " + server,
                        "    certificate-authority: " + certificateAuthority(),
                        "users:",
                        "- name: " + user.name(),
                        "  user: {token: " + user.token() + "}",
                        "contexts:",
                        "- name: test",
                        "  context: {cluster: test, user: " + user.name() + "}"));
    }

    /** Returns the answered requests since the start, oldest first, from the audit log. Bodies are never logged. */
    public synchronized List<AuditedRequest> requests() {
        try (FileChannel log = FileChannel.open(folder.resolve("audit.log"))) {
            ByteBuffer added = ByteBuffer.allocate(Math.toIntExact(log.size() - audited));
            while (added.hasRemaining() && log.read(added, audited + added.position()) >= 0) {}
            int end = added.position();
            while (end > 0 && added.get(end - 1) != '\n') {
                end--;
            }
            audited += end;
            new String(added.array(), 0, end, UTF_8)
                    .lines()
                    .map(AuditedRequest::parse)
                    .filter(Objects::nonNull)
                    .forEach(requests::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(requests);
    }

    public List<AuditedRequest> requests(User user) {
        return requests().stream()
                .filter(request -> request.user().equals(user.name()))
                .toList();
    }

    @Override
    public void close() {
        server.close();
        etcdServer.close();
    }
}
