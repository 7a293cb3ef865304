package io.jenkins.plugins.argopreflight.engine.workflow.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        assertThat(NodeOrder.isBefore(first, second)).isEqualTo(before);
    }
}
