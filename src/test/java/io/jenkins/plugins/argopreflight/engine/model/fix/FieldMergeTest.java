package io.jenkins.plugins.argopreflight.engine.model.fix;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Items of lists are merged by the keys that Kubernetes merges them by. */
class FieldMergeTest {

    private static final YAMLMapper YAML = new YAMLMapper();

    private static ObjectNode yaml(String text) throws IOException {
        return (ObjectNode) YAML.readTree(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "volumeMounts | {name: a, mountPath: /x} | {name: b, mountPath: /x} | [{name: b, mountPath: /x}]",
                "volumeMounts | {name: a, mountPath: /x} | {name: a, mountPath: /y}"
                        + " | [{name: a, mountPath: /x}, {name: a, mountPath: /y}]",
                "volumeDevices | {name: a, devicePath: /x} | {name: b, devicePath: /x} | [{name: b, devicePath: /x}]",
                "ports | {containerPort: 80} | {containerPort: 80, name: web} | [{containerPort: 80, name: web}]",
                "hostAliases | {ip: 10.0.0.1, hostnames: [a]} | {ip: 10.0.0.2, hostnames: [b]}"
                        + " | [{ip: 10.0.0.1, hostnames: [a]}, {ip: 10.0.0.2, hostnames: [b]}]",
                "env | {name: A, value: one} | {name: A, value: two} | [{name: A, value: two}]",
                "env | {name: A, value: one} | {name: B, value: two}"
                        + " | [{name: A, value: one}, {name: B, value: two}]",
                "containers | {name: main, image: a} | {name: main, command: [sh]}"
                        + " | [{name: main, image: a, command: [sh]}]",
            })
    void shouldMergeItemsByTheirKey(String field, String there, String value, String expected) throws IOException {
        ObjectNode merged =
                FieldMerge.overlay(yaml("{" + field + ": [" + there + "]}"), yaml("{" + field + ": [" + value + "]}"));

        assertThat(merged).isEqualTo(yaml("{" + field + ": " + expected + "}"));
    }

    @Test
    void shouldMergeMountsInsideAContainer() throws IOException {
        ObjectNode merged = FieldMerge.overlay(
                yaml("{containers: [{name: main, volumeMounts: [{name: work, mountPath: /work}]}]}"),
                yaml("{containers: [{name: main, volumeMounts: [{name: work, mountPath: /tmp, subPath: tmp}]}]}"));

        assertThat(merged.at("/containers/0/volumeMounts"))
                .hasToString("[{\"name\":\"work\",\"mountPath\":\"/work\"},"
                        + "{\"name\":\"work\",\"mountPath\":\"/tmp\",\"subPath\":\"tmp\"}]");
    }
}
