package io.jenkins.plugins.argopreflight.engine.kubernetes.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConcurrentQuotaTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static List<String> refusals(String resources, long count) throws JsonProcessingException {
        ObjectNode quota = (ObjectNode)
                JSON.readTree(
                        "{\"metadata\": {\"name\": \"team\"}, \"spec\": {\"hard\":"
                                + " {\"requests.cpu\": \"2\"}}, \"status\": {\"hard\": {\"requests.cpu\": \"2\"}, \"used\": {\"requests.cpu\": \"0\"}}}");
        ObjectNode spec = (ObjectNode)
                JSON.readTree("{\"containers\": [{\"name\": \"main\", \"resources\": " + resources + "}]}");
        return ConcurrentQuota.refusals(List.of(quota), List.of(), Map.of(spec, count), "v1.34.4");
    }

    @Test
    void shouldRequestWhatIsOnlyLimited() throws JsonProcessingException {
        assertThat(refusals("{\"limits\": {\"cpu\": \"500m\"}}", 4)).isEmpty();
        assertThat(refusals("{\"limits\": {\"cpu\": \"500m\"}}", 5))
                .singleElement()
                .satisfies(words -> assertThat(words).contains("exceeded quota: team"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"requests\": \"x\", \"limits\": {\"cpu\": \"1\"}}",
                "{\"requests\": {\"cpu\": \"x\"}}",
                "{\"limits\": [{\"cpu\": \"1\"}]}",
                "\"x\"",
            })
    void shouldCountNothingOfWhatNoServerReads(String resources) {
        assertThatIllegalArgumentException().isThrownBy(() -> refusals(resources, 2));
    }
}
