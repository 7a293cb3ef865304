package io.jenkins.plugins.argopreflight.config;

import io.jenkins.plugins.argopreflight.engine.preflight.Ignore;
import io.jenkins.plugins.argopreflight.engine.report.Gate;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What decides about a build: {@code failOn}, {@code unstableOn} and the suppressed checks. It is made level by level
 * from Jenkins to the step. A level that locks it keeps the levels below from a less strict one.
 */
public final class GatePolicy {

    private final Gate failOn;
    private final Optional<Gate> unstableOn;
    private final List<Ignore> ignores;
    private final Optional<Lock> lock;
    private final List<String> notes;

    /**
     * What one level sets.
     *
     * @param who for messages: {@code Jenkins}, {@code folder team}, {@code this step}
     * @param failOn empty to keep that of the level above
     * @param unstableOn empty to keep that of the level above
     * @param ignores in addition to those of the level above
     * @param locks whether the levels below can only be stricter
     */
    public record Level(
            String who, Optional<Gate> failOn, Optional<Gate> unstableOn, List<Ignore> ignores, boolean locks) {

        public Level {
            ignores = List.copyOf(ignores);
        }
    }

    /** The least strict policy of the levels below. */
    private record Lock(String who, Gate failOn, Optional<Gate> unstableOn, List<Ignore> ignores) {

        boolean covers(Ignore asked) {
            return ignores.stream()
                    .filter(locked -> locked.check().equals(asked.check()))
                    .anyMatch(locked -> !end(asked).isAfter(end(locked)));
        }

        private static LocalDate end(Ignore ignore) {
            return ignore.until().orElse(LocalDate.MAX);
        }
    }

    private GatePolicy(
            Gate failOn, Optional<Gate> unstableOn, List<Ignore> ignores, Optional<Lock> lock, List<String> notes) {
        this.failOn = failOn;
        this.unstableOn = unstableOn;
        this.ignores = List.copyOf(ignores);
        this.lock = lock;
        this.notes = List.copyOf(notes);
    }

    /** What applies where no level sets anything. */
    public static GatePolicy initial() {
        return new GatePolicy(Gate.FAIL, Optional.empty(), List.of(), Optional.empty(), List.of());
    }

    /** With the next level below; what it is not allowed to loosen stays, and is a note. */
    public GatePolicy with(Level level) {
        List<String> said = new ArrayList<>(notes);
        Gate fail = level.failOn().orElse(failOn);
        Optional<Gate> unstable = level.unstableOn().or(() -> unstableOn);
        List<Ignore> all = new ArrayList<>(level.ignores());
        if (lock.isPresent()) {
            Lock locked = lock.get();
            if (strictness(fail) < strictness(locked.failOn())) {
                said.add(note("failOn", fail.name(), locked.failOn().name(), level, locked));
                fail = locked.failOn();
            }
            if (strictness(unstable) < strictness(locked.unstableOn())) {
                String value = locked.unstableOn().map(Gate::name).orElseGet(Messages::GatePolicy_default);
                said.add(note(
                        "unstableOn",
                        unstable.map(Gate::name).orElseGet(Messages::GatePolicy_default),
                        value,
                        level,
                        locked));
                unstable = locked.unstableOn();
            }
            all.removeIf(asked -> !locked.covers(asked));
            level.ignores().stream()
                    .filter(asked -> !locked.covers(asked))
                    .forEach(asked -> said.add(Messages.GatePolicy_ignore(asked.check(), level.who(), locked.who())));
        }
        all.addAll(ignores);
        Optional<Lock> below = level.locks() ? Optional.of(new Lock(level.who(), fail, unstable, all)) : lock;
        return new GatePolicy(fail, unstable, all, below, said);
    }

    private static String note(String parameter, String asked, String applies, Level level, Lock locked) {
        return Messages.GatePolicy_locked(parameter, asked, level.who(), locked.who(), applies);
    }

    private static int strictness(Gate gate) {
        return gate == Gate.NEVER ? -1 : gate.ordinal();
    }

    /** Without a gate a build still becomes unstable when something could not be checked; with NEVER it does not. */
    private static int strictness(Optional<Gate> gate) {
        return gate.map(each -> each == Gate.NEVER ? -2 : each.ordinal()).orElse(-1);
    }

    /**
     * Why a parameter does not apply with which a step would do without the gate or a part of it; empty where it applies.
     *
     * @param parameter such as {@code newOnly}
     */
    public Optional<String> refusal(String parameter) {
        return lock.map(locked -> Messages.GatePolicy_refused(parameter, locked.who()));
    }

    public Gate failOn() {
        return failOn;
    }

    /** Empty: a build becomes unstable only when something that was asked could not be checked. */
    public Optional<Gate> unstableOn() {
        return unstableOn;
    }

    /** The suppressions that apply, one a check: that of the innermost level that has one. */
    public List<Ignore> ignores() {
        Map<String, Ignore> first = new LinkedHashMap<>();
        ignores.forEach(ignore -> first.putIfAbsent(ignore.check(), ignore));
        return List.copyOf(first.values());
    }

    /** For the build's log: what a level asked for that a locked policy does not allow. */
    public List<String> notes() {
        return notes;
    }
}
