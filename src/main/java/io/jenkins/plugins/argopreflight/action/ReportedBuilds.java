package io.jenkins.plugins.argopreflight.action;

import hudson.model.Job;
import io.jenkins.plugins.argopreflight.engine.util.file.FileName;
import java.io.File;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The number of a job's newest build with a report. It is cached, since each view of the job needs it. Builds are found
 * by their folders and not loaded.
 */
final class ReportedBuilds {

    private static final Map<Job<?, ?>, ReportedBuilds> BY_JOB = Collections.synchronizedMap(new WeakHashMap<>());

    /** The number of newest builds that a trend loads. */
    private static final int NEWEST = 30;

    private static final int UNKNOWN = -1;
    private static final int NONE = 0;

    /** The number of the build, {@link #NONE} or {@link #UNKNOWN}. */
    private int newest = UNKNOWN;

    static ReportedBuilds of(Job<?, ?> job) {
        return BY_JOB.computeIfAbsent(job, any -> new ReportedBuilds());
    }

    /**
     * Returns whether at least one build has a report. Lists the builds the first time, and again if the newest build
     * with a report was deleted.
     *
     * @param builds the folder of the job's builds
     */
    synchronized boolean haveReport(File builds) {
        if (newest == UNKNOWN || newest != NONE && !store(builds, newest).exists()) {
            String[] names = builds.list();
            newest = names == null
                    ? UNKNOWN
                    : numbers(names)
                            .filter(number -> store(builds, number).exists())
                            .findFirst()
                            .orElse(NONE);
        }
        return newest > NONE;
    }

    /**
     * Adds a build whose report has been written. The lock makes it wait for a listing of the folders, which possibly
     * lacks the build.
     */
    synchronized void add(int number) {
        newest = Math.max(newest, number);
    }

    /**
     * Returns the numbers of builds that can have a report, newest first. The newest builds are all included, since
     * their counts are shown even without the report; older builds are included only if they have a report.
     */
    static Stream<Integer> candidates(File builds) {
        String[] names = builds.list();
        if (names == null) {
            return Stream.empty();
        }
        List<Integer> numbers = numbers(names).toList();
        return IntStream.range(0, numbers.size())
                .filter(i -> i < NEWEST || store(builds, numbers.get(i)).exists())
                .mapToObj(numbers::get);
    }

    private static Stream<Integer> numbers(String[] names) {
        return Arrays.stream(names)
                .filter(name -> name.matches("[1-9]\\d{0,8}"))
                .map(Integer::valueOf)
                .sorted(Comparator.reverseOrder());
    }

    private static ReportStore store(File builds, int number) {
        return new ReportStore(
                FileName.in(builds.toPath(), String.valueOf(number)).toFile());
    }
}
