package io.jenkins.plugins.argopreflight.engine.util.limits;

import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/** The limits of one run: those that an administrator set, and the defaults for the rest. */
public final class RunLimits {

    /** The limits of a step that sets none. */
    public static final RunLimits DEFAULT = new RunLimits(new EnumMap<>(Limit.class), /* command= */ false);

    private final Map<Limit, Long> set;
    private final boolean command;

    private RunLimits(Map<Limit, Long> set, boolean command) {
        this.set = set;
        this.command = command;
    }

    /** Returns these limits for a command, which has the process for itself, and keeps no report. */
    public RunLimits ofCommand() {
        return new RunLimits(set, /* command= */ true);
    }

    /**
     * Reads entries {@code NAME=VALUE}, such as {@code images=2000}.
     *
     * @throws IllegalArgumentException with one sentence about the first invalid entry
     */
    public static RunLimits parse(Collection<String> written) {
        Map<Limit, Long> set = new EnumMap<>(Limit.class);
        for (String each : written) {
            String[] parts = each.split("=", 2);
            Limit limit = Limit.of(parts[0].strip())
                    .orElseThrow(() -> new IllegalArgumentException(
                            "limit " + each + ": there is no limit of that name; the limits are " + Limit.keys()));
            String value = parts.length == 2 ? parts[1].strip() : "";
            if (!value.matches("[1-9][0-9]{0,17}")) {
                throw new IllegalArgumentException(
                        "limit " + each + ": write NAME=VALUE with a whole number from 1, such as images=2000");
            }
            set.put(limit, Long.valueOf(value));
        }
        return new RunLimits(set, /* command= */ false);
    }

    /** Returns these limits with another value for one of them. */
    public RunLimits with(Limit limit, long value) {
        Map<Limit, Long> more = new EnumMap<>(Limit.class);
        more.putAll(set);
        more.put(limit, value);
        return new RunLimits(more, command);
    }

    public long of(Limit limit) {
        Long value = set.get(limit);
        return value == null ? (command ? limit.ofCommand() : limit.ofStep()) : value;
    }
}
