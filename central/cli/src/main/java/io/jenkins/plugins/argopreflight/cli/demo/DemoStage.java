package io.jenkins.plugins.argopreflight.cli.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.registry.RegistrySettings;
import io.jenkins.plugins.argopreflight.engine.registry.probe.RegistryProbe;
import io.jenkins.plugins.argopreflight.engine.util.secret.Password;
import io.jenkins.plugins.argopreflight.offline.memory.MemoryCluster;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The environment of the demo: a registry on a loopback address, and a cluster in memory whose nodes reach it by its
 * name.
 */
final class DemoStage implements AutoCloseable {

    static final String REGISTRY = "registry.example.com";
    static final String IMAGE = REGISTRY + "/team/image:v1.2";
    static final String USER = "team";
    static final Password PASSWORD = Password.of("s3cret");

    private final DemoAccounts accounts = new DemoAccounts().put(USER, PASSWORD, "team/");
    private final EmbeddedRegistry registry =
            EmbeddedRegistry.start(REGISTRY, accounts, new Images().add("team/image", "v1.2"));
    private final MemoryCluster cluster = new MemoryCluster("the demo's cluster");

    DemoStage() {
        cluster.load(resource("cluster.yaml"));
    }

    MemoryCluster cluster() {
        return cluster;
    }

    String registryUrl() {
        return registry.url();
    }

    Kubelet kubelet() {
        return new Kubelet(cluster);
    }

    /** Returns a new probe. A probe caches answers, so each step of the story needs its own. */
    RegistryProbe probe() {
        return new RegistryProbe(settings());
    }

    RegistrySettings settings() {
        return RegistrySettings.builder()
                .address(REGISTRY, URI.create(registry.url()))
                .build();
    }

    void changePassword(Password password) {
        accounts.put(USER, password, "team/");
    }

    List<String> pullSecrets(String namespace, String account) {
        ObjectNode object =
                cluster.get(Resource.SERVICE_ACCOUNTS, namespace, account).orElseThrow();
        return KubeObjects.names(object.path("imagePullSecrets"));
    }

    boolean isReferredTo(String namespace, String secret) {
        return cluster.list(Resource.SERVICE_ACCOUNTS, namespace, "", "").stream()
                .anyMatch(account ->
                        pullSecrets(namespace, KubeObjects.name(account)).contains(secret));
    }

    @Override
    public void close() {
        registry.close();
        cluster.close();
    }

    private static String resource(String name) {
        try (InputStream in = DemoStage.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }
}
