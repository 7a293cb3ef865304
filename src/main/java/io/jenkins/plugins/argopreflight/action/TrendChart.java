package io.jenkins.plugins.argopreflight.action;

import io.jenkins.plugins.argopreflight.action.Trend.Point;
import java.util.ArrayList;
import java.util.List;

/**
 * A trend as stacked bars: failures at the bottom, then warnings, then what could not be checked.
 *
 * @param labels the numbers beside the axes
 * @param most the highest bar's number of findings
 */
public record TrendChart(List<Bar> bars, List<Label> labels, int width, int height, int most) {

    private static final int STEP = 16;
    private static final int BAR = 12;
    private static final int HEIGHT = 120;
    private static final int LEFT = 40;
    private static final int BELOW = 18;
    private static final int EACH = 5;

    /**
     * A number beside an axis: of findings, or of a build.
     *
     * @param anchor SVG's {@code text-anchor}
     */
    public record Label(String text, int x, int y, String anchor) {}

    /**
     * One build.
     *
     * @param title what the bar says to who points at it, or cannot see it
     */
    public record Bar(String url, String title, List<Piece> pieces) {}

    /** @param tone fail, warn, unknown, or ok for a build without findings */
    public record Piece(String tone, int x, int y, int width, int height) {}

    static TrendChart of(Trend trend) {
        int most = trend.points().stream().mapToInt(TrendChart::sum).max().orElse(0);
        List<Bar> bars = new ArrayList<>();
        for (int i = 0; i < trend.points().size(); i++) {
            bars.add(bar(trend.points().get(i), LEFT + i * STEP, Math.max(1, most)));
        }
        return new TrendChart(
                bars, labels(trend, most), LEFT + Math.max(EACH, bars.size()) * STEP, HEIGHT + BELOW, most);
    }

    /** Where the bars stand. */
    public int base() {
        return HEIGHT;
    }

    /** Where the axis of the findings is. */
    public int left() {
        return LEFT - 4;
    }

    private static List<Label> labels(Trend trend, int most) {
        List<Label> labels = new ArrayList<>();
        labels.add(new Label("0", LEFT - 8, HEIGHT, "end"));
        if (most > 0) {
            labels.add(new Label(String.valueOf(most), LEFT - 8, 12, "end"));
        }
        // The newest build, and each fifth before it: numbers beside each other do not touch.
        for (int i = trend.points().size() - 1; i >= 0; i -= EACH) {
            labels.add(new Label(
                    "#" + trend.points().get(i).build(), LEFT + i * STEP + BAR / 2, HEIGHT + BELOW - 4, "middle"));
        }
        return labels;
    }

    private static Bar bar(Point point, int x, int most) {
        ReportCounts counts = point.counts();
        List<Piece> pieces = new ArrayList<>();
        int bottom = stack(pieces, "fail", x, HEIGHT, counts.failed(), most);
        bottom = stack(pieces, "warn", x, bottom, counts.warned(), most);
        stack(pieces, "unknown", x, bottom, counts.unknown(), most);
        if (pieces.isEmpty()) {
            pieces.add(new Piece("ok", x, HEIGHT - 2, BAR, 2));
        }
        String title = Messages.TrendChart_bar(
                String.valueOf(point.build()), counts.failed(), counts.warned(), counts.unknown());
        return new Bar(point.url(), title, pieces);
    }

    /** At least two pixels for what is there at all; returns the piece's upper edge. */
    private static int stack(List<Piece> pieces, String tone, int x, int bottom, int count, int most) {
        if (count == 0) {
            return bottom;
        }
        int height = Math.max(2, (int) ((long) count * (HEIGHT - 6) / most));
        pieces.add(new Piece(tone, x, bottom - height, BAR, height));
        return bottom - height;
    }

    private static int sum(Point point) {
        return point.counts().failed()
                + point.counts().warned()
                + point.counts().unknown();
    }
}
