package io.jenkins.plugins.argopreflight.engine.check.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.kubernetes.admission.AdmissionRefusal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Pod \"p\" is invalid: spec.containers[0].image: Required value      | INVALID",
                "pods \"p\" is forbidden: exceeded quota: q, requested: pods=1       | QUOTA",
                "Internal error occurred: failed calling webhook \"w\": no route      | WEBHOOK_DOWN",
                "the server could not find the requested resource                    | NOT_INSTALLED",
                "admission webhook \"w\" denied the request: no matches for kind \"A\" | POLICY",
                "no matches for kind \"A\"                                            | OTHER",
            })
    void shouldReadTheReasonFromTheMessageOfAnApiServer(String message, Refusal expected) {
        assertThat(Refusal.of(AdmissionRefusal.parse(message, List.of()))).isEqualTo(expected);
    }

    /** Names and values in a manifest can contain the words of other refusals. */
    @Test
    void shouldPreferAKnownReasonToTheMessage() {
        String message = "Pod \"exceeded quota: \" is invalid: spec: namespaces \"a\" not found already exists";

        assertThat(Refusal.of(AdmissionRefusal.invalid(message, List.of()))).isEqualTo(Refusal.INVALID);
        assertThat(Refusal.of(AdmissionRefusal.unknownKind(message))).isEqualTo(Refusal.NOT_INSTALLED);
        assertThat(Refusal.of(AdmissionRefusal.of(message).ofExisting())).isEqualTo(Refusal.OTHER);
    }
}
