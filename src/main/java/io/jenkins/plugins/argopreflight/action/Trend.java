package io.jenkins.plugins.argopreflight.action;

import hudson.model.Job;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The results of a report in the builds of a job, oldest first.
 *
 * @param id id of the report
 * @param name name of the report
 */
public record Trend(String id, String name, List<Point> points) {

    private static final int MAX_BUILDS = 30;

    /**
     * The result in one build.
     *
     * @param url URL of the report, relative to the job's page
     */
    public record Point(int build, String url, String result, ReportCounts counts) {}

    /** Returns a trend for each id of a report, from the newest builds that have a report. */
    static List<Trend> of(Job<?, ?> job) {
        Map<String, List<Point>> points = new LinkedHashMap<>();
        Map<String, String> names = new LinkedHashMap<>();
        BuildReports.reported(job).limit(MAX_BUILDS).forEach(run -> {
            for (PreflightReportAction action : run.getActions(PreflightReportAction.class)) {
                names.putIfAbsent(action.getId(), action.getDisplayName());
                points.computeIfAbsent(action.getId(), any -> new ArrayList<>())
                        .add(
                                0,
                                new Point(
                                        run.getNumber(),
                                        run.getNumber() + "/" + action.getUrlName() + "/",
                                        action.getResult(),
                                        action.counts()));
            }
        });
        List<Trend> trends = new ArrayList<>();
        points.forEach((id, line) -> trends.add(new Trend(id, Objects.requireNonNull(names.get(id)), line)));
        return trends;
    }

    /** Returns the trend as a chart. */
    public TrendChart chart() {
        return TrendChart.of(this);
    }

    /** Returns the points newest first, for a table. */
    public List<Point> newestFirst() {
        List<Point> reversed = new ArrayList<>(points);
        Collections.reverse(reversed);
        return reversed;
    }
}
