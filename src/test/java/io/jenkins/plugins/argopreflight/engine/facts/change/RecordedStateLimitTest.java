package io.jenkins.plugins.argopreflight.engine.facts.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RecordedStateLimitTest {

    private static RecordedObject object(String kind, String name) {
        return new RecordedObject(kind, "ci", name, true, "u", "1", Map.of());
    }

    @Test
    void shouldKeepImagesAndCredentialsOfTooManyAndNoCompleteList() {
        List<RecordedObject> many = Stream.concat(
                        IntStream.range(0, RecordedState.LIMIT).mapToObj(i -> object("ResourceQuota", "q-" + i)),
                        Stream.of(object("Secret", "regcred")))
                .toList();

        RecordedState state = RecordedState.of("memory", many, List.of("ResourceQuota ci"));

        assertThat(state.objects()).hasSize(RecordedState.LIMIT);
        assertThat(state.objects().get(0).kind()).isEqualTo("Secret");
        assertThat(state.complete()).isEmpty();
    }

    @Test
    void shouldKeepTheLimitWhereTwoRecordsAreJoined() {
        RecordedState one = quotas("a-");

        assertThat(one.complete()).isNotEmpty();
        assertThat(one.and(quotas("b-")).objects()).hasSize(RecordedState.LIMIT);
        assertThat(one.and(quotas("b-")).complete()).isEmpty();
    }

    private static RecordedState quotas(String prefix) {
        return RecordedState.of(
                "memory",
                IntStream.range(0, RecordedState.LIMIT)
                        .mapToObj(i -> object("ResourceQuota", prefix + i))
                        .toList(),
                List.of("ResourceQuota ci"));
    }
}
