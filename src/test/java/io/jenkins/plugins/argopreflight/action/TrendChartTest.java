package io.jenkins.plugins.argopreflight.action;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.action.Trend.Point;
import io.jenkins.plugins.argopreflight.engine.preflight.Preflights;
import io.jenkins.plugins.argopreflight.engine.preflight.Report;
import io.jenkins.plugins.argopreflight.testing.InRun;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InRun.class)
class TrendChartTest {

    private static Point point(int build, Report report) {
        return new Point(build, build + "/argo-preflight/", "failed", ReportCounts.of(report, History.NONE));
    }

    @Test
    void shouldStackWhatEachBuildCameTo() {
        Trend trend = new Trend(
                "argo-preflight",
                "Argo Preflight",
                List.of(point(1, Preflights.full()), point(2, Preflights.green()), point(3, Preflights.many(1000))));
        TrendChart chart = trend.chart();
        assertThat(chart.bars()).hasSize(3);
        assertThat(chart.bars().get(0).title()).isEqualTo("#1: 1 failed, 1 warned, 1 not checked");
        assertThat(chart.bars().get(0).pieces())
                .extracting(TrendChart.Piece::tone)
                .containsExactly("fail", "warn", "unknown");
        assertThat(chart.bars().get(1).pieces())
                .extracting(TrendChart.Piece::tone)
                .containsExactly("ok");
        assertThat(chart.bars().stream().flatMap(bar -> bar.pieces().stream()))
                .allMatch(piece -> piece.y() >= 0
                        && piece.height() >= 2
                        && piece.y() + piece.height() <= chart.height()
                        && piece.x() + piece.width() <= chart.width());
        assertThat(chart.labels()).extracting(TrendChart.Label::text).containsExactly("0", "1000", "#3");
        assertThat(chart.labels())
                .allMatch(label -> label.x() >= 0 && label.x() <= chart.width() && label.y() <= chart.height());
        assertThat(trend.newestFirst()).extracting(Point::build).containsExactly(3, 2, 1);
    }

    @Test
    void shouldBeDrawnWithoutAnyFinding() {
        List<Point> green = IntStream.range(1, 4)
                .mapToObj(build -> point(build, Preflights.green()))
                .toList();
        assertThat(new Trend("id", "name", green).chart().most()).isZero();
        assertThat(new Trend("id", "name", green).chart().labels())
                .extracting(TrendChart.Label::text)
                .containsExactly("0", "#3");
        assertThat(new Trend("id", "name", List.of()).chart().bars()).isEmpty();
    }
}
