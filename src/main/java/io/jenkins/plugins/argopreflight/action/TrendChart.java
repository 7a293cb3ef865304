package io.jenkins.plugins.argopreflight.action;

import io.jenkins.plugins.argopreflight.action.Trend.Point;
import java.util.ArrayList;
import java.util.List;

/**
 * A trend as stacked bars: failures at the bottom, then warnings, then findings that could not be checked. All lengths
 * are in pixels.
 *
 * @param labels the numbers at the axes
 * @param most the number of findings of the highest bar
 */
public record TrendChart(List<Bar> bars, List<Label> labels, int width, int height, int most) {

    private static final int STEP_WIDTH = 16;
    private static final int BAR_WIDTH = 12;
    private static final int HEIGHT = 120;
    private static final int LEFT_MARGIN = 40;
    private static final int BOTTOM_MARGIN = 18;
    private static final int BUILDS_PER_LABEL = 5;

    /**
     * A number at an axis: of findings, or of a build.
     *
     * @param anchor SVG's {@code text-anchor}
     */
    public record Label(String text, int x, int y, String anchor) {}

    /**
     * The bar of a build.
     *
     * @param title the text for a tooltip and for screen readers
     */
    public record Bar(String url, String title, List<Piece> pieces) {}

    /**
     * A part of a bar.
     *
     * @param tone fail, warn, unknown, or ok for a build without findings
     */
    public record Piece(String tone, int x, int y, int width, int height) {}

    static TrendChart of(Trend trend) {
        int maxFindings =
                trend.points().stream().mapToInt(TrendChart::sum).max().orElse(0);
        List<Bar> bars = new ArrayList<>();
        for (int i = 0; i < trend.points().size(); i++) {
            bars.add(bar(trend.points().get(i), LEFT_MARGIN + i * STEP_WIDTH, Math.max(1, maxFindings)));
        }
        return new TrendChart(
                bars,
                labels(trend, maxFindings),
                LEFT_MARGIN + Math.max(BUILDS_PER_LABEL, bars.size()) * STEP_WIDTH,
                HEIGHT + BOTTOM_MARGIN,
                maxFindings);
    }

    /** Returns the y coordinate of the bars' lower edge. */
    public int base() {
        return HEIGHT;
    }

    /** Returns the x coordinate of the vertical axis. */
    public int left() {
        return LEFT_MARGIN - 4;
    }

    private static List<Label> labels(Trend trend, int maxFindings) {
        List<Label> labels = new ArrayList<>();
        labels.add(new Label("0", LEFT_MARGIN - 8, HEIGHT, "end"));
        if (maxFindings > 0) {
            labels.add(new Label(String.valueOf(maxFindings), LEFT_MARGIN - 8, 12, "end"));
        }
        // The newest build and every fifth build before it have a label, so that labels do not overlap.
        for (int i = trend.points().size() - 1; i >= 0; i -= BUILDS_PER_LABEL) {
            labels.add(new Label(
                    "#" + trend.points().get(i).build(),
                    LEFT_MARGIN + i * STEP_WIDTH + BAR_WIDTH / 2,
                    HEIGHT + BOTTOM_MARGIN - 4,
                    "middle"));
        }
        return labels;
    }

    private static Bar bar(Point point, int x, int maxFindings) {
        ReportCounts counts = point.counts();
        List<Piece> pieces = new ArrayList<>();
        int bottom = stack(pieces, "fail", x, HEIGHT, counts.failed(), maxFindings);
        bottom = stack(pieces, "warn", x, bottom, counts.warned(), maxFindings);
        stack(pieces, "unknown", x, bottom, counts.unknown(), maxFindings);
        if (pieces.isEmpty()) {
            pieces.add(new Piece("ok", x, HEIGHT - 2, BAR_WIDTH, 2));
        }
        String title = Messages.TrendChart_bar(
                String.valueOf(point.build()), counts.failed(), counts.warned(), counts.unknown());
        return new Bar(point.url(), title, pieces);
    }

    /**
     * Adds a part of a bar, which is at least two pixels high so that it is visible.
     *
     * @return the y coordinate of its upper edge
     */
    private static int stack(List<Piece> pieces, String tone, int x, int bottom, int count, int maxFindings) {
        if (count == 0) {
            return bottom;
        }
        int height = Math.max(2, (int) ((long) count * (HEIGHT - 6) / maxFindings));
        pieces.add(new Piece(tone, x, bottom - height, BAR_WIDTH, height));
        return bottom - height;
    }

    private static int sum(Point point) {
        return point.counts().failed()
                + point.counts().warned()
                + point.counts().unknown();
    }
}
