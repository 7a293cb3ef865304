package io.jenkins.plugins.argopreflight.engine.kubernetes.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Refusals of API servers, also of those that send no causes. */
class AdmissionRefusalTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "Pod \"p\" is invalid: spec.containers[0].image: Required value ; spec.containers[0].image",
                "Pod \"p\" is invalid: [spec.a: Required value, metadata.labels: Invalid value: \"a b\"] ; spec.a metadata.labels",
                "admission webhook \"x\" denied the request: spec.template.spec: Forbidden: not signed ; spec.template.spec",
                "pods \"p\" is forbidden: exceeded quota ; ''"
            })
    void shouldReadTheFieldsOfAMessageWithoutCauses(String message, String fields) {
        assertThat(AdmissionRefusal.parse(message, List.of()).fields())
                .extracting(FieldError::field)
                .containsExactly(fields.isEmpty() ? new String[0] : fields.split(" "));
    }

    @Test
    void shouldPreferTheCauses() {
        List<FieldError> causes = List.of(new FieldError("metadata.labels", "Invalid value: \"spec.a: b\""));

        assertThat(AdmissionRefusal.parse("Pod \"p\" is invalid: " + causes.get(0), causes)
                        .fields())
                .isEqualTo(causes);
    }
}
