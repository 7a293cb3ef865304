package io.jenkins.plugins.argopreflight.engine.argo.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.testing.InRun;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(InRun.class)
class NodeOrderTest {

    @ParameterizedTest
    @CsvSource({
        "wf[0].a, wf[1].b, true",
        "wf[1].b, wf[0].a, false",
        "wf[0].a, wf[0].b, false",
        "wf[9].a, wf[10].b, true",
        "wf[10].a, wf[9].b, false",
        "wf[0].a[1].x, wf[1].b[0].y, true",
        "wf[0].a[0].x, wf[0].a[1].y, true",
        "wf[0].a[0].x, wf[0].b[1].y, false",
        "wf.a, wf.b, false",
        "wf.a[0].x, wf.a[1].y, true",
        "wf[0].a, wf.onExit, true",
        "wf.onExit, wf[0].a, false",
        "wf, wf.onExit, true",
        "wf[0].a(0:x), wf[0].a(1:y), false",
        "wf[0].a, wf[0].a, false",
    })
    void shouldReportWhatNamesShow(String first, String second, boolean before) {
        assertThat(new NodeOrder().isBefore(first, second)).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({
        "wf[0].dag.a, wf[0].dag.b, true",
        "wf[0].dag.a(0:x), wf[0].dag.c[1].y, true",
        "wf[0].dag.b, wf[0].dag.a, false",
        "wf[0].dag.a, wf[0].dag.d, false",
        "wf[0].dag.a.onExit, wf[0].dag.b, false",
        "wf[0].dag.a.hooks.late, wf[0].dag.b, false",
        "wf[0].dag.a, wf[0].dag.b.onExit, true",
        "wf[0].other.a, wf[0].other.b, false",
        "wf[0].dag.a, wf[0].dagger.b, false",
    })
    void shouldReportHowTasksDependOnEachOther(String first, String second, boolean before) {
        NodeOrder order = new NodeOrder();
        Map<String, Set<String>> tasks = Map.of("b", Set.of("a"), "c", Set.of("b", "c"));
        order.dag("wf[0].dag", task -> tasks.getOrDefault(task, Set.of()));
        assertThat(order.isBefore(first, second)).isEqualTo(before);
    }
}
