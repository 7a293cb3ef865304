package io.jenkins.plugins.argopreflight.engine.sync.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.jenkins.plugins.argopreflight.engine.sync.SecretOwner;
import io.jenkins.plugins.argopreflight.engine.sync.SyncMode;
import io.jenkins.plugins.argopreflight.engine.sync.SyncRequest;
import io.jenkins.plugins.argopreflight.engine.sync.SyncRequest.Options;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalReasonTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "finalizers: [a.b/c], deletionTimestamp: x | Opaque | true  | is being deleted and waits for its finalizers",
                "finalizers: [a.b/c]                       | Opaque | true  | so --recreate cannot be sure that it goes",
                "finalizers: [a.b/c]                       | Opaque | false | Choose another --name",
                "labels: {}                                | Opaque | false | Recreate it with --recreate",
                "labels: {}                                | kubernetes.io/dockercfg | false | holds the old format",
                "labels: {} | kubernetes.io/service-account-token | true | is the API token of a ServiceAccount",
                "labels: {} | argo-preflight.jenkins.io/block | true | is the login of a withArgoCluster block",
            })
    void shouldSayWhyItMustNotBeTouched(String metadata, String type, boolean recreate, String why)
            throws JsonProcessingException {
        assertThat(new RefusalReason(request(recreate), secret(metadata, type)).find())
                .hasValueSatisfying(text -> assertThat(text)
                        .startsWith("Secret regcred in namespace ci ")
                        .contains(why));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "finalizers: [a.b/c] | kubernetes.io/dockerconfigjson | true",
                "labels: {}          | Opaque                         | true",
            })
    void shouldObjectToNothingElse(String metadata, String type, boolean recreate) throws JsonProcessingException {
        assertThat(new RefusalReason(request(recreate), secret(metadata, type)).find())
                .isEmpty();
    }

    private static ObjectNode secret(String metadata, String type) throws JsonProcessingException {
        return (ObjectNode) new YAMLMapper()
                .readTree("{metadata: {name: regcred, namespace: ci, " + metadata + "}, type: " + type + "}");
    }

    private static SyncRequest request(boolean recreate) {
        return new SyncRequest(
                SyncMode.APPLY,
                "regcred",
                List.of("ci"),
                "",
                List.of(),
                List.of(),
                new Options(false, true, recreate, false, false),
                SecretOwner.CLI,
                "a test");
    }
}
