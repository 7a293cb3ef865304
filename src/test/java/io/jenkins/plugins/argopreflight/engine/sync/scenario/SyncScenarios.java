package io.jenkins.plugins.argopreflight.engine.sync.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway.WriteMode;
import io.jenkins.plugins.argopreflight.engine.lab.Ask;
import io.jenkins.plugins.argopreflight.engine.lab.Lab;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome;
import io.jenkins.plugins.argopreflight.engine.sync.secret.RegistrySecretWriter;
import io.jenkins.plugins.argopreflight.engine.sync.secret.SyncReport;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.testing.InRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;

/** The base class of the scenarios of a sync, which run on any cluster. No report is allowed to show a password. */
@ExtendWith(InRun.class)
public abstract class SyncScenarios {

    private static final YAMLMapper YAML = new YAMLMapper();

    protected abstract Lab lab();

    final SyncReport run(Ask ask) {
        return run(lab().admin(), ask);
    }

    protected final SyncReport run(ClusterGateway as, Ask ask) {
        SyncReport report = new RegistrySecretWriter(as, 4, Clock.systemUTC()).run(ask.request(), outcome -> {});
        String auth = Base64.getEncoder().encodeToString(("team:" + Ask.CANARY).getBytes(UTF_8));
        assertThat(report.toString()).doesNotContain(Ask.CANARY).doesNotContain(auth);
        return report;
    }

    /** The outcome of the only namespace. */
    protected final NamespaceOutcome sync(Ask ask) {
        return sync(lab().admin(), ask);
    }

    protected final NamespaceOutcome sync(ClusterGateway as, Ask ask) {
        SyncReport report = run(as, ask);
        assertThat(report.namespaces()).hasSize(1);
        return report.namespaces().get(0);
    }

    protected final ObjectNode secret(String namespace) {
        return lab().admin()
                .get(Resource.SECRETS, namespace, "regcred")
                .orElseThrow()
                .deepCopy();
    }

    public final boolean hasSecret(String namespace, String name) {
        return lab().admin().get(Resource.SECRETS, namespace, name).isPresent();
    }

    protected final List<String> pullSecrets(String namespace, String account) {
        ObjectNode found =
                lab().admin().get(Resource.SERVICE_ACCOUNTS, namespace, account).orElseThrow();
        return KubeObjects.names(found.path("imagePullSecrets"));
    }

    /** The keys under auths. */
    protected final List<String> registries(String namespace) {
        List<String> keys = new ArrayList<>();
        auths(namespace).fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    final JsonNode auths(String namespace) {
        try {
            String data = Json.text(secret(namespace), "data", ".dockerconfigjson");
            return new ObjectMapper().readTree(Base64.getDecoder().decode(data)).path("auths");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes a core object of the namespace from YAML. */
    public final ObjectNode make(Resource resource, String namespace, String yaml) {
        ObjectNode object = parse(yaml);
        object.put("apiVersion", resource.apiVersion()).put("kind", resource.kind());
        KubeObjects.metadata(object).put("namespace", namespace);
        return lab().admin().create(resource, object, WriteMode.REAL);
    }

    static ObjectNode parse(String yaml) {
        try {
            return (ObjectNode) YAML.readTree(yaml);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(yaml, e);
        }
    }

    public final ObjectNode account(String namespace, String name) {
        return make(Resource.SERVICE_ACCOUNTS, namespace, "metadata: {name: " + name + "}");
    }

    /** A Secret that somebody else wrote; it holds quay.io. */
    protected final ObjectNode unmanagedSecret(String namespace, String more) {
        return make(Resource.SECRETS, namespace, """
                metadata: {name: regcred, labels: {app.kubernetes.io/managed-by: Helm},
                           annotations: {meta.helm.sh/release-name: shop}}
                stringData:
                  .dockerconfigjson: '{"auths":{"quay.io":{"username":"q","password":"qp","auth":"cTpxcA=="}}}'
                """ + more);
    }
}
